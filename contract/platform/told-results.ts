import { z } from 'zod';
import { AskedDay } from '../words/asked-times.ts';
import { CandidateId, ExamId, Instant, OrganisationId, Sha256, ToldImportId } from '../words/ids.ts';
import { PublicKey } from '../words/keys.ts';
import { endpoint } from './endpoint.ts';
import { OrganisationKind } from './organisations.ts';
import { pageOf, paging } from './paging.ts';
import { RESULT_MODES, SEE_RESULTS } from './results.ts';
import type { Role } from './roles.ts';

/** Whoever brings results that somebody else tells of: a bureau of firms below it, a firm and an agency of themselves. */
export const TELL_RESULTS = ['bureau', 'firm', 'agency'] as const satisfies readonly Role[];

/**
 * How they come: as a table, as xAPI statements, or as a proof file of another center of this program. Of these the last alone is
 * proven, by that center.
 */
export const TOLD_SOURCES = ['csv', 'xapi', 'batch'] as const;
export const ToldSource = z.enum(TOLD_SOURCES);
export type ToldSource = z.infer<typeof ToldSource>;

/** A file has no more rows, statements or records. */
export const MOST_TOLD_ROWS = 20_000;

/** What keeps a row from being taken. */
const TOLD_PROBLEMS = [
  'id-missing',
  'rival',
  'name-missing',
  'name-other',
  'number-missing',
  'number-malformed',
  'number-checksum',
  'number-kind-unclear',
  'number-figure',
  'exam-missing',
  'exam-unknown',
  'firm-missing',
  'firm-unknown',
  'mode-unclear',
  'marks-unclear',
  'marks-over',
  'passed-unclear',
  'time-unclear',
  'time-to-come',
  'text-unclear',
  'statement-unclear',
  'verb-unknown',
  'contradiction',
] as const;
export const ToldProblem = z.enum(TOLD_PROBLEMS);
export type ToldProblem = z.infer<typeof ToldProblem>;

/** What becomes of a row. `there`: it was told before, and word for word. */
export const TOLD_OUTCOMES = ['added', 'there', 'refused'] as const;
const ToldOutcome = z.enum(TOLD_OUTCOMES);

export const ToldRow = z
  .object({
    /** As Excel shows it; of statements and records, their place in the file, from 1. */
    row: z.int(),
    /** The vendor's own id of the result. */
    ownId: z.string(),
    name: z.string(),
    outcome: ToldOutcome,
    problem: ToldProblem.optional(),
    /** Which heading, or which member of a statement. */
    detail: z.string().optional(),
  })
  .readonly();
export type ToldRow = z.infer<typeof ToldRow>;

export const ToldReport = z
  .object({
    /** `null` where it was only looked at, or everything was there. */
    importId: ToldImportId.nullable(),
    applied: z.boolean(),
    counts: z.record(ToldOutcome, z.int()),
    /** Headings that say nothing here: their columns are kept nowhere. */
    ignored: z.array(z.string()).readonly(),
    /** Which center has proven them, by its name here; `null` where nobody has. */
    provenBy: z.string().nullable(),
    rows: z.array(ToldRow).readonly(),
  })
  .readonly();
export type ToldReport = z.infer<typeof ToldReport>;

export const ToldFile = z.strictObject({
  /** Whose people: a firm or an agency; or, of a table that names its firms, a county or a street. */
  organisationId: OrganisationId,
  /** Who tells of them: a vendor, or an agency. */
  vendorId: OrganisationId,
  source: ToldSource,
  name: z.string().trim().min(1).max(200),
  file: z.base64().max(22_000_000),
  /** Looks at it row by row, and does nothing. */
  dryRun: z.boolean(),
});
export type ToldFile = z.infer<typeof ToldFile>;

/** A result that somebody told of. It counts nowhere, and is in no log. */
export const ToldResult = z
  .object({
    id: z.string(),
    organisationId: OrganisationId,
    firm: z.string(),
    /** `null` where nobody on the firm's roster is meant. */
    candidateId: CandidateId.nullable(),
    name: z.string().nullable(),
    /** With its middle left out. */
    number: z.string().nullable(),
    exam: z.object({ id: ExamId.nullable(), title: z.string(), mode: z.enum(RESULT_MODES) }).readonly(),
    marks: z.number(),
    fullMarks: z.number(),
    /** `null` where whoever told of it did not say. */
    passed: z.boolean().nullable(),
    submittedAt: Instant,
    vendor: z.string(),
    source: ToldSource,
    ownId: z.string(),
    /** By which other center it is proven, and with which root key; `null`: nobody proves it. */
    proven: z.object({ by: z.string(), key: PublicKey, recordHash: Sha256 }).readonly().nullable(),
    broughtAt: Instant,
    broughtBy: z.string(),
    importId: ToldImportId,
    withdrawnAt: Instant.nullable(),
  })
  .readonly();
export type ToldResult = z.infer<typeof ToldResult>;

const ToldWish = z.object({
  ...paging,
  /** What a name begins with, or a number in full. */
  person: z.string().trim().max(60).optional(),
  /** A county or a street, and all below it; or one firm. */
  below: OrganisationId.optional(),
  /** What stands in the name of the firm. */
  firm: z.string().trim().max(100).optional(),
  vendorId: OrganisationId.optional(),
  /** What stands in the title of the exam. */
  exam: z.string().trim().max(100).optional(),
  importId: ToldImportId.optional(),
  proof: z.enum(['proven', 'unproven']).optional(),
  /** Handed in on this day of China's clock or later, and on that day or earlier. */
  from: AskedDay.optional(),
  until: AskedDay.optional(),
  withdrawn: z.enum(['yes', 'no', 'all']).default('no'),
});
export type ToldWish = z.infer<typeof ToldWish>;

/** What somebody brought at once. */
export const ToldImport = z
  .object({
    id: ToldImportId,
    organisationId: OrganisationId,
    organisation: z.string(),
    vendor: z.string(),
    source: ToldSource,
    file: z.object({ name: z.string(), hash: Sha256 }).readonly(),
    provenBy: z.string().nullable(),
    rows: z.int(),
    broughtBy: z.string(),
    broughtAt: Instant,
    withdrawn: z.object({ by: z.string(), note: z.string(), at: Instant }).readonly().nullable(),
    mayWithdraw: z.boolean(),
  })
  .readonly();
export type ToldImport = z.infer<typeof ToldImport>;

const ImportWish = z.object(paging);
export type ImportWish = z.infer<typeof ImportWish>;

/** The root key of another center of this program, and whose center it is. */
export const KnownCenter = z
  .object({
    key: PublicKey,
    vendorId: OrganisationId,
    vendor: z.string(),
    namedBy: z.string(),
    namedAt: Instant,
    endedAt: Instant.nullable(),
  })
  .readonly();
export type KnownCenter = z.infer<typeof KnownCenter>;

const Done = z.object({ ok: z.literal(true) }).readonly();
const at = '/v1/platform/told-results';

export const toldResultEndpoints = {
  list: endpoint({
    method: 'GET',
    path: at,
    who: SEE_RESULTS,
    says: 'Results that vendors told of, of the firms within reach, the newest first. They are proven by nobody, or by another center; they count nowhere.',
    query: ToldWish,
    reply: pageOf(ToldResult),
  }),
  ofPerson: endpoint({
    method: 'GET',
    path: `${at}/people/:organisationId/:candidateId`,
    who: SEE_RESULTS,
    says: 'What vendors told of one person, at the firms within reach. Each look is written down at each of the firms.',
    params: z.object({ organisationId: OrganisationId, candidateId: CandidateId }),
    reply: z.object({ results: z.array(ToldResult).readonly() }).readonly(),
  }),
  vendors: endpoint({
    method: 'GET',
    path: `${at}/vendors`,
    who: TELL_RESULTS,
    says: 'Who may be named as the one who tells: vendors, and agencies within reach.',
    reply: z
      .object({
        vendors: z
          .array(z.object({ id: OrganisationId, kind: OrganisationKind, name: z.string() }).readonly())
          .readonly(),
      })
      .readonly(),
  }),
  importFile: endpoint({
    method: 'POST',
    path: `${at}/imports`,
    who: TELL_RESULTS,
    says: 'A file of results that a vendor tells of (base64): a CSV or workbook, xAPI statements, or a proof file of another center whose key is known. Each row is added, there, or refused with a problem; `dryRun` says the same and does nothing.',
    body: ToldFile,
    reply: ToldReport,
  }),
  imports: endpoint({
    method: 'GET',
    path: `${at}/imports`,
    who: SEE_RESULTS,
    says: 'What was brought for organisations within reach, the newest first, and what of it was withdrawn.',
    query: ImportWish,
    reply: pageOf(ToldImport),
  }),
  withdraw: endpoint({
    method: 'POST',
    path: `${at}/imports/:id/withdrawal`,
    who: TELL_RESULTS,
    says: 'Takes an import back, whole. Its rows are kept as withdrawn, those of people on no roster without who they are; the file may be brought again.',
    params: z.object({ id: ToldImportId }),
    body: z.strictObject({ note: z.string().trim().min(2).max(1_000) }),
    reply: Done,
  }),
  centers: endpoint({
    method: 'GET',
    path: `${at}/centers`,
    who: ['platform', 'bureau', 'inspector'],
    says: 'Other centers of this program whose proofs are taken, by their root keys.',
    reply: z.object({ centers: z.array(KnownCenter).readonly() }).readonly(),
  }),
  nameCenter: endpoint({
    method: 'POST',
    path: `${at}/centers`,
    who: ['platform'],
    says: 'Names the root key of a vendor’s center as known: results that it has proven are taken from then on.',
    body: z.strictObject({ vendorId: OrganisationId, key: PublicKey }),
    reply: Done,
  }),
  endCenter: endpoint({
    method: 'DELETE',
    path: `${at}/centers/:key`,
    who: ['platform'],
    says: 'Takes no more proofs under a key. What came before stays as it was proven.',
    params: z.object({ key: PublicKey }),
    reply: Done,
  }),
} as const;
