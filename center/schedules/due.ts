import { z } from 'zod';
import { type AccountId, IssueId, JobId, type ScheduleId } from '../../contract/words/ids.ts';
import { type Center, makeId } from '../base/index.ts';
import { type Database, type Queries, select, selectOne } from '../database/index.ts';
import { addJob, jobStandings } from '../jobs/index.ts';
import type { System } from '../tenants/index.ts';
import { type Due, dueAfter, lastDues } from './calendar.ts';
import { SCHEDULE, ScheduleRow } from './rows.ts';

/** Where nobody was there to make them, so many periods are made up for. */
const MOST_MISSED = 3;
/**
 * Gives out the bulletins that are due, however many centers look at once: each of a period once. What was missed while no center ran
 * is made up for.
 */
export async function giveOutDue(_actor: System, { db, now }: Pick<Center, 'db' | 'now'>): Promise<void> {
  const isDue = `ended_at IS NULL AND next_at <= $1`;
  // Nearly always there is none: that is found out without a lock.
  const look = `SELECT 1 FROM bulletin_schedules WHERE ${isDue} LIMIT 1`;
  while ((await db.query(look, [now().toISOString()])).length > 0 && (await giveOutOne(db, isDue, now())));
  await giveUp(db, now());
}

const Waiting = z.object({ id: IssueId, job: JobId });

/** What nobody tries any more: its job ended with the program each time, or while nothing could be written down. */
async function giveUp(db: Database, now: Date): Promise<void> {
  const sql = `SELECT id, job_id AS job FROM bulletin_issues WHERE state = 'waiting' AND job_id IS NOT NULL`;
  const waiting = await select(db, Waiting, sql);
  if (waiting.length === 0) return;
  const standings = await jobStandings(
    db,
    waiting.map(({ job }) => job),
  );
  for (const { id, job } of waiting) {
    const { state, reason } = standings.get(job) ?? { state: 'failed', reason: null };
    if (state !== 'waiting' && state !== 'running') await fail(db, id, reason ?? 'internal', now);
  }
}

/** It is tried no more; that of the next period comes as ever. */
export const fail = async (db: Queries, id: IssueId, reason: string, now: Date): Promise<void> =>
  void (await db.query(
    `UPDATE bulletin_issues SET state = 'failed', reason = $2, done_at = $3 WHERE id = $1 AND state = 'waiting'`,
    [id, reason, now.toISOString()],
  ));

/** @returns whether there was one that nobody else has in hand */
const giveOutOne = (db: Database, isDue: string, now: Date): Promise<boolean> =>
  db.transaction(async (tx) => {
    const row = await selectOne(
      tx,
      ScheduleRow,
      `SELECT ${SCHEDULE} FROM bulletin_schedules WHERE ${isDue} ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [now.toISOString()],
    );
    if (!row) return false;
    for (const due of lastDues(row.nextAt, now, row, MOST_MISSED)) await addIssue(tx, row.id, due, { now });
    const next = dueAfter(now, row).at.toISOString();
    await tx.query('UPDATE bulletin_schedules SET next_at = $2 WHERE id = $1', [row.id, next]);
    return true;
  });

/** The job that brings it, in the transaction that makes it due. */
export async function addIssue(
  tx: Queries,
  scheduleId: ScheduleId,
  { from, to }: Due,
  { now, triedBy }: { readonly now: Date /** Whoever wants to see it at once. */; readonly triedBy?: AccountId },
): Promise<void> {
  const id = IssueId.parse(makeId('bi'));
  const added = await tx.query(
    `INSERT INTO bulletin_issues (id, schedule_id, from_month, to_month, trial, tried_by, state, outcomes, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'waiting', '[]', $7)
     ON CONFLICT (schedule_id, to_month) WHERE NOT trial DO NOTHING RETURNING id`,
    [id, scheduleId, from, to, triedBy !== undefined, triedBy ?? null, now.toISOString()],
  );
  if (added.length === 0) return;
  const job = await addJob(tx, { kind: 'bulletin-issue', asked: { issueId: id } }, now);
  await tx.query('UPDATE bulletin_issues SET job_id = $2 WHERE id = $1', [id, job.id]);
}
