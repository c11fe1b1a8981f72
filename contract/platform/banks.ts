import { z } from 'zod';
import { BankVersions } from '../people-center/bank-versions.ts';
import { BankId, ExamId, ItemId } from '../words/ids.ts';
import { ItemKind } from '../words/items.ts';
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

const Flag = z.enum(['too-few', 'too-easy', 'too-hard', 'low-discrimination', 'check-key', 'idle-option']);

/** What the answers of exams that count say of the items of a bank. */
export const ItemReport = z
  .object({
    sittings: z.int(),
    /** So many are looked at, the newest. */
    newest: z.int(),
    bankItems: z.int(),
    /** How many of them anybody was asked. */
    asked: z.int(),
    /** Of the whole; nothing for too few, or forms of different lengths. */
    reliability: z
      .object({ coefficient: z.enum(['kr-20', 'kr-20-mixed']), value: z.number(), candidates: z.int() })
      .readonly()
      .nullable(),
    /** Those to look at first; five hundred at most. */
    items: z
      .array(
        z
          .object({
            ...{ itemId: ItemId, kind: ItemKind, stem: z.string(), place: z.int(), row: z.int().nullable() },
            /** How many were asked, the part who had it right, and how far that goes with the rest of what they knew. */
            ...{ n: z.int(), p: z.number(), rpb: z.number().nullable(), blank: z.int() },
            flags: z.array(Flag).readonly(),
            options: z.array(z.object({ text: z.string(), right: z.boolean(), chosen: z.int() }).readonly()).readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type ItemReport = z.infer<typeof ItemReport>;

const firm = z.object(ofFirm);
const one = z.object({ ...ofFirm, id: BankId });
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
  exportFile: endpoint({
    method: 'GET',
    path: `${at}/:id/file`,
    who: KEEP_PEOPLE,
    says: 'A bank that an exam ever drew from, with its keys, as a file that reads back as the same questions.',
    params: one,
    query: z.object({ format: z.enum(['json', 'csv']) }),
    reply: z.unknown(),
  }),
  statistics: endpoint({
    method: 'GET',
    path: `${at}/:id/statistics`,
    who: KEEP_PEOPLE,
    says: 'How difficult the questions of a bank were, how well they tell who knows more, and which to look at.',
    params: one,
    reply: ItemReport,
  }),
} as const;
