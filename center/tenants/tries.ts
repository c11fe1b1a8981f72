import { z } from 'zod';
import { type Reason, Refusal, TryLater } from '../../contract/words/reasons.ts';
import { type Database, selectOne } from '../database/index.ts';

/** What is guessed at. */
export type Secret =
  | 'operator-token'
  | 'enrolment-code'
  | 'proctor-pin'
  | 'proctor-code'
  | 'home-invitation'
  | 'photo-link'
  | 'certificate-number'
  | 'appeal'
  | 'sign-in'
  | 'registration'
  | 'log-in'
  | 'log-in-factor'
  | 'account-secret'
  | 'set-up'
  | 'program-token';

/** Whose tries are counted together. */
export type Gate = {
  readonly secret: Secret;
  readonly by: 'account' | 'address';
  readonly who: string;
};

/** So many wrong ones cost nothing; a room full of people may share an address. */
const FREE = { account: 3, address: 20 } as const;
const FIRST_WAIT_S = 5;
/** Somebody who really knows it is kept from it no longer than that. */
const LONGEST_WAIT_S = { account: 3_600, address: 300 } as const;
/** After so long without a try all is forgotten. */
const FORGOTTEN_S = { account: 7 * 86_400, address: 3_600 } as const;

export const ofAccount = (secret: Secret, who: string): Gate => ({ secret, by: 'account', who });

/** Where nobody knows the address, those nobody knows it of are counted together. */
export const ofAddress = (secret: Secret, address: string | undefined): Gate => ({
  secret,
  by: 'address',
  who: address ?? 'unknown',
});

/**
 * One try at a secret. It is counted before it is made, so that tries sent side by side do not slip past; the right one takes it
 * back. Kept in the database: starting the center anew is no way around.
 * @param wrong the reasons by which `attempt` says that it was a wrong guess
 * @throws TryLater before anything is tried, and whatever `attempt` throws
 */
export async function guarded<T>(
  db: Database,
  now: Date,
  gates: readonly Gate[],
  wrong: readonly Reason[],
  attempt: () => Promise<T>,
): Promise<T> {
  const passed: Gate[] = [];
  const giveBack = () => Promise.all(passed.map((gate) => forgive(db, gate)));
  try {
    for (const gate of gates) {
      await take(db, now, gate);
      passed.push(gate);
    }
    const done = await attempt();
    await giveBack();
    await Promise.all(gates.filter(({ by }) => by === 'account').map((gate) => forget(db, gate)));
    return done;
  } catch (error) {
    if (!(error instanceof Refusal && wrong.includes(error.reason))) await giveBack();
    throw error;
  }
}

/**
 * For what costs others work however it ends, and is no guess: each one counts like a wrong try, and none is given back.
 * @throws TryLater
 */
export async function limited(db: Database, now: Date, gates: readonly Gate[]): Promise<void> {
  for (const gate of gates) await take(db, now, gate);
}

const Free = z.object({ freeAt: z.date() });
const keyOf = ({ secret, by, who }: Gate): readonly [string, string] => [`${secret} by ${by}`, who];

/** A wait longer than any was noted by a clock that has been set back since. @throws TryLater */
async function take(db: Database, now: Date, gate: Gate): Promise<void> {
  const { by } = gate;
  const fresh = new Date(now.getTime() - FORGOTTEN_S[by] * 1_000);
  const rows = await db.query(
    `INSERT INTO tries AS t (what, who, failures, free_at, last_at) VALUES ($1, $2, 1, $3, $3)
     ON CONFLICT (what, who) DO UPDATE SET
       failures = CASE WHEN t.last_at < $4 THEN 1 ELSE t.failures + 1 END,
       free_at = $3::timestamptz + make_interval(secs => CASE WHEN t.last_at < $4 OR t.failures + 1 < $5 THEN 0
         ELSE least($6 * power(2, least(t.failures + 1 - $5, 20)), $7) END),
       last_at = $3
     WHERE t.free_at <= $3 OR t.free_at > $3::timestamptz + make_interval(secs => $7) RETURNING 1`,
    [...keyOf(gate), now.toISOString(), fresh.toISOString(), FREE[by], FIRST_WAIT_S, LONGEST_WAIT_S[by]],
  );
  if (rows.length > 0) return dropForgotten(db, now);
  const sql = 'SELECT free_at AS "freeAt" FROM tries WHERE what = $1 AND who = $2';
  const free = (await selectOne(db, Free, sql, keyOf(gate)))?.freeAt ?? now;
  throw new TryLater(Math.max(1, Math.ceil((free.getTime() - now.getTime()) / 1_000)));
}

/** Whoever tries under ever other names fills no table. */
async function dropForgotten(db: Database, now: Date): Promise<void> {
  const [hour, week] = [FORGOTTEN_S.address, FORGOTTEN_S.account].map((s) =>
    new Date(now.getTime() - s * 1_000).toISOString(),
  );
  const sql = "DELETE FROM tries WHERE last_at < $1 AND (what LIKE '% by address' OR last_at < $2)";
  await db.query(sql, [hour, week]);
}

/** Takes one back that was no wrong guess. */
async function forgive(db: Database, gate: Gate): Promise<void> {
  await db.query(
    'UPDATE tries SET failures = greatest(failures - 1, 0), free_at = last_at WHERE what = $1 AND who = $2',
    keyOf(gate),
  );
}

async function forget(db: Database, gate: Gate): Promise<void> {
  await db.query('DELETE FROM tries WHERE what = $1 AND who = $2', keyOf(gate));
}
