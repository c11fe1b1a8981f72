import { z } from 'zod';
import { type Job, JobState } from '../../contract/platform/jobs.ts';
import { AccountId, instant, JobId, OrganisationId } from '../../contract/words/ids.ts';

export const JobRow = z
  .object({
    id: JobId,
    kind: z.string(),
    asked: z.string(),
    account: AccountId.nullable(),
    organisationId: OrganisationId.nullable(),
    state: JobState,
    progress: z.number(),
    tries: z.int(),
    madeAt: z.date(),
    endedAt: z.date().nullable(),
    reason: z.string().nullable(),
    fileName: z.string().nullable(),
    fileType: z.string().nullable(),
    fileBytes: z.int().nullable(),
    expiresAt: z.date().nullable(),
  })
  .readonly();
export type JobRow = z.infer<typeof JobRow>;

export const JOB = `id, kind, asked, account_id AS account, organisation_id AS "organisationId", state, progress, rounds AS tries,
  made_at AS "madeAt", ended_at AS "endedAt", reason, file_name AS "fileName", file_type AS "fileType",
  file_bytes AS "fileBytes", expires_at AS "expiresAt"`;

export function shownJob(row: JobRow): Job {
  const { id, kind, organisationId, state, progress, madeAt, endedAt, reason, fileName, fileBytes, expiresAt } = row;
  const file = fileName && expiresAt ? { name: fileName, bytes: fileBytes ?? 0, until: instant(expiresAt) } : null;
  return {
    ...{ id, kind, organisationId, state, progress, madeAt: instant(madeAt) },
    ...{ endedAt: endedAt && instant(endedAt), reason, file },
  };
}
