import { z } from 'zod';
import { BankVersions } from '../people-center/bank-versions.ts';
import { BankId, ExamId } from '../words/ids.ts';
import { Localized } from '../words/localized.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_PEOPLE, ofFirm, SEE_PEOPLE } from './firms.ts';

const PlaceInFile = z.object({ sheet: z.string(), row: z.int() });

/** What became of a file of questions, row by row where something was wrong. */
export const BankFileReport = z
  .object({
    rows: z.int(),
    accepted: z.int(),
    /** Whose text had to be mended before it could be read. */
    repaired: z.int(),
    duplicates: z.int(),
    /** The first of them, and how many there are. */
    rejected: z
      .array(PlaceInFile.extend({ cell: z.string().optional(), reason: z.string(), words: Localized }).readonly())
      .readonly(),
    rejectedInAll: z.int(),
    unknownTerms: z.array(z.object({ field: z.string(), text: z.string(), rows: z.int() }).readonly()).readonly(),
  })
  .readonly();
export type BankFileReport = z.infer<typeof BankFileReport>;

const firm = z.object(ofFirm);
const at = '/v1/platform/firms/:firm/banks';

export const bankEndpoints = {
  list: endpoint({
    method: 'GET',
    path: at,
    who: SEE_PEOPLE,
    says: 'Of each exam the banks that it ever drew from, and how each differs from the one before.',
    params: firm,
    reply: BankVersions,
  }),
  put: endpoint({
    method: 'POST',
    path: at,
    who: KEEP_PEOPLE,
    says: 'A file of questions (base64), looked at row by row; with `apply` its questions are taken over, for an exam that is there or a new one.',
    params: firm,
    body: z.strictObject({
      /** What the file is called, which says what it is. */
      file: z.string().min(1).max(300),
      bytes: z.base64().max(22_000_000),
      title: z.string().trim().min(1).max(100),
      /** Draws from it from now on; without it, a new exam does. */
      examId: ExamId.optional(),
      apply: z.boolean().default(false),
    }),
    reply: z.object({ report: BankFileReport, examId: ExamId.nullable() }).readonly(),
  }),
  move: endpoint({
    method: 'POST',
    path: `${at}/current`,
    who: KEEP_PEOPLE,
    says: 'An exam draws from another version of its bank from now on.',
    params: firm,
    body: z.strictObject({ examId: ExamId, bankId: BankId }),
    reply: z.object({ ok: z.literal(true) }).readonly(),
  }),
} as const;
