import { z } from 'zod';
import { AccountId, EvidenceWishId, Instant, Sha256, SittingId, StationId, TenantId } from '../words/ids.ts';
import { ExchangeKey } from '../words/keys.ts';
import { PictureOf } from '../words/picture-of.ts';

/**
 * What is signed where an inspector wants to see the pictures of a sitting, which lie at its station alone. All of it is frozen:
 * what says otherwise is an `@2`.
 */

/** As many letters as a reason has at least: nobody looks for no reason. */
export const LEAST_REASON = 10;

/** A JWS `exam-station/inspector-key` by the center: pictures may be sealed to this key for whoever has that account. It is in the log. */
export const InspectorKey = z
  .strictObject({
    format: z.literal('exam-station/inspector-key@1'),
    accountId: AccountId,
    key: ExchangeKey,
    at: Instant,
  })
  .readonly();
export type InspectorKey = z.infer<typeof InspectorKey>;

/** A JWS `exam-station/evidence-wish` by the center: a station is to seal its pictures of a sitting to a key. Its hash is in the log. */
export const EvidenceWish = z
  .strictObject({
    format: z.literal('exam-station/evidence-wish@1'),
    id: EvidenceWishId,
    stationId: StationId,
    /** Whose sitting it is. */
    tenantId: TenantId,
    sittingId: SittingId,
    key: ExchangeKey,
    by: z.object({ accountId: AccountId, name: z.string().min(1).max(200) }).readonly(),
    reason: z.string().min(LEAST_REASON).max(1_000),
    at: Instant,
    /** A station that hears of it later sends nothing. */
    expiresAt: Instant,
  })
  .readonly();
export type EvidenceWish = z.infer<typeof EvidenceWish>;

/** Whom a wish is for, also one of which this program knows no more. */
export const EvidenceWishAddress = z.object({ id: EvidenceWishId, stationId: StationId, at: Instant });

/**
 * A JWS `exam-station/evidence` by the station, beside a sealed picture: what it is, for whom, and by the hash of the wish on whose
 * word.
 */
export const EvidenceManifest = z
  .strictObject({
    format: z.literal('exam-station/evidence@1'),
    wish: Sha256,
    stationId: StationId,
    tenantId: TenantId,
    sittingId: SittingId,
    key: ExchangeKey,
    of: PictureOf,
    /** SHA-256 of the picture, as the ledger has it, and for `check-in` the record. */
    picture: Sha256,
    /** SHA-256 of `content.bin`. */
    contentHash: Sha256,
    ephemeral: ExchangeKey,
  })
  .readonly();
export type EvidenceManifest = z.infer<typeof EvidenceManifest>;

/** What is sealed. */
export const EvidenceContent = z.object({ jpeg: z.base64().max(4_000_000) });

/** As large as the file of one picture may be, and as many as one sitting may have. */
export const MOST_EVIDENCE_BYTES = 1_000_000;
export const MOST_PICTURES = 2_000;

/** What the center tells a station: the wish, and what it signed of the key. */
export const EvidenceMail = z.object({ wish: z.string().max(16_384), key: z.string().max(16_384) }).readonly();
export type EvidenceMail = z.infer<typeof EvidenceMail>;
