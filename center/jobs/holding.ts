import { z } from 'zod';
import { JobId } from '../../contract/words/ids.ts';
import { type Database, type Queries, select, selectOne } from '../database/index.ts';
import type { ObjectKey } from '../objects/index.ts';
import { jobKey } from './files.ts';
import { JOB, JobRow } from './rows.ts';

/** A job in somebody's hands. Whatever they write of it counts only while that is so. */
export type Held = { readonly job: JobRow; readonly runner: string };

/** So long it stays theirs where nothing is heard of them: by the clock of the database, which is one for all centers. */
const HELD_FOR = `interval '30 seconds'`;

/** The next that is due, of these kinds, or that was in the hands of somebody who is gone. */
export async function claimNext(db: Database, runner: string, kinds: readonly string[]): Promise<Held | undefined> {
  const due = `state IN ('waiting', 'running') AND due_at <= now() AND (held_until IS NULL OR held_until < now())
    AND kind = ANY($1::text[])`;
  // Most of the time there is none: that is found out without a lock.
  if (kinds.length === 0 || (await db.query(`SELECT 1 FROM jobs WHERE ${due} LIMIT 1`, [kinds])).length === 0)
    return undefined;
  const job = await selectOne(
    db,
    JobRow,
    `UPDATE jobs SET state = 'running', runner = $2, held_until = now() + ${HELD_FOR}, rounds = rounds + 1
     WHERE id = (SELECT id FROM jobs WHERE ${due} ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING ${JOB}`,
    [kinds, runner],
  );
  return job && { job, runner };
}

const MINE = `id = $1 AND runner = $2 AND state = 'running'`;
const idOf = ({ job, runner }: Held): readonly [JobId, string] => [job.id, runner];

/** @returns whether it is still theirs */
export async function holdOn(db: Queries, held: Held, progress: number): Promise<boolean> {
  const sql = `UPDATE jobs SET held_until = now() + ${HELD_FOR}, progress = greatest(progress, $3) WHERE ${MINE} RETURNING id`;
  return (await db.query(sql, [...idOf(held), progress])).length > 0;
}

/** A file is there for a week. */
const KEPT_MS = 7 * 86_400_000;

type End = {
  readonly now: Date;
  readonly reason?: string;
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: number } | undefined;
};

export async function endJob(db: Queries, held: Held, { now, reason, file }: End): Promise<void> {
  await db.query(
    `UPDATE jobs SET state = $3, progress = CASE WHEN $3 = 'done' THEN 1 ELSE progress END, ended_at = $4, reason = $5,
       file_name = $6, file_type = $7, file_bytes = $8, expires_at = $9, runner = NULL, held_until = NULL
     WHERE ${MINE}`,
    [
      ...idOf(held),
      reason ? 'failed' : 'done',
      now.toISOString(),
      reason ?? null,
      ...[file?.name ?? null, file?.type ?? null, file?.bytes ?? null],
      file ? new Date(now.getTime() + KEPT_MS).toISOString() : null,
    ],
  );
}

/** Once this many seconds are over. */
export async function tryAgain(db: Queries, held: Held, seconds: number): Promise<void> {
  await db.query(
    `UPDATE jobs SET state = 'waiting', due_at = now() + make_interval(secs => $3), runner = NULL, held_until = NULL
     WHERE ${MINE}`,
    [...idOf(held), seconds],
  );
}

/** A center that stops was none of its tries. */
export async function giveBack(db: Queries, held: Held): Promise<void> {
  const sql = `UPDATE jobs SET state = 'waiting', rounds = rounds - 1, runner = NULL, held_until = NULL WHERE ${MINE}`;
  await db.query(sql, idOf(held));
}

/** Whatever is held was held by a program that is gone. */
export async function freeAll(db: Queries): Promise<void> {
  await db.query(`UPDATE jobs SET held_until = now() - interval '1 second' WHERE state = 'running'`);
}

/** What ended is remembered so long. */
const REMEMBERED_MS = 30 * 86_400_000;

/** Forgets what ended long ago, and files whose time is over. @returns under what each of those is kept */
export async function sweep(db: Queries, now: Date): Promise<readonly ObjectKey[]> {
  const gone = await select(
    db,
    z.object({ id: JobId }),
    `UPDATE jobs SET file_name = NULL, file_type = NULL, file_bytes = NULL, expires_at = NULL
     WHERE ended_at IS NOT NULL AND expires_at <= $1 RETURNING id`,
    [now.toISOString()],
  );
  await db.query('DELETE FROM jobs WHERE ended_at < $1', [new Date(now.getTime() - REMEMBERED_MS).toISOString()]);
  return gone.map(({ id }) => jobKey(id));
}

/** Which of these are a job's that has a file, or may get one, for whoever clears away the others. */
export async function jobFilesNamed(tx: Queries, keys: readonly ObjectKey[]): Promise<ReadonlySet<ObjectKey>> {
  const ids = keys.map((key) => key.slice(jobKey('' as JobId).length));
  const sql = `SELECT id FROM jobs WHERE id = ANY($1::text[]) AND (file_name IS NOT NULL OR ended_at IS NULL)`;
  return new Set((await select(tx, z.object({ id: JobId }), sql, [ids])).map(({ id }) => jobKey(id)));
}
