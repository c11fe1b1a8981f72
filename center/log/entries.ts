import { z } from 'zod';
import type { LogEntry } from '../../contract/log/entries.ts';
import { type LoggedEntries, MAX_ENTRIES } from '../../contract/log/log-api.ts';
import { Sha256 } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type SealedEntry, sealEntry } from '../../proof/transparency/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import type { Stranger } from '../tenants/index.ts';
import { hex } from './log-nodes.ts';
import { openLog } from './transparency-log.ts';

/**
 * Logs what the center says besides records, in the transaction that says it: nobody can hold a statement that is in no log. What
 * is there already stays where it is, however often it is logged again.
 * @returns the place of each
 */
export async function logEntries(
  tx: Queries,
  { now }: Pick<Center, 'now'>,
  entries: readonly LogEntry[],
): Promise<readonly number[]> {
  const wanted = entries.map(sealEntry);
  const unique = [...new Map(wanted.map((one) => [hex(one.leaf), one])).values()];
  if ((await withoutLogged(tx, unique)).length > 0) await append(tx, now(), unique);
  const leaves = wanted.map(({ leaf }) => hex(leaf));
  const known = await indexesOf(tx, leaves);
  return leaves.map((leaf) => known.get(leaf) as number);
}

async function append(tx: Queries, at: Date, entries: readonly SealedEntry[]): Promise<void> {
  const log = await openLog(tx);
  // Asked again with everybody else kept out: two may have wanted to log the same.
  const missing = await withoutLogged(tx, entries);
  if (missing.length === 0) return;
  const indexes = await log.appendQuietly(missing);
  await tx.query(
    `INSERT INTO log_entries (index, kind, leaf, body, logged_at)
     SELECT e.index, e.kind, e.leaf, e.body, $5
     FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) AS e(index, kind, leaf, body)`,
    [
      indexes,
      missing.map(({ entry }) => entry.kind),
      missing.map(({ leaf }) => hex(leaf)),
      missing.map(({ text }) => text),
      at.toISOString(),
    ],
  );
}

/** What was logged besides records, for whoever wants to see which stations and grants there are: the first so many from an index on. */
export async function readEntries(_actor: Stranger, { db }: Center, from: number): Promise<LoggedEntries> {
  const shape = z.object({ index: z.int(), text: z.string() });
  const sql = 'SELECT index, body AS text FROM log_entries WHERE index >= $1 ORDER BY index LIMIT $2';
  return { entries: await select(db, shape, sql, [from, MAX_ENTRIES]) };
}

async function withoutLogged(db: Queries, entries: readonly SealedEntry[]): Promise<readonly SealedEntry[]> {
  const known = await indexesOf(
    db,
    entries.map(({ leaf }) => hex(leaf)),
  );
  return entries.filter(({ leaf }) => !known.has(hex(leaf)));
}

/** Where each of these leaves is that is an entry: of records it says nothing. */
export async function indexesOf(db: Queries, leaves: readonly Sha256[]): Promise<ReadonlyMap<Sha256, number>> {
  const shape = z.object({ leaf: Sha256, index: z.int() });
  const rows = await select(db, shape, 'SELECT leaf, index FROM log_entries WHERE leaf = ANY($1::text[])', [leaves]);
  return new Map(rows.map(({ leaf, index }) => [leaf, index]));
}

/**
 * Whatever somebody's signature rests on has to be in the log for all to see.
 * @throws Refusal `not-logged`
 */
export async function mustBeLogged(db: Queries, entries: readonly LogEntry[]): Promise<void> {
  const [missing] = await withoutLogged(db, entries.map(sealEntry));
  if (missing) throw new Refusal('not-logged', `a ${missing.entry.kind} that this batch rests on`);
}
