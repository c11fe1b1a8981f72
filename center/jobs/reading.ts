import type { Readable } from 'node:stream';
import { z } from 'zod';
import { JOB_ROLES, type Job, JobState } from '../../contract/platform/jobs.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { Role } from '../../contract/platform/roles.ts';
import { AskedInstant } from '../../contract/words/asked-times.ts';
import { instant, JobId, OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import type { ByteRange } from '../objects/index.ts';
import { placesOf } from '../organisations/index.ts';
import { type ActingAccount, mustReach } from '../tenants/index.ts';
import { jobKey } from './files.ts';
import { JOB, JobRow, shownJob } from './rows.ts';

const After = z.tuple([AskedInstant, JobId]);
type Paging = { readonly after?: Cursor | undefined; readonly size: number };

/** Work that whoever asks has asked for, newest first. */
export async function listJobs(
  actor: ActingAccount,
  db: Queries,
  { after, size }: Paging,
): Promise<{ readonly rows: readonly Job[]; readonly next: Cursor | null }> {
  mustBeAccount(actor);
  const [at, id] = after ? readCursor(after, After) : [null, null];
  const rows = await select(
    db,
    JobRow,
    `SELECT ${JOB} FROM jobs WHERE account_id = $1
       AND ($2::timestamptz IS NULL OR (made_at, id) < ($2::timestamptz, $3::text))
     ORDER BY made_at DESC, id DESC LIMIT $4`,
    [actor.id, at, id, size + 1],
  );
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const next = last && rows.length > size ? cursorOf([instant(last.madeAt), last.id]) : null;
  return { rows: page.map(shownJob), next };
}

/** @throws Refusal `job-unknown` where whoever asks has asked for none such */
export const readJob = async (actor: ActingAccount, db: Queries, id: JobId): Promise<Job> =>
  shownJob(await mustHave(actor, db, id));

/** Ends it where it has not ended. Whoever is at it hears of it within seconds. @throws Refusal `job-unknown` */
export async function cancelJob(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  id: JobId,
): Promise<Job> {
  await mustHave(actor, db, id);
  await db.query(
    `UPDATE jobs SET state = 'cancelled', ended_at = $2, runner = NULL, held_until = NULL
     WHERE id = $1 AND state IN ('waiting', 'running')`,
    [id, now().toISOString()],
  );
  return readJob(actor, db, id);
}

/** What is of several places says so in what it was asked with. */
const OfPlaces = z.object({ places: z.array(OrganisationId).optional() });

/** How work stands that is nobody's own. */
export type JobStanding = { readonly state: JobState; readonly progress: number; readonly reason: string | null };

/** How each of these stands that is remembered: for whoever put them in line. */
export async function jobStandings(db: Queries, ids: readonly JobId[]): Promise<ReadonlyMap<JobId, JobStanding>> {
  const sql = 'SELECT id, state, progress, reason FROM jobs WHERE id = ANY($1::text[])';
  const rows = await select(
    db,
    z.object({ id: JobId, state: JobState, progress: z.number(), reason: z.string().nullable() }),
    sql,
    [ids],
  );
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}

export type JobDownload = {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  read(part?: ByteRange): Promise<Readable>;
};

/**
 * What came of it.
 * @throws Refusal `job-unknown`; `not-allowed-now` where there is no file, or none any more; `unauthorised` where the role that it
 * takes is gone
 */
export async function openJobFile(
  actor: ActingAccount,
  { db, objects, now }: Pick<Center, 'db' | 'objects' | 'now'>,
  id: JobId,
): Promise<JobDownload> {
  const { kind, organisationId, asked, fileName, fileType, fileBytes, expiresAt } = await mustHave(actor, db, id);
  const { places = [] } = OfPlaces.safeParse(JSON.parse(asked)).data ?? {};
  const roles: readonly Role[] = JOB_ROLES[kind as keyof typeof JOB_ROLES] ?? [];
  for (const place of (await placesOf(db, organisationId ? [organisationId, ...places] : places)).values())
    mustReach(actor, place.path, ...roles);
  if (!fileName || !fileType || !expiresAt || expiresAt <= now())
    throw new Refusal('not-allowed-now', 'there is no file, or none any more');
  const read = async (part?: ByteRange) => {
    const file = await objects.read(jobKey(id), part);
    if (!file) throw new Refusal('not-allowed-now', 'the file is gone');
    return file;
  };
  return { name: fileName, type: fileType, bytes: fileBytes ?? 0, read };
}

async function mustHave(actor: ActingAccount, db: Queries, id: JobId): Promise<JobRow> {
  mustBeAccount(actor);
  const sql = `SELECT ${JOB} FROM jobs WHERE id = $1 AND account_id = $2`;
  const row = await selectOne(db, JobRow, sql, [id, actor.id]);
  if (!row) throw new Refusal('job-unknown');
  return row;
}

/** @throws Refusal `unauthorised` where it is no account, whatever the types were told */
function mustBeAccount({ kind }: { readonly kind: string }): void {
  if (kind !== 'account') throw new Refusal('unauthorised', `a ${kind} does not do this`);
}
