import { z } from 'zod';
import type { Sha256 } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { rootOf } from '../../proof/index.ts';
import { type Database, type Queries, select, selectOne } from '../database/index.ts';
import { hex, nodesOf } from './log-nodes.ts';

/** The log as a database has it. */
export type LogState = {
  /** Nothing of a center that was never started. */
  readonly centerKey: PublicKey | null;
  readonly size: number;
  /** Nothing of an empty log. */
  readonly root: Sha256 | null;
  readonly name: string | null;
};

const Kept = z.object({ centerKey: PublicKey, size: z.int(), name: z.string().nullable() });

export async function logState(db: Queries): Promise<LogState> {
  // The name came later than the log: a database that no program of today has opened has no such column.
  const name = `to_jsonb(c) ->> 'log_origin'`;
  const sql = `SELECT c.public_key AS "centerKey", c.log_size AS size, ${name} AS name FROM center c WHERE c.id = 1`;
  const kept = await selectOne(db, Kept, sql);
  if (!kept) return { centerKey: null, size: 0, root: null, name: null };
  return { ...kept, root: kept.size === 0 ? null : await rootOfSize(db, kept.size) };
}

async function rootOfSize(db: Queries, size: number): Promise<Sha256> {
  const { at } = await nodesOf(db, [[0, size]]);
  return hex(await rootOf(size, at));
}

/** From now on nothing is added to the log, and no new head of it is signed, until {@link goOn}. */
export async function markRestored(tx: Queries, now: Date): Promise<void> {
  await tx.query('UPDATE center SET restored_at = $1 WHERE id = 1', [now.toISOString()]);
}

/**
 * A log that was brought back from a backup may be older than what the center has signed: whatever it signed then would contradict
 * that, for everybody to see and for ever.
 * @throws Refusal `log-restored` as long as nobody has looked
 */
export async function mustGoOn(db: Queries): Promise<void> {
  const [restored] = await select(
    db,
    z.object({ at: z.date() }),
    'SELECT restored_at AS at FROM center WHERE restored_at IS NOT NULL',
  );
  if (restored) throw new Refusal('log-restored', `from a backup, at ${restored.at.toISOString()}`);
}

/** Of a head that the center signed, as a station or a witness kept it. */
export type SeenHead = { readonly size: number; readonly root: Sha256 };

/**
 * Lets a restored log go on, where nobody has seen more of it.
 * @param seen the newest heads that stations and witnesses know; none where whoever runs the center knows that nothing was signed
 * since the backup
 * @throws Error where one of them is of a longer log or of another one: then it stays as it is
 */
export async function goOn(db: Database, seen: readonly SeenHead[]): Promise<LogState> {
  return db.transaction(async (tx) => {
    const state = await logState(tx);
    for (const head of seen) {
      if (head.size > state.size)
        throw new Error(
          `somebody knows this log with ${head.size} entries, and here it has ${state.size}: results are missing. Restore a newer backup`,
        );
      if (head.size > 0 && (await rootOfSize(tx, head.size)) !== head.root)
        throw new Error(`somebody knows another log of ${head.size} entries: this one is not what it was`);
    }
    await tx.query('UPDATE center SET restored_at = NULL WHERE id = 1');
    return state;
  });
}
