import { z } from 'zod';
import type { HomeAccess, HomeAccessList } from '../../contract/people-center/operator-api.ts';
import type { HomeLearner, Student } from '../../contract/platform/courses.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import { maskIdNumber } from '../../contract/words/id-number.ts';
import { CandidateId, instant, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { inTransaction, type Queries, select } from '../database/index.ts';
import { candidatesByIds, idOfNumber, type Leaving } from '../people/index.ts';
import { type Manager, mustManage, mustRead, type Reader } from '../tenants/index.ts';
import { hashOfSecret, makeSecret } from './secrets.ts';

const DAY_MS = 24 * 3_600_000;
const INVITED_MS = 14 * DAY_MS;

/** @throws Refusal `not-on-roster` */
async function whoHas(actor: Manager, db: Queries, tenantId: TenantId, typed: string): Promise<CandidateId> {
  const number = typed.trim().toUpperCase();
  const id = await idOfNumber(actor, db, tenantId, number);
  if (!id) throw new Refusal('not-on-roster');
  return id;
}

export type Invited = { readonly secret: string; readonly name: string; readonly expiresAt: Date };

/**
 * A personal invitation to learn at home: works once, for 14 days. One that was made before and not used works no more.
 * @throws Refusal `not-on-roster`
 */
export async function inviteHome(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { number }: { readonly number: string },
  now: Date,
): Promise<Invited> {
  mustManage(actor, tenantId);
  return inTransaction(db, async (tx) => {
    const id = await whoHas(actor, tx, tenantId, number);
    const name = (await candidatesByIds(actor, tx, tenantId, [id])).get(id)?.name ?? '';
    return { ...(await inviteOne(actor, tx, { tenantId, id, now })), name };
  });
}

/**
 * The same for many, by their ids: all of them, or nobody.
 * @throws Refusal `not-on-roster` where one of them is not, or left
 */
export async function inviteManyHome(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  ids: readonly CandidateId[],
  now: Date,
): Promise<readonly (Invited & { readonly id: CandidateId })[]> {
  mustManage(actor, tenantId);
  return inTransaction(db, async (tx) => {
    const people = await candidatesByIds(actor, tx, tenantId, ids);
    const invited: (Invited & { readonly id: CandidateId })[] = [];
    for (const id of new Set(ids)) {
      const person = people.get(id);
      if (!person || person.left) throw new Refusal('not-on-roster');
      invited.push({ id, name: person.name, ...(await inviteOne(actor, tx, { tenantId, id, now })) });
    }
    return invited;
  });
}

type Whose = { readonly tenantId: TenantId; readonly id: CandidateId; readonly now: Date };

async function inviteOne(actor: Manager, tx: Queries, { tenantId, id, now }: Whose): Promise<Omit<Invited, 'name'>> {
  const [secret, expiresAt] = [makeSecret(), new Date(now.getTime() + INVITED_MS)];
  await tx.query('DELETE FROM home_invitations WHERE expires_at <= $1', [now.toISOString()]);
  await tx.query('DELETE FROM home_invitations WHERE tenant_id = $1 AND candidate_id = $2', [tenantId, id]);
  await tx.query(
    'INSERT INTO home_invitations (secret_hash, tenant_id, candidate_id, expires_at) VALUES ($1, $2, $3, $4)',
    [hashOfSecret('invitation', secret), tenantId, id, expiresAt.toISOString()],
  );
  await noteDone(actor, tx, { tenantId, what: 'home-invited', subject: { kind: 'candidate', id } });
  return { secret, expiresAt };
}

/** Signs somebody out everywhere, and takes back what they were invited with. @throws Refusal `not-on-roster` */
export async function endHome(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { number }: { readonly number: string },
): Promise<void> {
  mustManage(actor, tenantId);
  await inTransaction(db, async (tx) => {
    const id = await whoHas(actor, tx, tenantId, number);
    await endOf(tx, tenantId, [id]);
    await noteDone(actor, tx, { tenantId, what: 'home-ended', subject: { kind: 'candidate', id } });
  });
}

/** The same for many, by their ids. */
export async function endManyHome(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  ids: readonly CandidateId[],
): Promise<void> {
  mustManage(actor, tenantId);
  await inTransaction(db, async (tx) => {
    await endOf(tx, tenantId, ids);
    for (const id of new Set(ids))
      await noteDone(actor, tx, { tenantId, what: 'home-ended', subject: { kind: 'candidate', id } });
  });
}

/** Whoever leaves the roster is signed out everywhere as well. */
async function endOf(tx: Queries, tenantId: TenantId, ids: readonly CandidateId[]): Promise<void> {
  await tx.query('DELETE FROM home_invitations WHERE tenant_id = $1 AND candidate_id = ANY($2::text[])', [
    tenantId,
    ids,
  ]);
  await tx.query('DELETE FROM home_sessions WHERE tenant_id = $1 AND candidate_id = ANY($2::text[])', [tenantId, ids]);
}
export const LEAVINGS: readonly Leaving[] = [endOf];

/** Of whoever is erased, what they did at home goes as well: it is in no record, and nothing counts it. */
export async function forgetHome(tx: Queries, tenantId: TenantId, ids: readonly CandidateId[]): Promise<void> {
  await endOf(tx, tenantId, ids);
  for (const table of ['home_clocks', 'home_lessons', 'home_answers', 'home_studies', 'home_mocks'])
    await tx.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND candidate_id = ANY($2::text[])`, [tenantId, ids]);
}

const Row = z.object({
  id: CandidateId,
  invitedUntil: z.date().nullable(),
  devices: z.int(),
  seenAt: z.date().nullable(),
});

/** Whoever is invited or signed in. */
export async function listHomeAccess(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  now: Date,
): Promise<HomeAccessList> {
  mustRead(actor, tenantId);
  const rows = await waysIn(db, tenantId, now, { sql: 'true', params: [] });
  const people = await candidatesByIds(
    actor,
    db,
    tenantId,
    rows.map(({ id }) => id),
  );
  const listed = rows.flatMap(({ id, invitedUntil, devices, seenAt }): HomeAccess[] => {
    const person = people.get(id);
    if (!person) return [];
    const { name, number } = person;
    const invited = invitedUntil ? { invitedUntil: instant(invitedUntil) } : {};
    return [{ name, number, devices, ...invited, ...(seenAt ? { seenAt: instant(seenAt) } : {}) }];
  });
  return { people: listed };
}

/** The same page after page, in the order of their ids, without whole numbers. */
export async function listLearners(
  actor: Reader,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  { after, size }: { readonly after?: Cursor | undefined; readonly size: number },
): Promise<{ readonly rows: readonly HomeLearner[]; readonly next: Cursor | null }> {
  mustRead(actor, tenantId);
  const [from] = after ? readCursor(after, z.tuple([CandidateId])) : [''];
  const found = await waysIn(db, tenantId, now(), { sql: `id > $3 LIMIT ${size + 1}`, params: [from] });
  const rows = found.slice(0, size);
  const ids = rows.map(({ id }) => id);
  const people = await candidatesByIds(actor, db, tenantId, ids);
  const last = ids.at(-1);
  return {
    rows: rows.flatMap((row) => {
      const person = people.get(row.id);
      return person ? [{ id: row.id, name: person.name, number: maskIdNumber(person.number), ...accessOf(row) }] : [];
    }),
    next: last && found.length > size ? cursorOf([last]) : null,
  };
}

/** By which ways these people come in, of those who do. */
export async function accessOfPeople(
  actor: Reader,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  ids: readonly CandidateId[],
): Promise<ReadonlyMap<CandidateId, NonNullable<Student['access']>>> {
  mustRead(actor, tenantId);
  const rows = await waysIn(db, tenantId, now(), { sql: 'id = ANY($3::text[])', params: [ids] });
  return new Map(rows.map((row) => [row.id, accessOf(row)]));
}

const accessOf = ({ invitedUntil, devices, seenAt }: z.infer<typeof Row>) => ({
  invitedUntil: invitedUntil && instant(invitedUntil),
  devices,
  seenAt: seenAt && instant(seenAt),
});

/** @param which of them; `$3` is the first of its parameters */
const waysIn = (
  db: Queries,
  tenantId: TenantId,
  now: Date,
  which: { readonly sql: string; readonly params: readonly unknown[] },
) =>
  select(
    db,
    Row,
    `SELECT * FROM (SELECT id, max(invited) AS "invitedUntil", count(seen)::int AS devices, max(seen) AS "seenAt" FROM (
       SELECT candidate_id AS id, expires_at AS invited, NULL::timestamptz AS seen FROM home_invitations
       WHERE tenant_id = $1 AND expires_at > $2
       UNION ALL
       SELECT candidate_id, NULL, seen_at FROM home_sessions WHERE tenant_id = $1 AND ends_at > $2) AS ways
     GROUP BY id ORDER BY id) AS people WHERE ${which.sql}`,
    [tenantId, now.toISOString(), ...which.params],
  );
