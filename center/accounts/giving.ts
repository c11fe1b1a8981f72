import { mayGive, type RoleAt } from '../../contract/platform/giving.ts';
import { TreePath } from '../../contract/platform/roles.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Queries } from '../database/index.ts';
import { placesOf, ROOT } from '../organisations/index.ts';
import type { ActingAccount, System } from '../tenants/index.ts';
import { mustBePerson } from './logins.ts';
import { type AccountRow, type KeptRole, placedRoles, rolesNow } from './rows.ts';

/** Who gives roles: somebody, as far as their own reach; and whoever has the machine, who is the platform. */
export type Giver = ActingAccount | System;

export const giverId = (actor: Giver): string => (actor.kind === 'system' ? 'system' : actor.id);

const OF_THE_MACHINE: readonly RoleAt[] = [{ role: 'platform', path: TreePath.parse(`${ROOT}/`) }];

/**
 * What somebody gives by: what they are now, and not when they asked. Programs give nothing: what they made would outlive them.
 * @throws Refusal `unauthorised` of a program
 */
export async function heldBy(actor: Giver, db: Queries): Promise<readonly RoleAt[]> {
  if (actor.kind === 'system') return OF_THE_MACHINE;
  mustBePerson(actor);
  return rolesNow(db, actor.id);
}

/** @throws Refusal `role-beyond` where one is not theirs to give there, or nobody’s at such a place, or the place is none now */
export async function mustGive(db: Queries, held: readonly RoleAt[], roles: readonly KeptRole[]): Promise<void> {
  const places = await placesOf(
    db,
    roles.map(({ organisationId }) => organisationId),
  );
  for (const { role, organisationId } of roles) {
    const place = places.get(organisationId);
    if (place?.state !== 'approved' || !mayGive(held, role, place)) throw new Refusal('role-beyond');
  }
}

/** Of somebody's roles those that whoever holds these could take from them. */
export const takeable = async (
  db: Queries,
  held: readonly RoleAt[],
  roles: readonly KeptRole[],
): Promise<readonly KeptRole[]> =>
  (await placedRoles(db, roles))
    .filter((one) => mayGive(held, one.role, one))
    .map(({ role, organisationId }) => ({ role, organisationId }));

/**
 * Whoever ends or recovers an account has it in their hands: they have to be able to give all that it is.
 * @throws Refusal `role-beyond`
 */
export async function mustOutrank(db: Queries, held: readonly RoleAt[], { roles }: AccountRow): Promise<void> {
  const isPlatform = held.some(({ role }) => role === 'platform');
  const all = await takeable(db, held, roles);
  if (all.length < roles.length || (roles.length === 0 && !isPlatform)) throw new Refusal('role-beyond');
}

/** Of two that take the platform from each other, the second is asked again what they are. */
export async function lockPlatform(tx: Queries, { roles }: AccountRow): Promise<void> {
  if (!roles.some(({ role }) => role === 'platform')) return;
  await tx.query("SELECT 1 FROM account_roles WHERE role = 'platform' ORDER BY account_id, organisation_id FOR UPDATE");
}
