import { z } from 'zod';
import type { AuditHead } from '../people-center/audit.ts';
import { Jws } from '../records/batches.ts';
import { GrantId, Instant, Sha256 } from '../words/ids.ts';
import { ExchangeKey } from '../words/keys.ts';

/**
 * What the center's log holds besides records, each a leaf of its own: that a statement was made, before anybody may rest on it.
 * An entry is canonical JSON of one of these and holds hashes, ids, keys and signatures, of no person anything. Frozen: a kind may
 * be added, and none says anything else than it did.
 */
const FORMAT = { format: z.literal('exam-station/log-entry@1') } as const;

/** The center vouched for the key of a station: `certificate` is the JWS as it was signed. */
const CertificateEntry = z.strictObject({ ...FORMAT, kind: z.literal('certificate'), certificate: Jws }).readonly();

/** A firm may use the station of another one: `grant` is the JWS as it was signed. */
const GrantEntry = z.strictObject({ ...FORMAT, kind: z.literal('grant'), grant: Jws }).readonly();

/** Nothing begins under a grant from `at` on, though its own time was longer. */
const GrantEndEntry = z
  .strictObject({ ...FORMAT, kind: z.literal('grant-end'), grantId: GrantId, at: Instant })
  .readonly();

/** How far the center's audit log had come: after so many lines its chain was `head`. */
const AuditEntry = z
  .strictObject({ ...FORMAT, kind: z.literal('audit'), sequence: z.int().min(1), head: Sha256 })
  .readonly();

/** A station is revoked: `revocation` is the JWS as it was signed. What is logged behind it is of another station. */
const RevocationEntry = z.strictObject({ ...FORMAT, kind: z.literal('revocation'), revocation: Jws }).readonly();

/** The root gave the center a key to sign with: `statement` is the JWS as it was signed. */
const KeyEntry = z.strictObject({ ...FORMAT, kind: z.literal('key'), statement: Jws }).readonly();

/** The root took that back: `revocation` is the JWS as it was signed. */
const KeyRevocationEntry = z.strictObject({ ...FORMAT, kind: z.literal('key-revocation'), revocation: Jws }).readonly();

/** A result counts otherwise than its record says: `hash` is the SHA-256 of the JWS that says so, which its firm has. */
const CorrectionEntry = z.strictObject({ ...FORMAT, kind: z.literal('correction'), hash: Sha256 }).readonly();

/** Pictures may be sealed to the key of an inspector: `statement` is the JWS as it was signed. */
const InspectorKeyEntry = z.strictObject({ ...FORMAT, kind: z.literal('inspector-key'), statement: Jws }).readonly();

/** Somebody wants to see pictures of a sitting: `hash` is the SHA-256 of the JWS that says so, `key` what they are sealed to. */
const EvidenceWishEntry = z
  .strictObject({ ...FORMAT, kind: z.literal('evidence-wish'), hash: Sha256, key: ExchangeKey })
  .readonly();

export const LogEntry = z.discriminatedUnion('kind', [
  CertificateEntry,
  GrantEntry,
  GrantEndEntry,
  RevocationEntry,
  AuditEntry,
  KeyEntry,
  KeyRevocationEntry,
  CorrectionEntry,
  InspectorKeyEntry,
  EvidenceWishEntry,
]);
export type LogEntry = z.infer<typeof LogEntry>;

export const certificateEntry = (certificate: string): LogEntry =>
  ({ format: 'exam-station/log-entry@1', kind: 'certificate', certificate }) satisfies LogEntry;

export const grantEntry = (grant: string): LogEntry =>
  ({ format: 'exam-station/log-entry@1', kind: 'grant', grant }) satisfies LogEntry;

export const grantEndEntry = (grantId: GrantId, at: Instant): LogEntry =>
  ({ format: 'exam-station/log-entry@1', kind: 'grant-end', grantId, at }) satisfies LogEntry;

export const auditEntry = ({ sequence, head }: AuditHead): LogEntry =>
  ({ format: 'exam-station/log-entry@1', kind: 'audit', sequence, head }) satisfies LogEntry;

export const revocationEntry = (revocation: string): LogEntry =>
  ({ format: 'exam-station/log-entry@1', kind: 'revocation', revocation }) satisfies LogEntry;

export const keyEntry = (statement: string): LogEntry =>
  ({ format: 'exam-station/log-entry@1', kind: 'key', statement }) satisfies LogEntry;

export const keyRevocationEntry = (revocation: string): LogEntry =>
  ({ format: 'exam-station/log-entry@1', kind: 'key-revocation', revocation }) satisfies LogEntry;

export const correctionEntry = (hash: Sha256): LogEntry =>
  ({ format: 'exam-station/log-entry@1', kind: 'correction', hash }) satisfies LogEntry;

export const inspectorKeyEntry = (statement: string): LogEntry =>
  ({ format: 'exam-station/log-entry@1', kind: 'inspector-key', statement }) satisfies LogEntry;

export const evidenceWishEntry = (hash: Sha256, key: ExchangeKey): LogEntry =>
  ({ format: 'exam-station/log-entry@1', kind: 'evidence-wish', hash, key }) satisfies LogEntry;
