import { z } from 'zod';
import type { TreePath } from '../../contract/platform/roles.ts';
import { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';

/** Organisations at these places of the tree and below them. */
export async function idsWithin(db: Queries, paths: readonly TreePath[]): Promise<readonly OrganisationId[]> {
  const sql = `SELECT id FROM organisations WHERE ${below(paths)}`;
  return (await select(db, z.object({ id: OrganisationId }), sql, rangesOf(paths))).map(({ id }) => id);
}

/** Whoever has people or stations at these places of the tree and below them. */
export async function tenantsWithin(db: Queries, paths: readonly TreePath[]): Promise<readonly TenantId[]> {
  const sql = `SELECT tenant_id AS "tenantId" FROM organisations
    WHERE tenant_id IS NOT NULL AND (${below(paths)})`;
  return (await select(db, z.object({ tenantId: TenantId }), sql, rangesOf(paths))).map((one) => one.tenantId);
}

/**
 * By ranges, and not by LIKE: within walls no index helps with that. Paths are ids and slashes in ASCII, and `0` follows the slash.
 */
const below = (paths: readonly TreePath[]): string =>
  paths.map((_, at) => `(path ~>=~ $${2 * at + 1} AND path ~<~ $${2 * at + 2})`).join(' OR ') || 'false';
const rangesOf = (paths: readonly TreePath[]): readonly string[] =>
  paths.flatMap((path) => [path, path.replace(/\/$/, '0')]);
