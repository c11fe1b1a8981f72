import { z } from 'zod';
import { ExamId, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type Manager, mustBeShown, mustManage, type Student, type System } from './actor.ts';

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

export async function addTenant(_actor: System, db: Queries, { id, name, visitorExamId }: Tenant): Promise<void> {
  await db.query('INSERT INTO tenants (tenant_id, name, visitor_exam_id) VALUES ($1, $2, $3)', [
    id,
    name,
    visitorExamId,
  ]);
}

export async function setVisitorExam(actor: Manager, db: Queries, tenantId: TenantId, examId: ExamId): Promise<void> {
  mustManage(actor, tenantId);
  await db.query('UPDATE tenants SET visitor_exam_id = $2 WHERE tenant_id = $1', [tenantId, examId]);
}
