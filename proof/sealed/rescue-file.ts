import { z } from 'zod';
import type { StationCertificate } from '../../contract/records/batches.ts';
import { CenterKeyList } from '../../contract/records/center-keys.ts';
import { Instant, Sha256, SittingId, StationId, TenantId } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type CenterKeys, NO_KEYS, withKeysIn } from '../center-keys.ts';
import { type Signer, verifyJws } from '../jws.ts';
import { verifyCertificate } from '../verify.ts';
import { keyFor } from './exchange.ts';
import { type KeyFrom, openContent, orRefuse, Sealing, sealFile, type Unpacked, unpackFile } from './sealed-file.ts';

/**
 * One file that carries a sitting under way to the one station where it goes on. `certificate.jws` is the center's word for
 * the station it comes from, `manifest.jws` that station's word for where it goes.
 */
export const RescueManifest = z
  .object({
    format: z.literal('exam-station/rescue@1'),
    tenantId: TenantId,
    from: StationId,
    to: StationId,
    sittingId: SittingId,
    movedAt: Instant,
    /** What the root of the center says of the key that signed the certificate. */
    keys: CenterKeyList.optional(),
    ...Sealing.shape,
  })
  .readonly();
export type RescueManifest = z.infer<typeof RescueManifest>;

/** A line of a ledger as it was hashed. What its event says, a station knows. */
const LedgerLine = z
  .object({
    sequence: z.int().min(1),
    at: Instant,
    boot: z.string(),
    monotonic: z.number(),
    sitting: SittingId.nullable(),
    event: z.looseObject({ type: z.string() }),
    hash: Sha256,
  })
  .readonly();
export type LedgerLine = z.infer<typeof LedgerLine>;

export const RescueContent = z
  .object({
    /** Hash of the line before the first. */
    previous: Sha256,
    /** The ledger of the other station from the opening of the sitting to its move, without a gap. */
    lines: z.array(LedgerLine).min(2).max(200_000).readonly(),
  })
  .readonly();
export type RescueContent = z.infer<typeof RescueContent>;

const [CERTIFICATE, MANIFEST] = ['certificate.jws', 'manifest.jws'] as const;
type Statement = typeof CERTIFICATE | typeof MANIFEST;
const JWS_TYPE = 'exam-station/rescue';
/** More than an honest sitting has, packed and unpacked. */
const MOST_RESCUE_BYTES = 16_000_000;
const MOST_CONTENT_BYTES = 200_000_000;

export type RescuePlan = Omit<RescueManifest, 'format' | 'keys' | keyof Sealing>;
export type Origin = { readonly signer: Signer; readonly certificate: string; readonly keys?: CenterKeyList };

/** @param recipient public key of the station where the sitting goes on */
export function sealRescue(
  plan: RescuePlan,
  content: RescueContent,
  recipient: PublicKey,
  { signer, certificate, keys = NO_KEYS }: Origin,
): Uint8Array {
  return sealFile(content, keyFor(recipient), (sealing) => {
    const said = keys.keys.length > 0 ? { keys } : {};
    const manifest: RescueManifest = { format: 'exam-station/rescue@1', ...plan, ...said, ...sealing };
    return { [CERTIFICATE]: certificate, [MANIFEST]: signer.sign(JWS_TYPE, manifest) };
  });
}

export type RescueOpening = {
  readonly centerKey: CenterKeys;
  /** Whose station it is that opens it. */
  readonly tenantId: TenantId;
  readonly stationId: StationId;
  /**
   * Whether the firm of a sitting may use this station and the one it comes from, where not both are its own: by the center's
   * word, in its signed assignment.
   */
  readonly mayComeFrom?: (tenantId: TenantId, from: StationId) => boolean;
  /** The key of another station that the firm may use, by the center's word of now. */
  readonly keyOf?: (tenantId: TenantId, station: StationId) => PublicKey | undefined;
  /** Whether the station that a sitting comes from has changed the key which signed it. */
  readonly isFormerKey?: (tenantId: TenantId, origin: StationCertificate) => boolean;
  /** What only this station can do: finds the key again from the other half. */
  readonly keyFrom: KeyFrom;
};

/** Whether this is meant to be a rescue file, and no exam package. */
export function looksLikeRescue(bytes: Uint8Array): boolean {
  // The name of the first entry stands in the first bytes of a zip.
  return Buffer.from(bytes.subarray(0, 100)).includes(CERTIFICATE);
}

/**
 * Opens a rescue file at the station it is for.
 * @throws Refusal `rescue-invalid` (no such file, cut off, changed), `signature-invalid` (by no station of this center),
 * `rescue-foreign` (for another station, or of another firm), `station-key-old` (by a key that its station has changed),
 * `center-key-revoked`
 */
export function openRescue(
  bytes: Uint8Array,
  opening: RescueOpening,
): { readonly manifest: RescueManifest; readonly content: RescueContent } {
  const { statements, content } = orRefuse('rescue-invalid', () => unpack(bytes));
  const vouched = verifyCertificate(statements[CERTIFICATE], withKeysIn(statements[MANIFEST], opening.centerKey));
  if (!vouched.ok) throw new Refusal('signature-invalid', vouched.detail);
  const origin = vouched.certificate;
  const signed = verifyJws(statements[MANIFEST], JWS_TYPE, origin.publicKey);
  if (signed === undefined) throw new Refusal('signature-invalid', 'not signed by the station it comes from');
  const manifest = orRefuse('rescue-invalid', () => RescueManifest.parse(signed));
  const { from, to, tenantId } = manifest;
  if (from !== origin.stationId) throw new Refusal('signature-invalid', 'signed by another station than it says');
  // Whoever has a revoked key of the center writes certificates of any date: what counts is whom the center names now.
  if (vouched.by.revokedAt && opening.keyOf?.(tenantId, from) !== origin.publicKey)
    throw new Refusal('center-key-revoked', 'the certificate of the station it comes from');
  if (to !== opening.stationId) throw new Refusal('rescue-foreign', `for ${to}`);
  const allItsOwn = tenantId === origin.tenantId && tenantId === opening.tenantId;
  if (!allItsOwn && !opening.mayComeFrom?.(tenantId, from)) throw new Refusal('rescue-foreign', `of ${tenantId}`);
  if (opening.isFormerKey?.(tenantId, origin)) throw new Refusal('station-key-old', `of ${from}`);
  return {
    manifest,
    content: orRefuse('rescue-invalid', () =>
      RescueContent.parse(openContent(content(), manifest, opening.keyFrom, MOST_CONTENT_BYTES)),
    ),
  };
}

const unpack = (bytes: Uint8Array): Unpacked<Statement> =>
  unpackFile(bytes, [CERTIFICATE, MANIFEST], MOST_RESCUE_BYTES);
