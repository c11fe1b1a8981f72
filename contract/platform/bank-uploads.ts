import { z } from 'zod';
import { BankId, BankUploadId, ExamId, Instant, Sha256 } from '../words/ids.ts';
import { ItemKind } from '../words/items.ts';
import { Localized } from '../words/localized.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_PEOPLE, ofFirm } from './firms.ts';
import { pageOf, paging } from './paging.ts';

/** Of one firm at once. */
export const MOST_BANK_UPLOADS = 20;
/** Of one file. */
export const MOST_BANK_BYTES = 16_000_000;

/** A sheet and a row as Excel shows them; in other formats the part of the file, and line or number. */
const Place = z.object({ sheet: z.string(), row: z.int() }).readonly();
export type BankRowPlace = z.infer<typeof Place>;

const SkippedSheet = z.object({ sheet: z.string(), reason: z.enum(['empty', 'no-headings', 'no-cells']) }).readonly();
const Hidden = z
  .object({
    sheet: z.string(),
    what: z.enum(['sheet', 'rows', 'columns', 'questions']),
    count: z.int(),
    read: z.boolean(),
  })
  .readonly();
const UnknownTerm = z.object({ field: z.string(), text: z.string(), rows: z.int(), first: Place }).readonly();

/** What is said of a file as a whole, once it has been read. */
export const BankFileSaid = z
  .object({
    skippedSheets: z.array(SkippedSheet).readonly(),
    hidden: z.array(Hidden).readonly(),
    unreadFiles: z
      .array(z.object({ file: z.string(), why: z.string(), words: Localized.optional() }).readonly())
      .readonly(),
    unknownTerms: z.array(UnknownTerm).readonly(),
    withFormulas: z.int(),
    withTables: z.int(),
    /** How many rows had been mended in an earlier upload, and are as they were mended then. */
    mendedBefore: z.int(),
  })
  .readonly();
export type BankFileSaid = z.infer<typeof BankFileSaid>;

/** Which rows to show, each for what somebody may do about it. */
export const BANK_ROW_SHOWS = [
  'rejected',
  'mended',
  'dropped',
  'repaired',
  'left-out',
  'duplicate',
  'elsewhere',
  'accepted',
  'all',
] as const;
export const BankRowShow = z.enum(BANK_ROW_SHOWS);
export type BankRowShow = z.infer<typeof BankRowShow>;

/** A file of questions on its way to be a bank. */
export const BankUpload = z
  .object({
    id: BankUploadId,
    file: z.string(),
    bytes: z.int(),
    /** Whether what the file hides was read as well. */
    hidden: z.boolean(),
    state: z.enum(['reading', 'read', 'failed']),
    /** How far reading is, from 0 to 1. */
    progress: z.number().min(0).max(1),
    /** Why it could not be read, as a code. */
    reason: z.string().nullable(),
    madeAt: Instant,
    /** It is kept so long; whoever goes on with it has longer. */
    until: Instant,
    /** How many rows there are of each; nothing before it was read. */
    rows: z.record(BankRowShow, z.int()).nullable(),
    /** How many questions it would be a bank of. */
    items: z.int(),
    /** Of the rows that are refused still, how many for which reason. */
    reasons: z.array(z.object({ reason: z.string(), words: Localized, rows: z.int() }).readonly()).readonly(),
    said: BankFileSaid.nullable(),
  })
  .readonly();
export type BankUpload = z.infer<typeof BankUpload>;

const Part = z.enum(['kind', 'stem', 'options', 'key']);
/** As it was written, and why nobody can draw it. */
const UnreadFormula = z.object({ tex: z.string(), why: z.string() }).readonly();

/** Why a row is no question, in words, and what of it is meant. */
const BankRowProblem = z
  .object({
    reason: z.string(),
    words: Localized,
    part: Part.optional(),
    cell: z.string().optional(),
    construct: z.string().optional(),
    formula: UnreadFormula.optional(),
  })
  .readonly();
export type BankRowProblem = z.infer<typeof BankRowProblem>;

/** A question that a bank of the firm has, too. */
const Elsewhere = z.object({ examId: ExamId, title: Localized, sameKey: z.boolean() }).readonly();

export const BankUploadRow = z
  .object({
    /** Its place among all rows of the file, from 0. */
    at: z.int(),
    ...Place.unwrap().shape,
    outcome: z.enum(['accepted', 'repaired', 'rejected']),
    settled: z.enum(['mended', 'dropped']).nullable(),
    /** What it asks, in short. */
    stem: z.string(),
    problem: BankRowProblem.nullable(),
    repairs: z.array(z.object({ part: Part, from: z.string(), to: z.string() }).readonly()).readonly(),
    leftOut: z.array(z.string()).readonly(),
    /** A picture lies over it that its question does not speak of: it was left out. */
    strayPicture: z.boolean(),
    /** Which row asked the same before. */
    sameAs: Place.nullable(),
    elsewhere: z.array(Elsewhere).readonly(),
    /** Another as soon as somebody has mended, dropped or reopened it. */
    version: z.string(),
  })
  .readonly();
export type BankUploadRow = z.infer<typeof BankUploadRow>;

/** As long as a cell can be: what a question may have, the rules say by which it is read. */
const Text = z.string().max(40_000);
const WrittenPicture = z.object({ hash: Sha256, alt: Text }).readonly();
const WrittenPictures = z.array(WrittenPicture).max(60).readonly();
const WrittenOption = z.object({ text: Text, pictures: WrittenPictures }).readonly();

/** A row as a clerk writes it. */
export const WrittenQuestion = z.strictObject({
  /** None where what the file says is no kind that there is. */
  kind: ItemKind.nullable(),
  stem: Text,
  pictures: WrittenPictures,
  /** By letter, from A. */
  options: z.array(WrittenOption).max(60).readonly(),
  /** Of pairs what options are put beside, one in a line. */
  premises: Text.optional(),
  /** Letters; of a number the number, how far an answer may be off, and its unit: 36±1V; of pairs 1-C；2-A. */
  key: Text,
  topic: Text,
  explanation: Text,
});
export type WrittenQuestion = z.infer<typeof WrittenQuestion>;

/** The row that is meant, as it was shown: where another stands there by now, nothing is done. */
const meant = {
  of: Place.optional(),
  /** Where it is another by now, somebody else was faster, and nothing is done. */
  version: z.string().max(64).optional(),
};

const firm = z.object(ofFirm);
const one = z.object({ ...ofFirm, id: BankUploadId });
const row = z.object({ ...ofFirm, id: BankUploadId, at: z.coerce.number().int().min(0).max(10_000_000) });
const Done = z.object({ ok: z.literal(true) }).readonly();
const path = '/v1/platform/firms/:firm/bank-uploads';

/** Files of questions, until they are banks: read, mended row by row, and then taken over, or not. */
export const bankUploadEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    who: KEEP_PEOPLE,
    says: 'Files of questions that were uploaded and are no banks yet, newest first.',
    params: firm,
    reply: z.object({ uploads: z.array(BankUpload).readonly() }).readonly(),
  }),
  add: endpoint({
    method: 'POST',
    path,
    who: KEEP_PEOPLE,
    says: 'A file of questions (base64). It is read as long work; nothing is a bank before it is taken over.',
    params: firm,
    body: z.strictObject({
      /** What the file is called, which says what it is. */
      file: z.string().min(1).max(300),
      bytes: z.base64().min(4).max(22_000_000),
      hidden: z.boolean().default(false),
    }),
    reply: BankUpload,
  }),
  read: endpoint({
    method: 'GET',
    path: `${path}/:id`,
    who: KEEP_PEOPLE,
    says: 'How far reading is; then what became of the rows, in numbers, and what is said of the file as a whole.',
    params: one,
    reply: BankUpload,
  }),
  again: endpoint({
    method: 'POST',
    path: `${path}/:id/again`,
    who: KEEP_PEOPLE,
    says: 'Reads the file once more, with what it hides or without. Rows that were mended stay so.',
    params: one,
    body: z.strictObject({ hidden: z.boolean() }),
    reply: BankUpload,
  }),
  drop: endpoint({
    method: 'DELETE',
    path: `${path}/:id`,
    who: KEEP_PEOPLE,
    says: 'Throws an upload away.',
    params: one,
    reply: Done,
  }),
  rows: endpoint({
    method: 'GET',
    path: `${path}/:id/rows`,
    who: KEEP_PEOPLE,
    says: 'What became of the rows of a file, in its order.',
    params: one,
    query: z.object({ ...paging, show: BankRowShow.default('all'), reason: z.string().max(60).optional() }),
    reply: pageOf(BankUploadRow),
  }),
  row: endpoint({
    method: 'GET',
    path: `${path}/:id/rows/:at`,
    who: KEEP_PEOPLE,
    says: 'One row, and what stands in it, as far as the format tells its parts apart.',
    params: row,
    reply: z.object({ row: BankUploadRow, written: WrittenQuestion.nullable() }).readonly(),
  }),
  mend: endpoint({
    method: 'PUT',
    path: `${path}/:id/rows/:at`,
    who: KEEP_PEOPLE,
    says: 'Writes a refused row anew. It is read by the same rules; what is wrong still is said, and then nothing is changed.',
    params: row,
    body: WrittenQuestion.extend(meant),
    reply: z.object({ row: BankUploadRow, problem: BankRowProblem.nullable() }).readonly(),
  }),
  settle: endpoint({
    method: 'POST',
    path: `${path}/:id/rows/:at/settled`,
    who: KEEP_PEOPLE,
    says: 'Drops a refused row, or opens again what was dropped or mended.',
    params: row,
    body: z.strictObject({ dropped: z.boolean(), ...meant }),
    reply: z.object({ row: BankUploadRow }).readonly(),
  }),
  addPicture: endpoint({
    method: 'POST',
    path: `${path}/:id/pictures`,
    who: KEEP_PEOPLE,
    says: 'A picture (base64) for a row that is being mended.',
    params: one,
    body: z.strictObject({ bytes: z.base64().min(4).max(5_400_000) }),
    reply: z.object({ hash: Sha256 }).readonly(),
  }),
  picture: endpoint({
    method: 'GET',
    path: `${path}/:id/pictures/:hash`,
    who: KEEP_PEOPLE,
    says: 'A picture of an upload.',
    params: z.object({ ...ofFirm, id: BankUploadId, hash: Sha256 }),
    reply: z.unknown(),
  }),
  take: endpoint({
    method: 'POST',
    path: `${path}/:id/bank`,
    who: KEEP_PEOPLE,
    says: 'Takes the questions over as a bank, for an exam that is there or a new one; the upload is gone then. Refused rows that nobody mended are left out.',
    params: one,
    body: z.strictObject({
      title: z.string().trim().min(1).max(100),
      /** Draws from it from now on; without it, a new exam does. */
      examId: ExamId.optional(),
      /** How many questions whoever takes it over was shown: of another number it is refused. */
      items: z.int().min(1),
    }),
    reply: z.object({ examId: ExamId, bankId: BankId, items: z.int() }).readonly(),
  }),
} as const;
