import { z } from 'zod';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { Applicant, EntryWish, TurnEntry } from '../../contract/platform/planning.ts';
import { endingOf } from '../../contract/words/id-number.ts';
import { CandidateId, instant, TenantId, type TurnId } from '../../contract/words/ids.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { candidatesByIds, findPeople } from '../people/index.ts';
import { type ActingAccount, onlooker, tenantNames } from '../tenants/index.ts';
import { ABSENCE } from './absences.ts';
import { obstacles } from './eligibility.ts';
import { mustSignUp } from './entering.ts';
import { noteLook } from './reading.ts';
import { mustSee, type SeenTurn } from './standing.ts';

const Row = z.object({
  candidateId: CandidateId,
  tenantId: TenantId,
  number: z.int(),
  state: z.enum(['entered', 'waiting', 'cancelled']),
  at: z.date(),
  absence: z.string().nullable(),
});
type Row = Readonly<z.infer<typeof Row>>;
const COLUMNS = `candidate_id AS "candidateId", tenant_id AS "tenantId", number, state, entered_at AS at,
  ${ABSENCE} AS absence`;

/** Whose people somebody sees at a turn: all, or those of their own firms. */
export const firmsSeen = ({ standing, quotas }: SeenTurn): readonly TenantId[] =>
  standing.sees ? quotas.map(({ tenantId }) => tenantId) : standing.firms;

/**
 * Who comes to a turn, in the order in which they were signed up; that somebody looked is written down with each firm.
 * @throws Refusal `turn-unknown`
 */
export async function listEntries(
  actor: ActingAccount,
  center: Center,
  id: TurnId,
  wish: EntryWish,
): Promise<{ readonly rows: readonly TurnEntry[]; readonly next: Cursor | null }> {
  const { db } = center;
  const seen = await mustSee(actor, db, id, center.now());
  const firms = firmsSeen(seen);
  const found = wish.search ? await foundAt(actor, db, firms, wish.search) : undefined;
  const rows = await entriesOf(db, id, firms, wish, found);
  const page = rows.slice(0, wish.size);
  for (const tenantId of new Set(page.map((one) => one.tenantId))) await noteLook(actor, center, tenantId, id);
  const last = page.at(-1);
  return {
    rows: await named(actor, db, page, seen.standing.firms),
    next: last && rows.length > wish.size ? cursorOf([last.number]) : null,
  };
}

async function foundAt(actor: ActingAccount, db: Queries, firms: readonly TenantId[], text: string) {
  const found: CandidateId[] = [];
  for (const tenantId of firms)
    found.push(...(await findPeople(onlooker(actor, tenantId), db, tenantId, text)).map(({ id }) => id));
  return found;
}

function entriesOf(
  db: Queries,
  id: TurnId,
  firms: readonly TenantId[],
  { state, after, size }: Pick<EntryWish, 'state' | 'after' | 'size'>,
  found: readonly CandidateId[] | undefined,
): Promise<readonly Row[]> {
  const params: unknown[] = [id, firms];
  const given = (value: unknown): string => `$${params.push(value)}`;
  const where = ['turn_id = $1', 'tenant_id = ANY($2::text[])'];
  where.push(state ? `state = ${given(state)}` : `state <> 'cancelled'`);
  if (found) where.push(`candidate_id = ANY(${given(found)}::text[])`);
  if (after) where.push(`number > ${given(readCursor(after, z.tuple([z.int()]))[0])}`);
  const sql = `SELECT ${COLUMNS} FROM turn_entries e WHERE ${where.join(' AND ')} ORDER BY number LIMIT ${size + 1}`;
  return select(db, Row, sql, params);
}

/** With their names, as the roster has them now. Why somebody cannot come is their firm's to know, and nobody else's. */
async function named(
  actor: ActingAccount,
  db: Queries,
  rows: readonly Row[],
  own: readonly TenantId[],
): Promise<readonly TurnEntry[]> {
  const byFirm = Map.groupBy(rows, ({ tenantId }) => tenantId);
  const firms = await tenantNames(db, [...byFirm.keys()]);
  const people = new Map<string, { readonly name: string; readonly number: string }>();
  for (const [tenantId, of] of byFirm) {
    const ids = of.map(({ candidateId }) => candidateId);
    for (const [id, who] of await candidatesByIds(onlooker(actor, tenantId), db, tenantId, ids))
      people.set(`${tenantId} ${id}`, who);
  }
  return rows.map(({ number, at, absence: why, ...row }) => {
    const who = people.get(`${row.tenantId} ${row.candidateId}`);
    const firm = firms.get(row.tenantId) ?? row.tenantId;
    const absence = own.includes(row.tenantId) ? why : null;
    return {
      ...row,
      saidAbsent: why !== null,
      absence,
      firm,
      name: who?.name ?? '',
      ending: endingOf(who?.number ?? ''),
      place: number,
      at: instant(at),
    };
  });
}

/**
 * People of a firm whose name or number begins so, and why they may not come.
 * @throws Refusal `turn-unknown`, `unauthorised`
 */
export async function listApplicants(
  actor: ActingAccount,
  center: Center,
  id: TurnId,
  search: string,
): Promise<readonly Applicant[]> {
  const { db } = center;
  const now = center.now();
  const seen = await mustSee(actor, db, id, now);
  const tenantId = mustSignUp(seen);
  await noteLook(actor, center, tenantId, id);
  const people = (await findPeople(onlooker(actor, tenantId), db, tenantId, search)).filter(({ left }) => !left);
  const ids = people.map((one) => one.id);
  const found = await obstacles(actor, db, { turn: seen.turn, tenantId, ids, now });
  const there = await entriesOf(db, id, [tenantId], { size: 1_000 }, ids);
  return people.map(({ id: candidateId, name, number }) => {
    const state = there.find((one) => one.candidateId === candidateId)?.state;
    const entry = state === 'entered' || state === 'waiting' ? state : null;
    return { candidateId, name, ending: endingOf(number), entry, obstacles: found.get(candidateId) ?? [] };
  });
}

/** Who of a firm comes to a turn, in their order. */
export async function comingTo(db: Queries, id: TurnId, tenantId: TenantId): Promise<readonly CandidateId[]> {
  const sql = `SELECT candidate_id AS id FROM turn_entries WHERE turn_id = $1 AND tenant_id = $2 AND state = 'entered'
    ORDER BY number`;
  return (await select(db, z.object({ id: CandidateId }), sql, [id, tenantId])).map((row) => row.id);
}
