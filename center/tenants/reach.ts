import { type HeldRole, isWithin, type Role, type TreePath } from '../../contract/platform/roles.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { ActingAccount, Operator, Visitor } from './actor.ts';

/** The roles of somebody that reach a place in the tree. */
export const rolesAt = ({ roles }: ActingAccount, path: TreePath): readonly HeldRole[] =>
  roles.filter((held) => isWithin(path, held.path));

/** Whether somebody has one of these roles there, or above it. */
export const reaches = (actor: ActingAccount, path: TreePath, ...roles: readonly Role[]): boolean =>
  rolesAt(actor, path).some(({ role }) => roles.includes(role));

/** @throws Refusal `unauthorised` where none of these roles of theirs reaches it; what lies elsewhere does not exist for them */
export function mustReach(actor: ActingAccount, path: TreePath, ...roles: readonly Role[]): void {
  if (!reaches(actor, path, ...roles)) throw new Refusal('unauthorised', 'this is beyond the reach of your roles');
}

/** Where somebody has one of these roles: what they are shown lies below one of these. */
export const reachOf = ({ roles }: ActingAccount, ...wanted: readonly Role[]): readonly TreePath[] =>
  roles.filter(({ role }) => wanted.includes(role)).map(({ path }) => path);

/** A firm, an agency or a room, and where it lies. */
export type PlacedTenant = { readonly tenantId: TenantId; readonly path: TreePath };

const SEE: readonly Role[] = ['firm', 'agency', 'room', 'bureau', 'inspector'];

/** What somebody is to a firm: whose it is manages it, whoever supervises it sees it, and to all others it does not exist. */
export function standingAt(actor: ActingAccount, { tenantId, path }: PlacedTenant): Operator | Visitor | undefined {
  if (owns(actor, tenantId)) return operatorFor(actor, tenantId);
  return reaches(actor, path, ...SEE) ? onlooker(actor, tenantId) : undefined;
}
const OWNERS: readonly Role[] = ['firm', 'agency', 'room'];
const owns = ({ roles }: ActingAccount, tenantId: TenantId): boolean =>
  roles.some((held) => held.tenantId === tenantId && OWNERS.includes(held.role));

/**
 * Whoever plans exams acts for whoever they plan for: for what is their own, and a bureau for what lies below it.
 * @throws Refusal `unauthorised`
 */
export function planningAt(actor: ActingAccount, { tenantId, path }: PlacedTenant): Operator {
  if (!owns(actor, tenantId)) mustReach(actor, path, 'bureau');
  return operatorFor(actor, tenantId);
}

/**
 * Whoever proctors exams of a firm, in its own pages: what they decide takes a proctor's PIN besides.
 * @returns nothing where it is another firm's
 */
export const proctoringAt = (actor: ActingAccount, tenantId: TenantId): Operator | undefined =>
  owns(actor, tenantId) || actor.roles.some((held) => held.tenantId === tenantId && held.role === 'proctor')
    ? operatorFor(actor, tenantId)
    : undefined;

/** Whoever keeps a room sees of a firm's people those who come to it: which those are, whoever asks for this has seen to. */
export const onlooker = (actor: ActingAccount, tenantId: TenantId): Visitor => ({
  ...{ kind: 'visitor', tenantId },
  ...shownBy(actor),
});

const operatorFor = (actor: ActingAccount, tenantId: TenantId): Operator => ({
  ...{ kind: 'operator', tenantId },
  ...shownBy(actor),
});
const shownBy = ({ id, token, address }: ActingAccount) => ({ account: id, token, address });
