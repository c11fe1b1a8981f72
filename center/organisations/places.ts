import { z } from 'zod';
import { OrganisationKind, OrganisationState } from '../../contract/platform/organisations.ts';
import { TreePath } from '../../contract/platform/roles.ts';
import { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';

const Place = z
  .object({
    id: OrganisationId,
    name: z.string(),
    path: TreePath,
    kind: OrganisationKind,
    tenantId: TenantId.nullable(),
    state: OrganisationState,
  })
  .readonly();
export type Place = z.infer<typeof Place>;

/** Where organisations lie, and what they are called. Those that are not there are left out. */
export async function placesOf(
  db: Queries,
  ids: readonly OrganisationId[],
): Promise<ReadonlyMap<OrganisationId, Place>> {
  if (ids.length === 0) return new Map();
  const sql = `SELECT id, name, path, kind, tenant_id AS "tenantId", state FROM organisations WHERE id = ANY($1::text[])`;
  return new Map((await select(db, Place, sql, [[...new Set(ids)]])).map((place) => [place.id, place]));
}
