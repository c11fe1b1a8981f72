import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import { z } from 'zod';
import { Assignment } from '../center-api.ts';
import { ExamId, Instant, Sha256, StationId, TenantId } from '../ids.ts';
import { Bank } from '../items.ts';
import { sha256 } from '../proof/hash.ts';
import { type PublicKey, type Signer, verifyJws } from '../proof/jws.ts';
import { Refusal } from '../reasons.ts';
import { keyFor } from './exchange.ts';

/**
 * One file that carries an exam to a station without a network: a zip of two entries. `manifest.jws` says for whom and when,
 * signed by the center; `content.bin` is the content, gzipped and encrypted to the station (AES-256-GCM, nonce first, tag last).
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
    /** SHA-256 of `content.bin`. */
    contentHash: Sha256,
    /** The other half of the agreement on the key, base64url. */
    ephemeral: z.string().length(43),
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

const [MANIFEST, CONTENT] = ['manifest.jws', 'content.bin'] as const;
const JWS_TYPE = 'exam-station/package';
const [NONCE_BYTES, TAG_BYTES] = [12, 16];
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
): Uint8Array {
  const { key, ephemeral } = keyFor(recipient);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  const plain = gzipSync(JSON.stringify(content));
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const manifest: PackageManifest = {
    format: 'exam-station/package@1',
    ...plan,
    contentHash: sha256(sealed),
    ephemeral,
  };
  return zipSync({ [MANIFEST]: Buffer.from(center.sign(JWS_TYPE, manifest)), [CONTENT]: sealed }, { level: 0 });
}

export type Opening = {
  readonly centerKey: PublicKey;
  readonly stationId: StationId;
  /** What only this station can do: finds the key again from the other half. */
  readonly keyFrom: (ephemeral: string) => Buffer;
  readonly now: Instant;
  /** What the station was told last; an older package is one that is played back. */
  readonly newest?: Instant | undefined;
  /** A proctor wants it open before its time. */
  readonly unlocked?: boolean;
};

/**
 * Opens a package for the station it is for, in its time.
 * @throws Refusal `package-invalid` (no package, cut off, changed, too much in it), `signature-invalid` (not this center's),
 * `package-foreign` (another station's), `package-older`, `package-early`, `package-expired`
 */
export function openPackage(bytes: Uint8Array, opening: Opening): PackageContent {
  const { manifest: jws, content } = unpack(bytes);
  const signed = verifyJws(Buffer.from(jws).toString(), JWS_TYPE, opening.centerKey);
  if (signed === undefined) throw new Refusal('signature-invalid', 'the package is not signed by the center');
  const { data: manifest } = PackageManifest.safeParse(signed);
  if (!manifest) throw new Refusal('package-invalid', 'the manifest has another form');
  if (manifest.stationId !== opening.stationId) throw new Refusal('package-foreign', `for ${manifest.stationId}`);
  if (sha256(content) !== manifest.contentHash) throw new Refusal('package-invalid', 'the content was changed');
  inTime(manifest, opening);
  return contentOf(decrypt(content, keyOf(manifest, opening)));
}

function contentOf(plain: Buffer): PackageContent {
  try {
    return PackageContent.parse(JSON.parse(plain.toString('utf8')));
  } catch (error) {
    throw new Refusal('package-invalid', `its content has another form: ${(error as Error).message}`);
  }
}

function inTime({ issuedAt, notBefore, notAfter }: PackageManifest, { now, newest, unlocked = false }: Opening): void {
  if (newest !== undefined && issuedAt < newest)
    throw new Refusal('package-older', `of ${issuedAt}, after one of ${newest}`);
  if (now > notAfter) throw new Refusal('package-expired', notAfter);
  if (now < notBefore && !unlocked) throw new Refusal('package-early', notBefore);
}

function keyOf({ ephemeral }: PackageManifest, { keyFrom }: Opening): Buffer {
  try {
    return keyFrom(ephemeral);
  } catch (error) {
    throw new Refusal('package-invalid', (error as Error).message);
  }
}

function decrypt(content: Uint8Array, key: Buffer): Buffer {
  try {
    const bytes = Buffer.from(content);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return gunzipSync(plain, { maxOutputLength: MAX_CONTENT_BYTES });
  } catch (error) {
    throw new Refusal('package-invalid', (error as Error).message);
  }
}

/** Two entries of the right names and of a bearable size, and nothing else. No name in it ever becomes a path. */
function unpack(bytes: Uint8Array): { readonly manifest: Uint8Array; readonly content: Uint8Array } {
  const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (name !== MANIFEST && name !== CONTENT) throw new Refusal('package-invalid', `holds ${JSON.stringify(name)}`);
    if (originalSize > MAX_ENTRY_BYTES) throw new Refusal('package-invalid', `${name} is too large`);
    return true;
  };
  try {
    const { [MANIFEST]: manifest, [CONTENT]: content } = unzipSync(bytes, { filter });
    if (manifest && content) return { manifest, content };
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('package-invalid', (error as Error).message);
  }
  throw new Refusal('package-invalid', 'something is missing in it');
}
