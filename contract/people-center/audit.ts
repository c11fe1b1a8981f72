import { z } from 'zod';
import { CenterKeyList } from '../records/center-keys.ts';
import { Instant, Sha256, TenantId } from '../words/ids.ts';
import { PublicKey } from '../words/keys.ts';

/** What is done at a center that somebody may have to answer for. */
export const AUDITED = [
  'tenant-added',
  'tenant-renamed',
  'visitor-exam-set',
  'token-added',
  'token-ended',
  'signed-in',
  'signed-out',
  'session-ended',
  'exam-put',
  'course-put',
  'course-given',
  'course-taken',
  'picture-put',
  'bank-uploaded',
  'bank-row-settled',
  'bank-upload-dropped',
  'bank-taken',
  'media-put',
  'candidate-put',
  'candidate-arranged',
  'candidate-number-corrected',
  'candidate-left',
  'home-invited',
  'home-ended',
  'seats-drawn',
  'proctor-put',
  'proctor-invited',
  'pin-reset',
  'pin-set',
  'badge-set',
  'pin-refused',
  'enrolment-code-made',
  'station-revoked',
  'station-key-wished',
  'dispute-settled',
  'result-corrected',
  'appeal-made',
  'appeal-decided',
  'series-revealed',
  'beginning-released',
  'grant-given',
  'grant-ended',
  'command-given',
  'window-opened',
  'window-ended',
  'package-made',
  'certificate-revoked',
  'certificate-term-set',
  'logged-in',
  'logged-out',
  'log-in-refused',
  'account-added',
  'account-invited',
  'account-recovered',
  'account-ended',
  'roles-set',
  'password-set',
  'factor-added',
  'platform-set-up',
  'looked',
  'exported',
  'organisation-added',
  'organisation-changed',
  'organisation-moved',
  'organisation-decided',
  'organisation-closed',
  'tree-imported',
  'lists-changed',
  'hook-added',
  'hook-ended',
  'turn-planned',
  'turn-changed',
  'turn-settled',
  'turn-entered',
  'turn-left',
  'turn-absence-said',
  'turn-room-set',
  'bulletin-weights-put',
  'bulletin-scheduled',
  'bulletin-schedule-ended',
  'photo-link-made',
  'photo-sent',
  'inspector-key-put',
  'evidence-asked',
  'evidence-opened',
  'results-told',
  'told-results-withdrawn',
  'told-center-named',
  'told-center-ended',
  'retention-put',
  'erased',
  'person-erased',
] as const;
/** A newer center may write down more; its lines are as true. */
const AuditWhat = z.string().regex(/^[a-z]+(-[a-z]+)*$/);
export type Audited = (typeof AUDITED)[number];

/** Who did it: ids and no names. */
const AuditActor = z
  .object({
    /** `operator`, `visitor` (somebody in front of the pages), `proctor`, `system`. */
    kind: z.string().max(32),
    /** Of the token, the proctor, or the like. */
    id: z.string().max(128).optional(),
    /** Where from, as the center saw it. */
    address: z.string().max(64).optional(),
  })
  .readonly();

/**
 * One line of the audit log; its hash is SHA-256 of its canonical JSON. Frozen: what changes is another format. `salt` alone came
 * later, in lines `looked`: lines from before have none, and hash as they did.
 */
export const AuditLine = z
  .object({
    format: z.literal('exam-station/audit@1'),
    /** Counts all lines of the center, from 1. */
    sequence: z.int().min(1),
    at: Instant,
    /** `null` where it is the center's own. */
    tenantId: TenantId.nullable(),
    actor: AuditActor,
    what: AuditWhat,
    subject: z.object({ kind: z.string().max(32), id: z.string().max(200) }).readonly(),
    /** Of what it was about, before and after, under a salt that stays at the center; `null` where nothing was there. */
    before: Sha256.nullable(),
    after: Sha256.nullable(),
    /** Drawn at random, and taken out with the rest once a look is erased: without it nobody tries out who looked on the hash. */
    salt: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional(),
  })
  .readonly();
export type AuditLine = z.infer<typeof AuditLine>;

/** What the chain was before its first line. */
export const AUDIT_START = Sha256.parse('0'.repeat(64));

/** Where the chain stood, and what it had come to. */
export const AuditHead = z.object({ sequence: z.int().min(0), head: Sha256 }).readonly();
export type AuditHead = z.infer<typeof AuditHead>;

/** A head that was put into the transparency log. */
export const AuditAnchor = AuditHead.unwrap()
  .extend({ at: Instant, /** Place in that log. */ logIndex: z.int().min(0) })
  .readonly();
export type AuditAnchor = z.infer<typeof AuditAnchor>;

/** What a center signs as `exam-station/audit-head`. */
export const AuditHeadStatement = AuditHead.unwrap().extend({ tenantId: TenantId, at: Instant }).readonly();

/**
 * The audit log of one firm, as a file. Lines of others are there by their hash alone, so that the chain can be followed from its
 * first line to its last.
 */
export const AuditExport = z
  .object({
    format: z.literal('exam-station/audit-export@1'),
    centerKey: PublicKey,
    /** What the root says of the key that signed this, where that is another one. */
    keys: CenterKeyList.optional(),
    tenantId: TenantId,
    lines: z.array(z.union([AuditLine, z.object({ hash: Sha256 }).readonly()])).readonly(),
    anchors: z.array(AuditAnchor).readonly(),
    /** JWS over an {@link AuditHeadStatement}. */
    signature: z.string(),
  })
  .readonly();
export type AuditExport = z.infer<typeof AuditExport>;

/** Which lines of a firm to show: the newest first. */
export const AuditWish = z
  .object({
    what: AuditWhat.max(64).optional(),
    /** Id of what it was about, or of who did it. */
    about: z.string().trim().min(1).max(200).optional(),
    before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  })
  .readonly();
export type AuditWish = z.infer<typeof AuditWish>;
export const AuditPage = z.object({
  lines: z.array(AuditLine).readonly(),
  /** Where to go on, towards older ones; none where these were the last. */
  next: z.int().nullable(),
});
export type AuditPage = z.infer<typeof AuditPage>;
