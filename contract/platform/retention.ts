import { z } from 'zod';
import { CandidateId, Instant, OrganisationId } from '../words/ids.ts';
import { endpoint } from './endpoint.ts';
import { pageOf, paging } from './paging.ts';

/**
 * What is erased once it is so many months old. `roster`: name, number and all else that says who somebody is who left;
 * `appeals`: the texts of appeals that were decided on; `invitations`: accounts that nobody ever took up, and links that nobody
 * used; `looks`: who looked at what, in the audit log.
 */
export const RETENTION_KINDS = ['roster', 'appeals', 'invitations', 'looks'] as const;
export const RetentionKind = z.enum(RETENTION_KINDS);
export type RetentionKind = z.infer<typeof RetentionKind>;

/** What is a firm's own: for it, it may say fewer months than the platform does. */
export const FIRM_KINDS = ['roster', 'appeals'] as const satisfies readonly RetentionKind[];

/** The fewest months of each: looks are kept as long as the law on networks keeps logs. */
export const LEAST_MONTHS = { roster: 1, appeals: 1, invitations: 1, looks: 6 } as const satisfies Readonly<
  Record<RetentionKind, number>
>;
const MOST_MONTHS_KEPT = 600;

const monthsOf = (kind: RetentionKind) => z.int().min(LEAST_MONTHS[kind]).max(MOST_MONTHS_KEPT).nullable();

/** Months of each; `null` where nobody says, and then nothing of it is erased. */
export const RetentionRules = z
  .strictObject({
    roster: monthsOf('roster'),
    appeals: monthsOf('appeals'),
    invitations: monthsOf('invitations'),
    looks: monthsOf('looks'),
  })
  .readonly();
export type RetentionRules = z.infer<typeof RetentionRules>;

/** Why somebody was erased: by a rule, or by hand for one of these reasons. No words of anybody: they would name whom they are about. */
export const ERASED_BY_HAND = ['asked', 'mistaken', 'ordered'] as const;
export const ErasureReason = z.enum(ERASED_BY_HAND);
export type ErasureReason = z.infer<typeof ErasureReason>;
export const ErasureCause = z.enum(['rule', ...ERASED_BY_HAND]);
export type ErasureCause = z.infer<typeof ErasureCause>;

const Going = z.object({ today: z.int(), soon: z.int(), held: z.int() }).readonly();

/** The rules of a place, and what they come to now. */
export const Retention = z
  .object({
    /** What is said here itself. */
    own: RetentionRules,
    /** What the platform says; of the platform the same. */
    platform: RetentionRules,
    /** What counts here. */
    counts: RetentionRules,
    /** What would be erased now, what else within 30 days, and what would be but for something that is still open. */
    going: z.partialRecord(RetentionKind, Going),
    /** When it was counted. */
    at: Instant,
  })
  .readonly();
export type Retention = z.infer<typeof Retention>;

/** Something that was erased. */
export const ErasureLine = z
  .object({
    id: z.string(),
    /** Of the platform's own things none. */
    firm: z.string().nullable(),
    kind: RetentionKind,
    count: z.int(),
    /** Of the rule; none by hand. */
    months: z.int().nullable(),
    cause: ErasureCause,
    /** Whose account said so; of a rule nobody's. */
    by: z.string().nullable(),
    at: Instant,
  })
  .readonly();
export type ErasureLine = z.infer<typeof ErasureLine>;

/** What is still there of somebody who was erased, and why. */
export const STAYS = ['records', 'certificates', 'log', 'stations', 'backups'] as const;
export const ErasedPerson = z
  .object({
    erasedAt: Instant,
    /** `certificates` were revoked, and say nothing of who had them. */
    revoked: z.array(z.string()).readonly(),
    records: z.int(),
    stays: z.array(z.enum(STAYS)).readonly(),
  })
  .readonly();
export type ErasedPerson = z.infer<typeof ErasedPerson>;

const at = z.object({ organisationId: OrganisationId });
/** Who keeps rules: the platform its own, a firm and an agency theirs. */
const KEEP_RULES = ['platform', 'firm', 'agency'] as const;

export const retentionEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/v1/platform/retention/:organisationId',
    who: KEEP_RULES,
    says: 'How long things are kept at a place, the platform or a firm, what would be erased today, and what within 30 days. It erases nothing.',
    params: at,
    reply: Retention,
  }),
  put: endpoint({
    method: 'PUT',
    path: '/v1/platform/retention/:organisationId',
    who: KEEP_RULES,
    says: 'Says how many months things are kept. A firm says fewer than the platform, and of its roster and its appeals alone (`retention-looser`).',
    params: at,
    body: RetentionRules,
    reply: RetentionRules,
  }),
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/retention/:organisationId/erasures',
    who: KEEP_RULES,
    says: 'What was erased at a place, the newest first: how many, by which rule or under whose order. Whom, nobody keeps.',
    params: at,
    query: z.object(paging),
    reply: pageOf(ErasureLine),
  }),
  erase: endpoint({
    method: 'POST',
    path: '/v1/platform/people/:organisationId/:candidateId/erase',
    who: ['firm', 'agency'],
    says: 'Erases what says who somebody of the own firm is, for good. Refused while they sit (`person-sitting`), an appeal waits (`person-appeals`), a result is disputed (`person-disputed`), or a certificate holds (`person-certified`) that is not to be revoked with it. The reply names what stays.',
    params: z.object({ organisationId: OrganisationId, candidateId: CandidateId }),
    body: z.strictObject({ reason: ErasureReason, alsoCertificates: z.boolean().default(false) }),
    reply: ErasedPerson,
  }),
} as const;
