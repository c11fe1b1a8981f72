import { z } from 'zod';
import { ErasureCause } from '../../contract/platform/retention.ts';
import { type CandidateId, Sha256, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { Pair, type PersonAt } from './people-within.ts';
import { lockRoster } from './person.ts';
import { dropUnusedPhotos } from './photos.ts';

/** Of a firm, whoever left it until then. */
export type LeftUntil = { readonly tenantId: TenantId; readonly until: Date };

/** SQL of a condition on somebody: their firm and their id are columns of the query around it. */
export type OfPerson = (tenantId: string, candidateId: string) => string;

const LEFT = `FROM unnest($1::text[], $2::timestamptz[]) AS w (tenant_id, until)
  JOIN candidates c ON c.tenant_id = w.tenant_id AND c.left_at <= w.until AND c.erased_at IS NULL`;
const limits = (left: readonly LeftUntil[]) => [
  left.map(({ tenantId }) => tenantId),
  left.map(({ until }) => until.toISOString()),
];

const Counted = z.object({ tenantId: TenantId, due: z.int(), held: z.int() });
export type CountedLeft = Readonly<z.infer<typeof Counted>>;

/** How many left so long ago, by firm, and how many of them something holds. */
export const countLeft = (db: Queries, left: readonly LeftUntil[], held: OfPerson): Promise<readonly CountedLeft[]> =>
  select(
    db,
    Counted,
    `SELECT tenant_id AS "tenantId", count(*) FILTER (WHERE NOT held)::int AS due, count(*) FILTER (WHERE held)::int AS held
     FROM (SELECT c.tenant_id, ${held('c.tenant_id', 'c.id')} AS held ${LEFT}) each GROUP BY 1 ORDER BY 1`,
    [...limits(left)],
  );

/** Some of those who left so long ago and whom nothing holds; of a firm whose roster is held until the transaction ends. */
export async function someLeft(
  tx: Queries,
  { tenantId, until }: LeftUntil,
  held: OfPerson,
  most: number,
): Promise<readonly CandidateId[]> {
  await lockRoster(tx, tenantId);
  const rows = await select(
    tx,
    Pair,
    `SELECT c.tenant_id AS "tenantId", c.id AS "candidateId" ${LEFT}
     WHERE NOT ${held('c.tenant_id', 'c.id')} ORDER BY c.left_at, c.id LIMIT $3`,
    [...limits([{ tenantId, until }]), most],
  );
  return rows.map(({ candidateId }) => candidateId);
}

/** When, on whose behalf and why somebody was erased. */
export type Erasure = {
  readonly at: Date;
  /** The account that said so; nobody where it was a rule. */
  readonly by: string | null;
  readonly why: ErasureCause;
};

/**
 * Takes from the roster all that says who these are: name, number, photos, numbers of before, from where and to where. What is
 * left of each is the id, with which their records are counted, and when and why it was done. No number and no search finds them,
 * and nobody else ever gets the id.
 * @returns those of whom there was anything
 */
export async function forgetPeople(
  tx: Queries,
  tenantId: TenantId,
  ids: readonly CandidateId[],
  { at, by, why }: Erasure,
): Promise<readonly CandidateId[]> {
  await lockRoster(tx, tenantId);
  const of = [tenantId, ids];
  // In one order for everybody who holds them.
  await tx.query('SELECT 1 FROM candidates WHERE tenant_id = $1 AND id = ANY($2::text[]) ORDER BY id FOR UPDATE', of);
  const gone = await select(
    tx,
    Pair,
    `UPDATE candidates SET name = '', number = 'erased:' || id, post = NULL, sector = NULL, category = NULL, seat = NULL,
       extra_minutes = NULL, most_extra_minutes = NULL, arrangements = NULL, left_at = coalesce(left_at, $3),
       erased_at = $3, erased_by = $4, erased_why = $5
     WHERE tenant_id = $1 AND id = ANY($2::text[]) AND erased_at IS NULL
     RETURNING tenant_id AS "tenantId", id AS "candidateId"`,
    [...of, at.toISOString(), by, why],
  );
  for (const table of ['photo_links', 'candidate_numbers', 'memberships'])
    await tx.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND candidate_id = ANY($2::text[])`, of);
  const photos = await select(
    tx,
    z.object({ hash: Sha256 }),
    'DELETE FROM candidate_photos WHERE tenant_id = $1 AND candidate_id = ANY($2::text[]) RETURNING hash',
    of,
  );
  await dropUnusedPhotos(
    tx,
    tenantId,
    photos.map(({ hash }) => hash),
  );
  return gone.map(({ candidateId }) => candidateId);
}

/** When somebody was erased; nothing of whoever is there, or never was. */
export async function erasedAt(db: Queries, { tenantId, candidateId }: PersonAt): Promise<Date | undefined> {
  const sql = 'SELECT erased_at AS at FROM candidates WHERE tenant_id = $1 AND id = $2 AND erased_at IS NOT NULL';
  return (await selectOne(db, z.object({ at: z.date() }), sql, [tenantId, candidateId]))?.at;
}

const Erased = Pair.extend({ at: z.date(), by: z.string().nullable(), why: ErasureCause });

/** Whoever was erased since, in that order: of all firms. */
export const erasedSince = (db: Queries, since: Date): Promise<readonly Readonly<z.infer<typeof Erased>>[]> =>
  select(
    db,
    Erased,
    `SELECT tenant_id AS "tenantId", id AS "candidateId", erased_at AS at, erased_by AS by, erased_why AS why
     FROM candidates WHERE erased_at >= $1 ORDER BY erased_at, tenant_id, id`,
    [since.toISOString()],
  );

const UNUSED = 'consented_at IS NULL AND expires_at <= $1';
const Links = z.object({ count: z.int() });

/** How many links for a photo ended so long ago, and nobody used them. */
export async function countUnusedLinks(db: Queries, until: Date): Promise<number> {
  const sql = `SELECT count(*)::int AS count FROM photo_links WHERE ${UNUSED}`;
  return (await selectOne(db, Links, sql, [until.toISOString()]))?.count ?? 0;
}

/** Erases some of them. @returns how many */
export async function dropUnusedLinks(tx: Queries, until: Date, most: number): Promise<number> {
  const sql = `WITH gone AS (DELETE FROM photo_links WHERE (tenant_id, candidate_id) IN (
      SELECT tenant_id, candidate_id FROM photo_links WHERE ${UNUSED} LIMIT $2) RETURNING 1)
    SELECT count(*)::int AS count FROM gone`;
  return (await selectOne(tx, Links, sql, [until.toISOString(), most]))?.count ?? 0;
}
