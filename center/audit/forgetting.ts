import { z } from 'zod';
import { AuditLine } from '../../contract/people-center/audit.ts';
import { TenantId } from '../../contract/words/ids.ts';
import { canonicalJson } from '../../proof/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';

const LOOKED = `what = 'looked' AND erased_at IS NULL AND at <= $1`;

/** How many lines say who looked at what so long ago. */
export async function countLooks(db: Queries, until: Date): Promise<number> {
  const shape = z.object({ count: z.int() });
  const sql = `SELECT count(*)::int AS count FROM audit_lines WHERE ${LOOKED}`;
  return (await selectOne(db, shape, sql, [until.toISOString()]))?.count ?? 0;
}

const Line = z.object({ sequence: z.int(), tenantId: TenantId.nullable(), body: z.string() });

/**
 * Takes out of some lines who looked, from where and at what, and the salt without which that cannot be tried out on their hash. Each keeps its place, its hash and its head, so that the chain is
 * followed as before; an export has it as lines of others are there, by its hash.
 * @returns how many, by firm
 */
export async function forgetLooks(
  tx: Queries,
  until: Date,
  at: Date,
  most: number,
): Promise<ReadonlyMap<TenantId | null, number>> {
  const rows = await select(
    tx,
    Line,
    `SELECT sequence, tenant_id AS "tenantId", body FROM audit_lines WHERE ${LOOKED} ORDER BY at, sequence LIMIT $2`,
    [until.toISOString(), most],
  );
  const without = rows.map(({ body }) => {
    const { salt: _, ...line } = AuditLine.parse(JSON.parse(body));
    return canonicalJson({ ...line, actor: { kind: 'erased' }, subject: { kind: 'erased', id: '' } });
  });
  await tx.query(
    `UPDATE audit_lines l SET body = w.body, actor_id = NULL, subject_id = '', erased_at = $3
     FROM unnest($1::bigint[], $2::text[]) AS w (sequence, body) WHERE l.sequence = w.sequence AND l.erased_at IS NULL`,
    [rows.map(({ sequence }) => sequence), without, at.toISOString()],
  );
  const byTenant = Map.groupBy(rows, ({ tenantId }) => tenantId);
  return new Map([...byTenant].map(([tenantId, of]) => [tenantId, of.length]));
}

/** What states of these were hashed under: without it nobody tries out names and numbers on lines that are there of them. */
export async function forgetSalts(
  tx: Queries,
  tenantId: TenantId,
  kind: string,
  ids: readonly string[],
): Promise<void> {
  const sql = 'DELETE FROM audit_salts WHERE tenant_id = $1 AND kind = $2 AND subject_id = ANY($3::text[])';
  await tx.query(sql, [tenantId, kind, ids]);
}
