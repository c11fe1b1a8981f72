import type { OrganisationKind } from '../../contract/platform/organisations.ts';
import type { Role } from '../../contract/platform/roles.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { type ActingAccount, reaches, reachOf } from '../tenants/index.ts';
import { below, mustBeAccount, within } from './reach.ts';
import { OrganisationRow, rowOf, unknown } from './rows.ts';

const PlaceWithin = OrganisationRow.pick({
  ...{ id: true, kind: true, parentId: true, path: true, name: true, sector: true, tenantId: true },
}).readonly();
/** Where something lies, and of what sector it is: for figures over many. */
export type PlaceWithin = ReturnType<typeof PlaceWithin.parse>;

/**
 * All open places of some kinds that roles of somebody reach, those above before those below.
 * @throws Refusal `organisation-unknown` where `under` names none that these roles reach
 */
export async function placesWithin(
  actor: ActingAccount,
  db: Queries,
  roles: readonly Role[],
  { kinds, under }: { readonly kinds: readonly OrganisationKind[]; readonly under?: OrganisationId | undefined },
): Promise<readonly PlaceWithin[]> {
  mustBeAccount(actor);
  const place = under && (await rowOf(db, under));
  if (under && !(place && reaches(actor, place.path, ...roles))) throw unknown();
  const reach = within(reachOf(actor, ...roles), 3);
  return select(
    db,
    PlaceWithin,
    `SELECT o.id, o.kind, o.parent_id AS "parentId", o.path, o.name, o.sector, o.tenant_id AS "tenantId"
     FROM organisations o WHERE o.kind = ANY($1::text[]) AND o.path LIKE $2 AND o.state = 'approved' AND ${reach.sql}
     ORDER BY length(o.path), o.name, o.id`,
    [kinds, place ? below(place.path) : '%', ...reach.params],
  );
}
