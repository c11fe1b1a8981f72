import { z } from 'zod';
import type { HomeAccess, HomeAccessList } from '../../contract/people-center/operator-api.ts';
import { CandidateId, instant, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
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
    const [secret, expiresAt] = [makeSecret(), new Date(now.getTime() + INVITED_MS)];
    await tx.query('DELETE FROM home_invitations WHERE expires_at <= $1', [now.toISOString()]);
    await tx.query('DELETE FROM home_invitations WHERE tenant_id = $1 AND candidate_id = $2', [tenantId, id]);
    await tx.query(
      'INSERT INTO home_invitations (secret_hash, tenant_id, candidate_id, expires_at) VALUES ($1, $2, $3, $4)',
      [hashOfSecret('invitation', secret), tenantId, id, expiresAt.toISOString()],
    );
    await noteDone(actor, tx, { tenantId, what: 'home-invited', subject: { kind: 'candidate', id } });
    const name = (await candidatesByIds(actor, tx, tenantId, [id])).get(id)?.name ?? '';
    return { secret, name, expiresAt };
  });
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
  const rows = await select(
    db,
    Row,
    `SELECT id, max(invited) AS "invitedUntil", count(seen)::int AS devices, max(seen) AS "seenAt" FROM (
       SELECT candidate_id AS id, expires_at AS invited, NULL::timestamptz AS seen FROM home_invitations
       WHERE tenant_id = $1 AND expires_at > $2
       UNION ALL
       SELECT candidate_id, NULL, seen_at FROM home_sessions WHERE tenant_id = $1 AND ends_at > $2) AS ways
     GROUP BY id ORDER BY id`,
    [tenantId, now.toISOString()],
  );
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
