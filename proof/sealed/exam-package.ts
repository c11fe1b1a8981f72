import { z } from 'zod';
import { CenterKeyList } from '../../contract/records/center-keys.ts';
import { Assignment } from '../../contract/station-center/center-api.ts';
import { ExamId, Instant, Sha256, StationId, TenantId } from '../../contract/words/ids.ts';
import { Bank } from '../../contract/words/items.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type CenterKeys, NO_KEYS, signedByCenter, withKeysIn } from '../center-keys.ts';
import type { Signer } from '../jws.ts';
import { keyFor } from './exchange.ts';
import { type KeyFrom, openContent, orRefuse, Sealing, sealFile, type Unpacked, unpackFile } from './sealed-file.ts';

/**
 * One file that carries an exam to a station without a network. `manifest.jws` says for whom and when, signed by the center.
 */
export const PackageManifest = z
  .object({
    format: z.literal('exam-station/package@1'),
    tenantId: TenantId,
    stationId: StationId,
    examId: ExamId,
    /** Of two packages the later one counts. */
    issuedAt: Instant,
    notBefore: Instant,
    notAfter: Instant,
    /** What the root says of the key that signed this: a station without a network hears it nowhere else. */
    keys: CenterKeyList.optional(),
    ...Sealing.shape,
  })
  .readonly();
export type PackageManifest = z.infer<typeof PackageManifest>;

export const PackageContent = z
  .object({
    /** Exam, candidates and proctors; what it says replaces what the station was told before. */
    assignment: Assignment,
    bank: Bank,
    /** JPEG, base64, by hash. */
    photos: z.record(Sha256, z.base64()),
    /** What items show, base64, by hash. */
    pictures: z.record(Sha256, z.base64()).optional(),
  })
  .readonly();
export type PackageContent = z.infer<typeof PackageContent>;

const MANIFEST = 'manifest.jws';
const JWS_TYPE = 'exam-station/package';
/** What an honest package stays under, packed and unpacked. */
const [MAX_ENTRY_BYTES, MAX_CONTENT_BYTES] = [400_000_000, 1_000_000_000];

export type PackagePlan = Pick<
  PackageManifest,
  'tenantId' | 'stationId' | 'examId' | 'issuedAt' | 'notBefore' | 'notAfter'
>;

/** @param recipient the station's public key */
export function sealPackage(
  plan: PackagePlan,
  content: PackageContent,
  recipient: PublicKey,
  center: Signer,
  keys: CenterKeyList = NO_KEYS,
): Uint8Array {
  return sealFile(content, keyFor(recipient), (sealing) => {
    const said = keys.keys.length > 0 ? { keys } : {};
    const manifest: PackageManifest = { format: 'exam-station/package@1', ...plan, ...said, ...sealing };
    return { [MANIFEST]: center.sign(JWS_TYPE, manifest) };
  });
}

export type Opening = {
  readonly centerKey: CenterKeys;
  readonly stationId: StationId;
  /** What only this station can do: finds the key again from the other half. */
  readonly keyFrom: KeyFrom;
  readonly now: Instant;
  /** What the station was told last; an older package is one that is played back. */
  readonly newest?: Instant | undefined;
  /** A proctor wants it open before its time. */
  readonly unlocked?: boolean;
};

/**
 * Opens a package for the station it is for, in its time.
 * @throws Refusal `package-invalid` (no package, cut off, changed, too much in it, an exam of a newer program), `signature-invalid` (not this center's), `center-key-ended`, `center-key-revoked`,
 * `package-foreign` (another station's), `package-older`, `package-early`, `package-expired`
 */
export function openPackage(bytes: Uint8Array, opening: Opening): PackageContent {
  const { statements, content } = unpack(bytes);
  const center = withKeysIn(statements[MANIFEST], opening.centerKey);
  const signed = signedByCenter(statements[MANIFEST], JWS_TYPE, z.unknown(), center, 'logged');
  if (!signed.ok) throw new Refusal('signature-invalid', 'the package is not signed by the center');
  const { data: manifest } = PackageManifest.safeParse(signed.said);
  if (!manifest) throw new Refusal('package-invalid', 'the manifest has another form');
  const inItsTime = signedByCenter(statements[MANIFEST], JWS_TYPE, PackageManifest, center, ({ issuedAt }) => issuedAt);
  if (!inItsTime.ok) throw new Refusal(inItsTime.reason, inItsTime.detail);
  // Whoever has such a key writes any date, and a package can be made anew.
  if (inItsTime.by.revokedAt) throw new Refusal('center-key-revoked', 'the package');
  if (manifest.stationId !== opening.stationId) throw new Refusal('package-foreign', `for ${manifest.stationId}`);
  inTime(manifest, opening);
  const packed = orRefuse('package-invalid', () =>
    PackageContent.parse(openContent(content(), manifest, opening.keyFrom, MAX_CONTENT_BYTES)),
  );
  // Of an assignment, what cannot be read is left out: here that may be all there is.
  if (!packed.assignment.exams.some(({ id }) => id === manifest.examId))
    throw new Refusal('package-invalid', `this program cannot read ${manifest.examId}`);
  return packed;
}

function inTime({ issuedAt, notBefore, notAfter }: PackageManifest, { now, newest, unlocked = false }: Opening): void {
  if (newest !== undefined && issuedAt < newest)
    throw new Refusal('package-older', `of ${issuedAt}, after one of ${newest}`);
  if (now > notAfter) throw new Refusal('package-expired', notAfter);
  if (now < notBefore && !unlocked) throw new Refusal('package-early', notBefore);
}

const unpack = (bytes: Uint8Array): Unpacked<typeof MANIFEST> =>
  orRefuse('package-invalid', () => unpackFile(bytes, [MANIFEST], MAX_ENTRY_BYTES));
