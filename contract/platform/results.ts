import { z } from 'zod';
import { Decision } from '../people-center/disputes.ts';
import { CORRECTION_CAUSES, CorrectionCause } from '../records/corrections.ts';
import { AskedDay } from '../words/asked-times.ts';
import { FindingCode, Verdict } from '../words/findings.ts';
import { CandidateId, ExamId, Instant, ItemId, OrganisationId, Sha256, SittingId, StationId } from '../words/ids.ts';
import { Localized } from '../words/localized.ts';
import { ReasonCode } from '../words/reasons.ts';
import { endpoint } from './endpoint.ts';
import { pageOf, paging } from './paging.ts';

export { CORRECTION_CAUSES } from '../records/corrections.ts';

/** Who sees results: a firm and an agency their own, whoever supervises what lies below. */
export const SEE_RESULTS = ['firm', 'agency', 'bureau', 'inspector'] as const;
/** Who decides on what is disputed. Nobody does in their own case: a firm does not. */
export const SETTLE_RESULTS = ['bureau', 'inspector'] as const;

/** Where a result stands in the center's log: there is no other with this number, of whatever firm. */
export const LogIndex = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const RESULT_MODES = ['formal', 'mock', 'gate', 'learning'] as const;
const Mode = z.enum(RESULT_MODES);

const ResultWish = z.object({
  ...paging,
  /** What somebody's name or number begins with. */
  person: z.string().trim().max(60).optional(),
  /** A county or a street, and all below it; or one firm. */
  below: OrganisationId.optional(),
  /** What stands in the name of the firm. */
  firm: z.string().trim().max(100).optional(),
  examId: ExamId.optional(),
  stationId: StationId.optional(),
  mode: Mode.optional(),
  /** Handed in on this day of China's clock or later, and on that day or earlier. */
  from: AskedDay.optional(),
  until: AskedDay.optional(),
  /** Has an incident of this kind. */
  incident: ReasonCode.optional(),
  /** `open`: disputed, and nobody has decided. */
  doubt: z.enum(['open']).optional(),
});
export type ResultWish = z.infer<typeof ResultWish>;

/** A fact beside a record: how it counts since. */
export const ResultCorrection = z
  .object({
    marks: z.number(),
    passed: z.boolean(),
    cause: CorrectionCause,
    at: Instant,
    by: z.string(),
    note: z.string(),
    /** As the center signed it, and where its hash is in the log. */
    jws: z.string(),
    entryIndex: z.int(),
  })
  .readonly();
export type ResultCorrection = z.infer<typeof ResultCorrection>;

/** A result in a list. */
export const ListedResult = z
  .object({
    logIndex: z.int(),
    organisationId: OrganisationId,
    firm: z.string(),
    sittingId: SittingId,
    candidateId: CandidateId,
    /** `null` where nobody on the firm's roster has the id. */
    name: z.string().nullable(),
    /** With its middle left out. */
    number: z.string().nullable(),
    exam: z.object({ id: ExamId, title: Localized, mode: Mode }).readonly(),
    /** As the record says. */
    marks: z.number(),
    fullMarks: z.number(),
    passMarks: z.number(),
    /** As it counts: the newest correction says, and otherwise the record. */
    passed: z.boolean(),
    /** By the newest correction; `null` where there is none. */
    corrected: z.number().nullable(),
    submittedAt: Instant,
    station: z.object({ id: StationId, name: z.string() }).readonly(),
    incidents: z.int(),
    /** What the center made of it; `null` where that is still to come. */
    verdict: Verdict.nullable(),
    settled: Decision.nullable(),
  })
  .readonly();
export type ListedResult = z.infer<typeof ListedResult>;

const Field = z
  .object({
    field: z.string(),
    items: z.int(),
    right: z.int(),
    part: z.int(),
    wrong: z.int(),
    blank: z.int(),
    marks: z.number(),
  })
  .readonly();
export type ResultField = z.infer<typeof Field>;

/** An answer against its key, as texts of the item's own. */
const AnswerRow = z
  .object({
    itemId: ItemId,
    /** `null` where the center no longer has the item. */
    stem: Localized.nullable(),
    given: z.array(Localized).readonly(),
    key: z.array(Localized).readonly(),
    marks: z.number(),
  })
  .readonly();
export type ResultAnswer = z.infer<typeof AnswerRow>;

const Person = z.object({ id: z.string(), name: z.string() }).readonly();

/** All that is shown of one result. */
export const OneResult = ListedResult.unwrap()
  .extend({
    startedAt: Instant,
    /** On the exam clock, without pauses and outages. */
    activeMs: z.int(),
    cause: z.enum(['handed-in', 'time-up', 'proctor-decision']),
    /** How they were let in: by the face, or by whom and why. */
    /** `card`, `typed`, `enrolled`, or a word of a later station. */
    identifiedBy: z.string(),
    /** Of which document their number was; nothing of a visitor, or where no station wrote it down. */
    document: z.string().nullable(),
    identity: z
      .discriminatedUnion('how', [
        z.object({ how: z.literal('verified') }),
        z.object({ how: z.literal('overridden'), by: Person, note: z.string(), reason: ReasonCode }),
      ])
      .readonly(),
    fields: z.array(Field).readonly(),
    incidentList: z.array(z.object({ at: Instant, reason: ReasonCode, paused: z.boolean() }).readonly()).readonly(),
    decisions: z
      .array(z.object({ at: Instant, action: z.string(), by: Person, note: z.string().nullable() }).readonly())
      .readonly(),
    findings: z.array(z.object({ code: FindingCode, detail: z.string(), foundAt: Instant }).readonly()).readonly(),
    settlements: z
      .array(z.object({ decision: Decision, by: z.string(), note: z.string(), at: Instant }).readonly())
      .readonly(),
    corrections: z.array(ResultCorrection).readonly(),
    /** Its hash in the log, and how large the log was when its batch came. */
    recordHash: Sha256,
    treeSize: z.int(),
    receivedAt: Instant,
    /** `null` for whoever may not see keys. */
    answers: z.array(AnswerRow).readonly().nullable(),
    /** Whether whoever asks may decide on it now, correct it, or appeal. */
    maySettle: z.boolean(),
    mayCorrect: z.boolean(),
    mayAppeal: z.boolean(),
  })
  .readonly();
export type OneResult = z.infer<typeof OneResult>;

const byIndex = z.object({ logIndex: LogIndex });

export const resultEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/results',
    who: SEE_RESULTS,
    says: 'Results of all firms within reach, the newest first, found by person, firm, place, exam, time, station, incident and dispute.',
    query: ResultWish,
    reply: pageOf(ListedResult),
  }),
  read: endpoint({
    method: 'GET',
    path: '/v1/platform/results/:logIndex',
    who: SEE_RESULTS,
    says: 'One result by its place in the log, with what was decided and found. An inspector sees answers against keys; a firm does where its exam reveals them. Each look is written down.',
    params: byIndex,
    reply: OneResult,
  }),
  proof: endpoint({
    method: 'GET',
    path: '/v1/platform/results/:logIndex/proof',
    who: SEE_RESULTS,
    says: 'The file that proves a result with public keys alone: the signed batch that it came in, with the receipt of the log.',
    params: byIndex,
    reply: z.unknown(),
  }),
  settle: endpoint({
    method: 'POST',
    path: '/v1/platform/results/:logIndex/decision',
    who: SETTLE_RESULTS,
    says: 'Decides on a result that is disputed, cannot be judged, or has a remark beside it: it stands, or is void. Every decision is kept, and so is the dispute.',
    params: byIndex,
    body: z.strictObject({ decision: Decision, note: z.string().trim().min(2).max(1_000) }),
    reply: z.object({ ok: z.literal(true) }).readonly(),
  }),
  correct: endpoint({
    method: 'POST',
    path: '/v1/platform/results/:logIndex/corrections',
    who: ['inspector'],
    says: 'Corrects the marks of a result by a new fact that the center signs and logs. The record stays as it was; results and certificates count the correction.',
    params: byIndex,
    body: z.strictObject({
      marks: z.number().min(0).max(10_000),
      cause: z.enum(CORRECTION_CAUSES),
      note: z.string().trim().min(2).max(1_000),
    }),
    reply: z.object({ ok: z.literal(true) }).readonly(),
  }),
} as const;
