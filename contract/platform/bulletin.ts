import { z } from 'zod';
import { CandidateId, ExamId, Instant, OrganisationId } from '../words/ids.ts';
import { Locale, Localized } from '../words/localized.ts';
import { endpoint } from './endpoint.ts';
import { BULLETIN_READERS, Job } from './jobs.ts';
import { OrganisationKind } from './organisations.ts';
import { pageOf, paging } from './paging.ts';

/** A month of China's clock: `2026-01`. */
const Month = z.string().regex(/^[1-9]\d{3}-(0[1-9]|1[0-2])$/);

/** Months, both included. People are counted once in a calendar quarter that lies in it whole, and once in each other month. */
export const BulletinPeriod = z.object({ from: Month, to: Month }).readonly();
export type BulletinPeriod = z.infer<typeof BulletinPeriod>;

/** More than that is no bulletin. */
export const MOST_MONTHS = 36;

export const BULLETIN_GROUPINGS = ['county', 'street', 'sector', 'firm'] as const;
export const BulletinGrouping = z.enum(BULLETIN_GROUPINGS);
export type BulletinGrouping = z.infer<typeof BulletinGrouping>;

/** How much each rate weighs in the score; what has no rate weighs nothing. */
const Weight = z.int().min(0).max(100);
export const BulletinWeights = z
  .strictObject({ learning: Weight, sitting: Weight, passing: Weight })
  .refine(({ learning, sitting, passing }) => learning + sitting + passing > 0, 'one of them has to weigh something')
  .readonly();
export type BulletinWeights = z.infer<typeof BulletinWeights>;

/** What a score is out of. */
export const FULL_SCORE = 25;

const Rate = z.number().min(0).max(1).nullable();
const people = { toLearn: z.int(), learned: z.int(), toSit: z.int(), sat: z.int(), passed: z.int() };

/** 参学率, 参考率, 合格率: `null` where there is nobody to count. `score` is out of 25, with two decimals. */
export const BulletinRow = z
  .object({
    /** Of the place or the firm; `null` of a sector and of the sum. */
    id: OrganisationId.nullable(),
    kind: OrganisationKind.nullable(),
    /** Of a sector that nobody named it is empty. */
    name: z.string(),
    /** The place that it lies in, where there is one within reach. */
    within: z.string().nullable(),
    /** How many firms are counted in it. */
    firms: z.int(),
    ...people,
    learning: Rate,
    sitting: Rate,
    passing: Rate,
    score: z.number().min(0).max(FULL_SCORE).nullable(),
    /** Equal scores share one; without a score there is none. */
    rank: z.int().nullable(),
    /** Of the period before, of the same length. */
    before: z.object({ score: z.number().nullable(), rank: z.int().nullable() }).readonly(),
    /** Firms of which nobody learned or nobody sat, though somebody had to. */
    deductions: z.int(),
  })
  .readonly();
export type BulletinRow = z.infer<typeof BulletinRow>;

/** A firm of which nobody learned, or nobody sat, though somebody had to. */
export const BulletinDeduction = z
  .object({
    id: OrganisationId,
    name: z.string(),
    within: z.string().nullable(),
    toLearn: z.int(),
    learned: z.int(),
    toSit: z.int(),
    sat: z.int(),
  })
  .readonly();
export type BulletinDeduction = z.infer<typeof BulletinDeduction>;

export const Bulletin = z
  .object({
    period: BulletinPeriod,
    before: BulletinPeriod,
    grouping: BulletinGrouping,
    weights: BulletinWeights,
    /** By rank, then by name. */
    rows: z.array(BulletinRow).readonly(),
    total: BulletinRow,
    deductions: z.array(BulletinDeduction).readonly(),
    at: Instant,
  })
  .readonly();
export type Bulletin = z.infer<typeof Bulletin>;

const wish = {
  from: Month,
  to: Month,
  grouping: BulletinGrouping.default('county'),
  /** What lies there or below; all within reach without it. */
  below: OrganisationId.optional(),
  /** Firms of one sector; empty for those without any. */
  sector: z.string().max(60).optional(),
};
const BulletinWish = z.object(wish);
export type BulletinWish = z.output<typeof BulletinWish>;

/** Why somebody is on a list of a firm's people. */
export const BULLETIN_LACKS = ['not-learned', 'not-sat', 'failed'] as const;
export const BulletinLack = z.enum(BULLETIN_LACKS);
export type BulletinLack = z.infer<typeof BulletinLack>;

const BulletinPerson = z
  .object({
    id: CandidateId,
    name: z.string(),
    /** The last four of their number. */
    ending: z.string(),
    examId: ExamId,
    exam: Localized,
  })
  .readonly();
export type BulletinPerson = z.infer<typeof BulletinPerson>;
const BulletinPeopleWish = z.object({ ...paging, from: Month, to: Month, firm: OrganisationId, lack: BulletinLack });
export type BulletinPeopleWish = z.output<typeof BulletinPeopleWish>;

/** More than that nobody prints; a workbook has all of them. */
export const MOST_PDF_ROWS = 1_000;

export const BULLETIN_FORMATS = ['xlsx', 'csv', 'pdf'] as const;
export const BulletinFormat = z.enum(BULLETIN_FORMATS);
export type BulletinFormat = z.infer<typeof BulletinFormat>;

/** A file of more firms than that is made as long work: nobody waits for it. */
export const MOST_DIRECT_FIRMS = 1_000;

const file = { format: BulletinFormat, language: Locale.default('zh') };
export const BulletinExport = z.strictObject({ ...wish, ...file });
export type BulletinExport = z.output<typeof BulletinExport>;

export const bulletinEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/v1/platform/bulletin',
    who: BULLETIN_READERS,
    says: 'Who took part in a period, by county, street, sector or firm: rates, scores, ranks, and firms of which nobody did.',
    query: BulletinWish,
    reply: Bulletin,
  }),
  people: endpoint({
    method: 'GET',
    path: '/v1/platform/bulletin/people',
    who: ['bureau', 'inspector', 'firm'],
    says: 'People of one firm who have not learned, not sat or not passed. Each look is written into the audit log.',
    query: BulletinPeopleWish,
    reply: pageOf(BulletinPerson),
  }),
  exportFile: endpoint({
    method: 'GET',
    path: '/v1/platform/bulletin/export',
    who: BULLETIN_READERS,
    says: 'The same as a file: a workbook with its formulas, a CSV, or a PDF. The reply is the file.',
    query: BulletinWish.extend(file),
    reply: z.undefined(),
  }),
  exportLong: endpoint({
    method: 'POST',
    path: '/v1/platform/bulletin/export',
    who: BULLETIN_READERS,
    says: 'The same file, made as long work: for thousands of firms.',
    body: BulletinExport,
    reply: Job,
  }),
  putWeights: endpoint({
    method: 'PUT',
    path: '/v1/platform/bulletin/weights',
    who: ['platform'],
    says: 'How much each rate weighs in the score.',
    body: BulletinWeights,
    reply: BulletinWeights,
  }),
} as const;
