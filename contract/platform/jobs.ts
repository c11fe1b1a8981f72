import { z } from 'zod';
import { Standing } from '../people-center/certificates.ts';
import { AskedInstant } from '../words/asked-times.ts';
import { ExamId, Instant, JobId, OrganisationId } from '../words/ids.ts';
import { Locale } from '../words/localized.ts';
import { endpoint } from './endpoint.ts';
import { pageOf, paging } from './paging.ts';
import type { Role } from './roles.ts';

/** Whoever may have a list of results, of what lies within their reach. */
export const RESULT_READERS = ['firm', 'agency', 'bureau', 'inspector'] as const satisfies readonly Role[];

/** Whoever is shown figures of who took part, of what lies within their reach. */
export const BULLETIN_READERS = [
  'platform',
  'bureau',
  'inspector',
  'auditor',
  'firm',
] as const satisfies readonly Role[];

/** Of each kind of long work that people ask for, whose it is: what came of it is kept from whoever lost those roles meanwhile. */
export const JOB_ROLES = {
  'results-export': RESULT_READERS,
  'certificates-export': RESULT_READERS,
  'statements-export': ['firm', 'agency'],
  'bulletin-export': BULLETIN_READERS,
} as const satisfies Readonly<Record<string, readonly [Role, ...Role[]]>>;

export const JobState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof JobState>;

export const Job = z
  .object({
    id: JobId,
    kind: z.string(),
    organisationId: OrganisationId.nullable(),
    state: JobState,
    /** From 0 to 1. */
    progress: z.number().min(0).max(1),
    madeAt: Instant,
    endedAt: Instant.nullable(),
    /** Why it failed, as a code. */
    reason: z.string().nullable(),
    /** What came of it, until it expires. */
    file: z.object({ name: z.string(), bytes: z.int(), until: Instant }).readonly().nullable(),
  })
  .readonly();
export type Job = z.infer<typeof Job>;

const byId = z.object({ id: JobId });

/** Long work of whoever asks: nobody sees what others asked for. */
export const jobEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/jobs',
    who: 'logged-in',
    says: 'Long work that you asked for, newest first.',
    query: z.object(paging),
    reply: pageOf(Job),
  }),
  read: endpoint({
    method: 'GET',
    path: '/v1/platform/jobs/:id',
    who: 'logged-in',
    says: 'How far it is.',
    params: byId,
    reply: Job,
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/v1/platform/jobs/:id/cancel',
    who: 'logged-in',
    says: 'Cancels it, where it has not ended; what came of it so far is thrown away.',
    params: byId,
    reply: Job,
  }),
  download: endpoint({
    method: 'GET',
    path: '/v1/platform/jobs/:id/file',
    who: 'logged-in',
    says: 'The file that came of it, whole or by ranges; for whoever still has the role that it takes.',
    params: byId,
    reply: z.unknown(),
  }),
} as const;

export const ResultsExport = z.strictObject({
  organisationId: OrganisationId,
  as: z.enum(['csv', 'xlsx']),
  /** Of the headings. */
  language: Locale.default('zh'),
  /** Handed in from this instant on, and before that one. */
  from: AskedInstant.optional(),
  to: AskedInstant.optional(),
  examId: ExamId.optional(),
});
export type ResultsExport = z.infer<typeof ResultsExport>;

export const CertificatesExport = z.strictObject({
  organisationId: OrganisationId,
  as: z.enum(['csv', 'xlsx']),
  /** Of the headings. */
  language: Locale.default('zh'),
  /** As the list of certificates takes them: a number or a part of a name, what stands in the name of the firm, how it stands. */
  q: z.string().trim().max(100).optional(),
  firm: z.string().trim().max(100).optional(),
  examId: ExamId.optional(),
  standing: Standing.optional(),
  /** Only those that are good and expire within so many days. */
  within: z.int().min(1).max(3_650).optional(),
});
export type CertificatesExport = z.infer<typeof CertificatesExport>;

export const exportEndpoints = {
  results: endpoint({
    method: 'POST',
    path: '/v1/platform/exports/results',
    who: RESULT_READERS,
    says: 'A list of the results of an organisation and all below it, as CSV or Excel: made as long work.',
    body: ResultsExport,
    reply: Job,
  }),
  certificates: endpoint({
    method: 'POST',
    path: '/v1/platform/exports/certificates',
    who: RESULT_READERS,
    says: 'The certificates of an organisation and all below it, or those that a search finds, as CSV or Excel: made as long work.',
    body: CertificatesExport,
    reply: Job,
  }),
} as const;
