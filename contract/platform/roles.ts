import { z } from 'zod';
import { AccountId, OrganisationId, TenantId } from '../words/ids.ts';

/**
 * What somebody is on the platform, at one organisation. A role reaches that organisation and all below it, and nothing beside it.
 *
 * `platform` runs it: organisations, accounts, lists; sees nobody's exams. `bureau` supervises a county or street: approves firms,
 * plans, sees results and people. `firm` and `agency` manage what is their own. `room` keeps a testing room and its stations.
 * `proctor` sees the turns of where they are. `inspector` sees everything of everybody below and changes nothing but what is
 * disputed. `auditor` reads the audit log and figures, and no person's data.
 */
export const ROLES = ['platform', 'bureau', 'firm', 'agency', 'room', 'proctor', 'inspector', 'auditor'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** From the root of the tree down to an organisation: their ids, each followed by a slash. What is below begins with it. */
export const TreePath = z
  .string()
  .regex(/^(og_[A-Za-z0-9-]{1,64}\/)+$/)
  .brand<'TreePath'>();
export type TreePath = z.infer<typeof TreePath>;

export const isWithin = (path: TreePath, above: TreePath): boolean => path.startsWith(above);

/** A role that somebody has, and where. */
export const HeldRole = z
  .object({
    role: Role,
    organisationId: OrganisationId,
    organisation: z.string(),
    path: TreePath,
    /** Under which the organisation has its own data; a county or a street has none. */
    tenantId: TenantId.nullable(),
  })
  .readonly();
export type HeldRole = z.infer<typeof HeldRole>;

/** What else than a password somebody logs in with. */
export const Factor = z.enum(['totp', 'passkey', 'oidc']);
export type Factor = z.infer<typeof Factor>;

/** Whoever is logged in, as the pages know them. */
export const Myself = z
  .object({
    id: AccountId,
    name: z.string(),
    login: z.string(),
    roles: z.array(HeldRole).readonly(),
    factors: z.array(Factor).readonly(),
  })
  .readonly();
export type Myself = z.infer<typeof Myself>;
