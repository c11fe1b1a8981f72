import type { AccountId, OrganisationId } from '../../contract/words/ids.ts';
import { JobId } from '../../contract/words/ids.ts';
import { makeId } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { JOB, JobRow } from './rows.ts';

export type JobWish = {
  readonly kind: string;
  /** What with, in a form that JSON has; its kind parses it again when it is done. */
  readonly asked: unknown;
  /** Whose it is; the program's own where nobody's. */
  readonly account?: AccountId | undefined;
  readonly organisationId?: OrganisationId | undefined;
  /** Asked for again under the same word, it is the one that is there. */
  readonly once?: string | undefined;
};

/** Puts work in line, in the transaction of whatever makes it necessary: both, or neither. */
export async function addJob(
  tx: Queries,
  { kind, asked, account, organisationId, once }: JobWish,
  now: Date,
): Promise<JobRow> {
  const id = JobId.parse(makeId('jb'));
  const added = await selectOne(
    tx,
    JobRow,
    `INSERT INTO jobs (id, kind, asked, account_id, organisation_id, once, state, due_at, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'waiting', now(), $7) ON CONFLICT (once) DO NOTHING RETURNING ${JOB}`,
    [id, kind, JSON.stringify(asked), account ?? null, organisationId ?? null, once ?? null, now.toISOString()],
  );
  if (added) return added;
  const there = await selectOne(tx, JobRow, `SELECT ${JOB} FROM jobs WHERE once = $1`, [once]);
  if (!there) throw new Error(`the job ${once} is neither new nor there`);
  return there;
}
