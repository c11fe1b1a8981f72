import { z } from 'zod';
import { OrganisationKind } from '../../contract/platform/organisations.ts';
import type { Role } from '../../contract/platform/roles.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { type ActingAccount, reachOf } from '../tenants/index.ts';
import { mustBeAccount, within } from './reach.ts';

const Supplier = z.object({ id: OrganisationId, kind: OrganisationKind, name: z.string() }).readonly();
/** Whoever trains or examines for firms with a program of their own. */
export type Supplier = z.infer<typeof Supplier>;

/** The vendors, which lie beside everybody; and the agencies that one of these roles reaches. */
export function suppliersWithin(
  actor: ActingAccount,
  db: Queries,
  roles: readonly Role[],
): Promise<readonly Supplier[]> {
  mustBeAccount(actor);
  const reach = within(reachOf(actor, ...roles), 1);
  return select(
    db,
    Supplier,
    `SELECT o.id, o.kind, o.name FROM organisations o
     WHERE o.state = 'approved' AND (o.kind = 'vendor' OR (o.kind = 'agency' AND ${reach.sql}))
     ORDER BY o.kind DESC, o.name, o.id`,
    reach.params,
  );
}
