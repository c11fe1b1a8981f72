import { z } from 'zod';
import type { TreePath } from '../../contract/platform/roles.ts';
import { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';

/** Organisations at these places of the tree and below them. */
export async function idsWithin(db: Queries, paths: readonly TreePath[]): Promise<readonly OrganisationId[]> {
  const sql = 'SELECT id FROM organisations WHERE path LIKE ANY($1::text[])';
  return (await select(db, z.object({ id: OrganisationId }), sql, [patternsOf(paths)])).map(({ id }) => id);
}

/** Whoever has people or stations at these places of the tree and below them. */
export async function tenantsWithin(db: Queries, paths: readonly TreePath[]): Promise<readonly TenantId[]> {
  const sql = `SELECT tenant_id AS "tenantId" FROM organisations
    WHERE tenant_id IS NOT NULL AND path LIKE ANY($1::text[])`;
  return (await select(db, z.object({ tenantId: TenantId }), sql, [patternsOf(paths)])).map((one) => one.tenantId);
}

/** Of a path's characters `_` alone means something to LIKE. */
const patternsOf = (paths: readonly TreePath[]): readonly string[] =>
  paths.map((path) => `${path.replaceAll('_', '\\_')}%`);
