import { z } from 'zod';
import { LIST_NAMES, ListEntry, type TermLists } from '../../contract/platform/organisations.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { type Database, inTransaction, type Queries, select } from '../database/index.ts';
import { type ActingAccount, mustReach } from '../tenants/index.ts';
import { mustBeAccount } from './reach.ts';
import { mustHaveRow, ROOT } from './rows.ts';

const Listed = ListEntry.unwrap().extend({ list: z.enum(LIST_NAMES) });

/** The lists, in their order. */
export async function readLists(db: Queries): Promise<TermLists> {
  const sql = 'SELECT list, name, en, is_ended AS "isEnded" FROM listed_terms ORDER BY list, place, name';
  const rows = await select(db, Listed, sql);
  const of = (wanted: (typeof LIST_NAMES)[number]) =>
    rows.filter(({ list }) => list === wanted).map(({ list: _, ...entry }) => entry);
  return { industry: of('industry'), area: of('area'), category: of('category') };
}

/**
 * Changes the lists. What was on one once stays on it: left out, it ends, for what was said by it goes on being said.
 * @throws Refusal `unauthorised`, `bad-message` where a list has a name twice
 */
export function putLists(actor: ActingAccount, db: Queries | Database, wish: TermLists): Promise<TermLists> {
  mustBeAccount(actor);
  return inTransaction(db, async (tx) => {
    mustReach(actor, (await mustHaveRow(tx, ROOT)).path, 'platform');
    for (const list of LIST_NAMES) mustDiffer(list, wish[list]);
    const deed = { tenantId: null, what: 'lists-changed', subject: { kind: 'list', id: 'terms' } } as const;
    await changing(actor, tx, deed, heldLists, async (inside) => {
      const before = await readLists(inside);
      for (const list of LIST_NAMES) await put(inside, list, withEnded(wish[list], before[list]));
    });
    return readLists(tx);
  });
}

/** Two that put lists at once do so one after the other. */
async function heldLists(tx: Queries): Promise<TermLists> {
  await tx.query('LOCK TABLE listed_terms IN SHARE ROW EXCLUSIVE MODE');
  return readLists(tx);
}

type Entries = readonly z.output<typeof ListEntry>[];

function mustDiffer(list: string, entries: Entries): void {
  if (new Set(entries.map(({ name }) => name)).size < entries.length)
    throw new Refusal('bad-message', `${list}: a name is there twice`);
}

const withEnded = (wish: Entries, before: Entries): Entries => [
  ...wish,
  ...before.filter(({ name }) => !wish.some((one) => one.name === name)).map((one) => ({ ...one, isEnded: true })),
];

const put = (tx: Queries, list: string, entries: Entries): Promise<unknown> =>
  tx.query(
    `INSERT INTO listed_terms (list, name, en, place, is_ended)
     SELECT $1, name, en, place, is_ended
     FROM unnest($2::text[], $3::text[], $4::boolean[]) WITH ORDINALITY AS given (name, en, is_ended, place)
     ON CONFLICT (list, name) DO UPDATE SET en = excluded.en, place = excluded.place, is_ended = excluded.is_ended`,
    [list, entries.map(({ name }) => name), entries.map(({ en }) => en), entries.map(({ isEnded }) => isEnded)],
  );

/** @throws Refusal `sector-unknown` where the list has no such sector, or has ended it */
export async function mustHaveSector(db: Queries, sector: string | null): Promise<void> {
  if (sector === null) return;
  const sql = `SELECT 1 FROM listed_terms WHERE list = 'industry' AND name = $1 AND NOT is_ended`;
  if ((await db.query(sql, [sector])).length === 0) throw new Refusal('sector-unknown');
}
