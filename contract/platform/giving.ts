import type { OrganisationKind } from './organisations.ts';
import { isWithin, type Role, type TreePath } from './roles.ts';

/** Where each role can be had at all: a firm’s role at a county would reach every firm below it. */
export const HELD_AT: Readonly<Record<Role, readonly OrganisationKind[]>> = {
  platform: ['platform'],
  bureau: ['county', 'street'],
  firm: ['firm'],
  agency: ['agency'],
  room: ['room'],
  proctor: ['firm', 'agency', 'room'],
  inspector: ['platform', 'county', 'street'],
  auditor: ['platform', 'county', 'street'],
};

/**
 * Who gives which role, and takes it: at their own organisation, and below it. A bureau appoints nobody beside itself: those who
 * supervise are appointed from above, and inspectors, who decide about what a bureau has done, by the platform alone. Whoever is
 * given a role gives nothing that the giver could not have given.
 */
export const GIVES: Readonly<Record<Role, { readonly at: readonly Role[]; readonly below: readonly Role[] }>> = {
  platform: {
    at: ['platform', 'inspector', 'auditor'],
    below: ['bureau', 'firm', 'agency', 'room', 'proctor', 'inspector', 'auditor'],
  },
  bureau: { at: [], below: ['bureau', 'firm', 'agency', 'room', 'proctor', 'auditor'] },
  firm: { at: ['firm', 'proctor'], below: [] },
  agency: { at: ['agency', 'proctor'], below: [] },
  room: { at: ['room', 'proctor'], below: [] },
  proctor: { at: [], below: [] },
  inspector: { at: [], below: [] },
  auditor: { at: [], below: [] },
};

/** A role and where it is held. */
export type RoleAt = { readonly role: Role; readonly path: TreePath };
/** Where a role is to be given. */
export type RolePlace = { readonly path: TreePath; readonly kind: OrganisationKind };

/** Whether whoever holds these may give a role there, or take it. */
export const mayGive = (held: readonly RoleAt[], role: Role, { path, kind }: RolePlace): boolean =>
  HELD_AT[role].includes(kind) &&
  held.some((one) => {
    if (one.path === path) return GIVES[one.role].at.includes(role);
    return isWithin(path, one.path) && GIVES[one.role].below.includes(role);
  });

/** Whether a program may be given a role there by whoever holds these: what they have themselves, or what they may give. */
export const mayLend = (held: readonly RoleAt[], role: Role, place: RolePlace): boolean =>
  HELD_AT[role].includes(place.kind) &&
  (held.some((one) => one.role === role && isWithin(place.path, one.path)) || mayGive(held, role, place));
