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
  const place = await placeWithin(actor, db, roles, under);
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

/** Firms, as a text to be joined with what is counted of them, and what it is asked with from the first number on. */
export type FirmsToJoin = { readonly sql: string; readonly params: readonly string[] };

/**
 * All open firms that roles of somebody reach, of one sector where one is named (`''`: of none): `id, parent_id, path, name, sector,
 * tenant_id`.
 * @throws Refusal `organisation-unknown` where `under` names no place that these roles reach
 */
export async function firmsToJoin(
  actor: ActingAccount,
  db: Queries,
  roles: readonly Role[],
  { under, sector }: { readonly under?: OrganisationId | undefined; readonly sector?: string | undefined },
): Promise<FirmsToJoin> {
  mustBeAccount(actor);
  const place = await placeWithin(actor, db, roles, under);
  const lies = place ? below(place.path) : '%';
  const ofSector =
    sector === undefined ? { sql: '', params: [] } : { sql: " AND coalesce(o.sector, '') = $2", params: [sector] };
  const reach = within(reachOf(actor, ...roles), 2 + ofSector.params.length);
  return {
    sql: `SELECT o.id, o.parent_id, o.path, o.name, o.sector, o.tenant_id FROM organisations o
      WHERE o.kind = 'firm' AND o.state = 'approved' AND o.path LIKE $1${ofSector.sql} AND ${reach.sql}`,
    params: [lies, ...ofSector.params, ...reach.params],
  };
}

async function placeWithin(actor: ActingAccount, db: Queries, roles: readonly Role[], id: OrganisationId | undefined) {
  const place = id && (await rowOf(db, id));
  if (id && !(place && reaches(actor, place.path, ...roles))) throw unknown();
  return place;
}
