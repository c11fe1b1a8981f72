import { z } from 'zod';
import { LeaveWish, Membership, NumberCorrection } from '../people-center/candidates.ts';
import { RosterReport } from '../people-center/roster-import.ts';
import { Arrangements, RegisteredArrangements } from '../words/arrangements.ts';
import { ExamMode } from '../words/exam.ts';
import { DOCUMENT_KINDS, TypedIdNumber } from '../words/id-number.ts';
import { CandidateId, ExamId, Instant, Sha256 } from '../words/ids.ts';
import { Localized } from '../words/localized.ts';
import { ReasonCode } from '../words/reasons.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_PEOPLE, ofFirm, SEE_PEOPLE } from './firms.ts';
import { pageOf, paging } from './paging.ts';

/** Somebody of a firm as a list shows them. */
export const Worker = z
  .object({
    id: CandidateId,
    name: z.string(),
    /** All but its beginning and its end are hidden: whole on their own page. */
    number: z.string(),
    examId: ExamId,
    post: z.string().nullable(),
    photos: z.int(),
    left: z.boolean(),
  })
  .readonly();
export type Worker = z.infer<typeof Worker>;

const WorkerWish = z.object({
  ...paging,
  examId: ExamId.optional(),
  photo: z.enum(['with', 'without']).optional(),
  left: z.enum(['no', 'yes', 'all']).default('no'),
  /** How their name or their number begins. */
  search: z.string().trim().max(100).optional(),
});
export type WorkerWish = z.infer<typeof WorkerWish>;

const Photo = z.base64().max(8_000_000);
const Term = z.string().trim().min(1).max(100);

/** A photo of somebody, and what the center and stations make of it. */
export const WorkerPhoto = z
  .object({
    hash: Sha256,
    /** Whether this center could look at it. */
    looked: z.boolean(),
    /** Why a station can make nothing of it. */
    refused: z.array(z.object({ station: z.string(), reasons: z.array(ReasonCode).readonly() }).readonly()).readonly(),
  })
  .readonly();
export type WorkerPhoto = z.infer<typeof WorkerPhoto>;

const WorkerResult = z
  .object({
    at: Instant,
    exam: Localized,
    mode: ExamMode,
    marks: z.int(),
    fullMarks: z.int(),
    passed: z.boolean(),
    station: z.string(),
    /** It does not fit what the center knows, and nobody has decided about it yet. */
    disputed: z.boolean(),
  })
  .readonly();

export const WorkerDetails = z
  .object({
    id: CandidateId,
    name: z.string(),
    number: z.string(),
    examId: ExamId,
    seat: z.string().nullable(),
    post: z.string().nullable(),
    sector: z.string().nullable(),
    category: z.string().nullable(),
    arrangements: Arrangements,
    leftAt: Instant.nullable(),
    photos: z.array(WorkerPhoto).readonly(),
    /** A link with which they send a photo themselves works until then; when they agreed to its use. */
    link: z.object({ until: Instant.nullable(), consentedAt: Instant.nullable() }).readonly().nullable(),
    memberships: z.array(Membership.unwrap().omit({ id: true, name: true, number: true }).readonly()).readonly(),
    /** The newest first. */
    results: z.array(WorkerResult).readonly(),
  })
  .readonly();
export type WorkerDetails = z.infer<typeof WorkerDetails>;

/** A firm's exams, and what is studied. */
export const ExamChoice = z.object({ id: ExamId, title: Localized, mode: ExamMode }).readonly();
export type ExamChoice = z.infer<typeof ExamChoice>;

/** What became of a photo: taken, or why not, for whoever takes another one. */
export const PhotoVerdict = z.discriminatedUnion('taken', [
  /** `looked`: whether this center had anything to look at it with. */
  z.object({ taken: z.literal(true), looked: z.boolean() }).readonly(),
  z.object({ taken: z.literal(false), reasons: z.array(ReasonCode).min(1).readonly() }).readonly(),
]);
export type PhotoVerdict = z.infer<typeof PhotoVerdict>;

const LinkSecret = z.string().max(100);
const firm = z.object(ofFirm);
const one = z.object({ ...ofFirm, id: CandidateId });
const Done = z.object({ ok: z.literal(true) }).readonly();
const { number: _of, ...correction } = NumberCorrection.unwrap().shape;
const { number: _whose, ...leaving } = LeaveWish.unwrap().shape;
const at = '/v1/platform/firms/:firm/workers';

export const workerEndpoints = {
  list: endpoint({
    method: 'GET',
    path: at,
    who: SEE_PEOPLE,
    says: 'The people of a firm, by name; search by how a name or a number begins.',
    params: firm,
    query: WorkerWish,
    reply: pageOf(Worker),
  }),
  exams: endpoint({
    method: 'GET',
    path: '/v1/platform/firms/:firm/exams',
    who: SEE_PEOPLE,
    says: 'What the people of a firm can be put in for.',
    params: firm,
    reply: z.object({ exams: z.array(ExamChoice).readonly() }).readonly(),
  }),
  read: endpoint({
    method: 'GET',
    path: `${at}/:id`,
    who: SEE_PEOPLE,
    says: 'All about somebody; that it was looked at is written down.',
    params: one,
    reply: WorkerDetails,
  }),
  photo: endpoint({
    method: 'GET',
    path: `${at}/:id/photos/:hash`,
    who: SEE_PEOPLE,
    says: 'A photo of somebody, as a JPEG in base64; that it was looked at is written down.',
    params: one.extend({ hash: Sha256 }),
    reply: z.object({ jpeg: z.base64() }).readonly(),
  }),
  add: endpoint({
    method: 'POST',
    path: at,
    who: KEEP_PEOPLE,
    says: 'Puts somebody in. Whoever was there before under this number and name is there again.',
    params: firm,
    body: z.strictObject({
      name: Term,
      number: TypedIdNumber,
      /** Where the form of the number does not tell. */
      document: z.enum(DOCUMENT_KINDS).optional(),
      examId: ExamId,
      post: Term.optional(),
      sector: Term.optional(),
      category: Term.optional(),
    }),
    reply: z.object({ id: CandidateId }).readonly(),
  }),
  change: endpoint({
    method: 'PUT',
    path: `${at}/:id`,
    who: KEEP_PEOPLE,
    says: 'Changes what somebody is called, what they sit, and what they do; what is not named stays.',
    params: one,
    body: z.strictObject({ name: Term, examId: ExamId, post: Term, sector: Term, category: Term }).partial(),
    reply: Done,
  }),
  arrange: endpoint({
    method: 'PUT',
    path: `${at}/:id/arrangements`,
    who: KEEP_PEOPLE,
    says: 'What is registered for somebody who cannot sit an exam as others do, in place of all that was.',
    params: one,
    body: RegisteredArrangements,
    reply: Done,
  }),
  correctNumber: endpoint({
    method: 'POST',
    path: `${at}/:id/number`,
    who: KEEP_PEOPLE,
    says: 'Somebody was registered under a wrong number; what they sat stays theirs.',
    params: one,
    body: z.strictObject(correction),
    reply: Done,
  }),
  leave: endpoint({
    method: 'POST',
    path: `${at}/:id/leaving`,
    who: KEEP_PEOPLE,
    says: 'Somebody leaves the firm: their photos are erased, what they sat stays.',
    params: one,
    body: z.strictObject(leaving),
    reply: Done,
  }),
  addPhoto: endpoint({
    method: 'POST',
    path: `${at}/:id/photos`,
    who: KEEP_PEOPLE,
    says: 'A photo of somebody in place of those that are there, or beside them.',
    params: one,
    body: z.strictObject({ photo: Photo, replace: z.boolean().default(true) }),
    reply: PhotoVerdict,
  }),
  addNamedPhoto: endpoint({
    method: 'POST',
    path: '/v1/platform/firms/:firm/photos',
    who: KEEP_PEOPLE,
    says: 'One of many photos, whose file name has the number of whoever is on it.',
    params: firm,
    body: z.strictObject({ file: z.string().min(1).max(300), photo: Photo }),
    reply: PhotoVerdict,
  }),
  importRoster: endpoint({
    method: 'POST',
    path: '/v1/platform/firms/:firm/roster',
    who: KEEP_PEOPLE,
    says: 'A workbook or CSV of people (base64), looked at row by row; with `apply`, the plan that was seen is done.',
    params: firm,
    body: z.strictObject({
      file: z.base64().max(22_000_000),
      /** What rows that name no exam are for, of who is new. */
      examId: ExamId.optional(),
      apply: Sha256.optional(),
    }),
    reply: RosterReport,
  }),
  invitePhoto: endpoint({
    method: 'POST',
    path: `${at}/:id/photo-link`,
    who: KEEP_PEOPLE,
    says: 'A link with which somebody takes their own photo, once; told once.',
    params: one,
    reply: z.object({ secret: z.string(), until: Instant }).readonly(),
  }),
  readPhotoLink: endpoint({
    method: 'POST',
    path: '/v1/platform/photo-link/read',
    who: 'anyone',
    says: 'Whose photo a link is for.',
    body: z.strictObject({ secret: LinkSecret }),
    reply: z.object({ firm: z.string(), name: z.string(), until: Instant }).readonly(),
  }),
  sendPhoto: endpoint({
    method: 'POST',
    path: '/v1/platform/photo-link/photo',
    who: 'anyone',
    says: 'Somebody agrees to the use of their photo, and sends it; one that would not do is answered with why.',
    body: z.strictObject({ secret: LinkSecret, consents: z.literal(true), photo: Photo }),
    reply: PhotoVerdict,
  }),
} as const;
