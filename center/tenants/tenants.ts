import { z } from 'zod';
import { ExamId, TenantId } from '../../contract/words/ids.ts';
import { changing } from '../audit/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import {
  type ActingAccount,
  type Founder,
  type Manager,
  mustBeShown,
  mustFound,
  mustKeepTree,
  mustManage,
  mustName,
  type Namer,
  type Student,
  type System,
  type TreeKeeper,
} from './actor.ts';

const Tenant = z.object({ id: TenantId, name: z.string(), visitorExamId: ExamId.nullable() });
export type Tenant = Readonly<z.infer<typeof Tenant>>;

/** @throws Error where there is no such tenant: every caller has its id from a row that refers to one */
export async function readTenant(actor: Student, db: Queries, tenantId: TenantId): Promise<Tenant> {
  mustBeShown(actor, tenantId);
  const tenant = await selectOne(
    db,
    Tenant,
    'SELECT tenant_id AS id, name, visitor_exam_id AS "visitorExamId" FROM tenants WHERE tenant_id = $1',
    [tenantId],
  );
  if (!tenant) throw new Error(`no tenant ${tenantId}`);
  return tenant;
}

/** What firms are called: known to whoever has to do with them, and nothing else of them. */
export async function tenantNames(db: Queries, ids: readonly TenantId[]): Promise<ReadonlyMap<TenantId, string>> {
  const shape = z.object({ id: TenantId, name: z.string() });
  const sql = 'SELECT tenant_id AS id, name FROM tenants WHERE tenant_id = ANY($1::text[])';
  return new Map((await select(db, shape, sql, [[...new Set(ids)]])).map(({ id, name }) => [id, name]));
}

/** Whether there is any at all: an empty database has none. */
export const hasTenants = async (_actor: System, db: Queries): Promise<boolean> =>
  (await db.query('SELECT 1 FROM tenants LIMIT 1')).length > 0;

/** Only with its place in the tree, which `organisations` gives it: nobody else adds one. */
export async function addTenant(actor: TreeKeeper, db: Queries, { id, name, visitorExamId }: Tenant): Promise<void> {
  mustKeepTree(actor);
  const deed = { tenantId: id, what: 'tenant-added', subject: { kind: 'tenant', id } } as const;
  await changing(actor, db, deed, stateOf(id), (tx) =>
    tx.query('INSERT INTO tenants (tenant_id, name, visitor_exam_id) VALUES ($1, $2, $3)', [id, name, visitorExamId]),
  );
}

/** As its organisation is called: `organisations` writes down who changed that. */
export async function renameTenant(
  actor: Namer | ActingAccount,
  tx: Queries,
  id: TenantId,
  name: string,
): Promise<void> {
  if (actor.kind === 'account') mustKeepTree(actor);
  else mustName(actor, id);
  await tx.query('UPDATE tenants SET name = $2 WHERE tenant_id = $1', [id, name]);
}

export async function setVisitorExam(actor: Manager, db: Queries, tenantId: TenantId, examId: ExamId): Promise<void> {
  mustManage(actor, tenantId);
  const deed = { tenantId, what: 'visitor-exam-set', subject: { kind: 'tenant', id: tenantId } } as const;
  await changing(actor, db, deed, stateOf(tenantId), (tx) =>
    tx.query('UPDATE tenants SET visitor_exam_id = $2 WHERE tenant_id = $1', [tenantId, examId]),
  );
}

/** All firms, by name: for whoever runs the center. */
export async function listTenants(actor: Founder, db: Queries): Promise<readonly Pick<Tenant, 'id' | 'name'>[]> {
  mustFound(actor);
  const shape = z.object({ id: TenantId, name: z.string() });
  return select(db, shape, 'SELECT tenant_id AS id, name FROM tenants ORDER BY name, tenant_id');
}

const stateOf = (id: TenantId) => async (tx: Queries) =>
  (await tx.query('SELECT name, visitor_exam_id FROM tenants WHERE tenant_id = $1 FOR NO KEY UPDATE', [id]))[0];
