import { z } from 'zod';
import { Instant, OrganisationId, TenantId } from '../words/ids.ts';
import { endpoint } from './endpoint.ts';
import { LicenceNumber } from './licence-number.ts';
import { pageOf, paging } from './paging.ts';
import { TreePath } from './roles.ts';

/**
 * The tree: the platform at its root, counties, streets, and below them whoever has people or stations. Firms, agencies and rooms
 * keep their own data and never see one another's.
 */
export const ORGANISATION_KINDS = ['platform', 'county', 'street', 'firm', 'agency', 'vendor', 'room'] as const;
export const OrganisationKind = z.enum(ORGANISATION_KINDS);
export type OrganisationKind = z.infer<typeof OrganisationKind>;

/** What may lie directly below what. */
export const BELOW: Readonly<Record<OrganisationKind, readonly OrganisationKind[]>> = {
  platform: ['county', 'vendor', 'agency', 'firm', 'room'],
  county: ['street', 'firm', 'agency', 'room'],
  street: ['firm', 'agency', 'room'],
  firm: [],
  agency: [],
  vendor: [],
  room: [],
};

/** `applied` waits for a bureau; `closed` keeps what it has, and nobody of it comes in any more. */
export const OrganisationState = z.enum(['applied', 'approved', 'refused', 'closed']);
export type OrganisationState = z.infer<typeof OrganisationState>;

/** 微型, 小型, 中型, 大型. */
export const FirmSize = z.enum(['micro', 'small', 'medium', 'large']);

const Name = z.string().trim().min(1).max(100);
const details = {
  name: Name,
  licence: LicenceNumber.nullable(),
  /** As the list of sectors calls it. */
  sector: z.string().max(60).nullable(),
  size: FirmSize.nullable(),
  /** Who answers for it, and how to reach them. */
  contact: z.string().trim().max(60).nullable(),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+() -]{0,30}$/)
    .nullable(),
};

export const Organisation = z
  .object({
    id: OrganisationId,
    kind: OrganisationKind,
    parentId: OrganisationId.nullable(),
    path: TreePath,
    ...details,
    state: OrganisationState,
    /** What was said when it was decided on or closed. */
    note: z.string().nullable(),
    tenantId: TenantId.nullable(),
    /** What lies directly below it. */
    children: z.int(),
    createdAt: Instant,
  })
  .readonly();
export type Organisation = z.infer<typeof Organisation>;

/** Of those above: where somebody is, and nothing else of them. */
export const Place = z
  .object({
    id: OrganisationId,
    parentId: OrganisationId.nullable(),
    name: z.string(),
    kind: OrganisationKind,
  })
  .readonly();
export type Place = z.infer<typeof Place>;

export const NewOrganisation = z.strictObject({
  ...details,
  kind: OrganisationKind.exclude(['platform']),
  parentId: OrganisationId,
});
export type NewOrganisation = z.infer<typeof NewOrganisation>;

/** A firm that registers itself: somebody of it, who is asked to log in once it is approved. */
export const Registration = z.strictObject({
  ...details,
  licence: LicenceNumber,
  kind: z.enum(['firm', 'agency']),
  parentId: OrganisationId,
  login: z.string().regex(/^[a-z0-9][a-z0-9._@-]{2,63}$/),
  password: z.string().min(10).max(200),
});
export type Registration = z.infer<typeof Registration>;

/** What it is told: to ask how far it is. */
const Registered = z.object({ id: OrganisationId, secret: z.string() }).readonly();

export const OrganisationChange = z.strictObject({ ...details }).partial();
export type OrganisationChange = z.infer<typeof OrganisationChange>;
const byId = z.object({ id: OrganisationId });
const Decision = z.strictObject({ approve: z.boolean(), note: z.string().trim().max(300).default('') });

/** The editable lists: sectors (2+8), key areas, categories of personnel. */
export const LIST_NAMES = ['industry', 'area', 'category'] as const;
export const ListEntry = z
  .object({ name: z.string().trim().min(1).max(60), en: z.string().trim().max(60).default(''), isEnded: z.boolean() })
  .readonly();
export const TermLists = z
  .object({
    industry: z.array(ListEntry).readonly(),
    area: z.array(ListEntry).readonly(),
    category: z.array(ListEntry).readonly(),
  })
  .readonly();
export type TermLists = z.infer<typeof TermLists>;

/** A file as text, or, in whatever encoding a clerk's program wrote it, as bytes in base64. */
const dryRun = z.boolean().default(false);
const TreeFile = z.union([
  z.strictObject({ csv: z.string().max(2_000_000), dryRun }),
  z.strictObject({ file: z.base64().max(2_800_000), dryRun }),
]);

/** One line of a file of counties and streets, and what became of it. */
export const TreeRow = z
  .object({
    row: z.int(),
    county: z.string(),
    street: z.string(),
    outcome: z.enum(['added', 'there', 'refused']),
    why: z.string(),
  })
  .readonly();
export type TreeRow = z.infer<typeof TreeRow>;

const OrganisationWish = z.object({
  ...paging,
  below: OrganisationId.optional(),
  kind: OrganisationKind.optional(),
  state: OrganisationState.optional(),
  sector: z.string().max(60).optional(),
  /** What stands in the name, or begins the licence number. */
  search: z.string().trim().max(100).optional(),
});
export type OrganisationWish = z.infer<typeof OrganisationWish>;

const OrganisationCounts = z
  .object({
    counties: z.int(),
    streets: z.int(),
    firms: z.int(),
    agencies: z.int(),
    rooms: z.int(),
    applied: z.int(),
  })
  .readonly();
export type OrganisationCounts = z.infer<typeof OrganisationCounts>;

/** Whoever has to do with organisations at all. */
const SUPERVISORS = ['platform', 'bureau', 'inspector', 'auditor'] as const;

export const organisationEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/organisations',
    who: 'logged-in',
    says: 'Organisations within reach, by the tree or by a search over name and licence number.',
    query: OrganisationWish,
    reply: pageOf(Organisation),
  }),
  read: endpoint({
    method: 'GET',
    path: '/v1/platform/organisations/:id',
    who: 'logged-in',
    says: 'One organisation, and the places above it, the root first.',
    params: byId,
    reply: z.object({ organisation: Organisation, above: z.array(Place).readonly() }).readonly(),
  }),
  add: endpoint({
    method: 'POST',
    path: '/v1/platform/organisations',
    who: ['platform', 'bureau'],
    says: 'Adds an organisation below another; firms, agencies and rooms get data of their own.',
    body: NewOrganisation,
    reply: Organisation,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/v1/platform/organisations/:id',
    who: ['platform', 'bureau', 'firm', 'agency', 'room'],
    says: 'Changes what is said of an organisation: of itself it changes contact, phone and size, and a bureau all. Its name is that of its firm everywhere.',
    params: byId,
    body: OrganisationChange,
    reply: Organisation,
  }),
  move: endpoint({
    method: 'POST',
    path: '/v1/platform/organisations/:id/move',
    who: ['platform', 'bureau'],
    says: 'Moves an organisation, with all below it, to another place in the tree.',
    params: byId,
    body: z.strictObject({ parentId: OrganisationId }),
    reply: Organisation,
  }),
  decide: endpoint({
    method: 'POST',
    path: '/v1/platform/organisations/:id/decision',
    who: ['platform', 'bureau'],
    says: 'Approves or refuses a registration; approving opens again what was closed.',
    params: byId,
    body: Decision,
    reply: Organisation,
  }),
  close: endpoint({
    method: 'POST',
    path: '/v1/platform/organisations/:id/close',
    who: ['platform', 'bureau'],
    says: 'Closes an organisation: its log-ins end, what it has stays.',
    params: byId,
    body: z.strictObject({ note: z.string().trim().min(1).max(300) }),
    reply: Organisation,
  }),
  places: endpoint({
    method: 'GET',
    path: '/v1/platform/places',
    who: 'anyone',
    says: 'Counties and streets, for whoever registers.',
    reply: z.object({ places: z.array(Place).readonly() }).readonly(),
  }),
  register: endpoint({
    method: 'POST',
    path: '/v1/platform/registrations',
    who: 'anyone',
    says: 'A firm or an agency registers itself; a bureau decides.',
    body: Registration,
    reply: Registered,
  }),
  registration: endpoint({
    method: 'POST',
    path: '/v1/platform/registrations/state',
    who: 'anyone',
    says: 'How far a registration is.',
    body: z.strictObject({ id: OrganisationId, secret: z.string().max(100) }),
    reply: z.object({ name: z.string(), state: OrganisationState, note: z.string().nullable() }).readonly(),
  }),
  importTree: endpoint({
    method: 'POST',
    path: '/v1/platform/tree',
    who: ['platform'],
    says: 'Counties and streets from a file: a CSV of two columns, with headings or none. What is there already stays.',
    body: TreeFile,
    reply: z.object({ rows: z.array(TreeRow).readonly() }).readonly(),
  }),
  lists: endpoint({
    method: 'GET',
    path: '/v1/platform/lists',
    who: 'anyone',
    says: 'The lists of sectors, key areas and categories of personnel.',
    reply: TermLists,
  }),
  putLists: endpoint({
    method: 'PUT',
    path: '/v1/platform/lists',
    who: ['platform'],
    says: 'Changes the lists. What is left out ends, and is never removed.',
    body: TermLists,
    reply: TermLists,
  }),
  counts: endpoint({
    method: 'GET',
    path: '/v1/platform/counts',
    who: SUPERVISORS,
    says: 'How many there are of each kind within reach, and how many wait for a decision.',
    reply: OrganisationCounts,
  }),
} as const;
