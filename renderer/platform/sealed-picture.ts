import { gunzipSync, unzipSync } from 'fflate';
import { EvidenceContent, EvidenceManifest } from '../../contract/platform/evidence.ts';
import { ExchangeKey } from '../../contract/words/keys.ts';

/** Both halves of an inspector's key: the secret one never leaves the browser that made it. */
export type OwnKey = { readonly key: ExchangeKey; readonly secret: CryptoKey };

/** What is sealed, as `proof/sealed/evidence-file.ts` writes it; a test holds the two against each other. */
const PURPOSE = 'exam-station/evidence';
const NONCE_BYTES = 12;
/** More than any picture of a station has, packed and unpacked. */
const MOST_BYTES = 6_000_000;

type Bytes = Uint8Array<ArrayBuffer>;

export const bytesOfText = (text: string): Bytes =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
export const textOfBytes = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Whether this browser can: it has the curve, and the page came over a line that it trusts. */
export const canSeal = (): boolean => typeof crypto !== 'undefined' && crypto.subtle !== undefined;

/** @throws Error where this browser does not have the curve */
export async function makeOwnKey(): Promise<OwnKey> {
  const pair = (await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits'])) as CryptoKeyPair;
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
  return { key: ExchangeKey.parse(textOfBytes(raw)), secret: pair.privateKey };
}

/** What is told by voice and compared: the first letters of the SHA-256 of a key, in fours. */
export async function fingerprintOf(key: ExchangeKey): Promise<string> {
  return (await sha256(bytesOfText(key))).slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ');
}

/**
 * Opens one picture here, in the page. Whether its station signed what it says of itself is for the center that took it, and for
 * `exam-station evidence open`.
 * @throws Error where it is no such file, is for another key, or holds another picture than it says
 */
export async function openSealed(file: Bytes, { key, secret }: OwnKey): Promise<Bytes> {
  const entries = unzipSync(file, { filter: ({ originalSize }) => originalSize <= MOST_BYTES });
  const [content, statement] = [entries['content.bin'], entries['manifest.jws']];
  if (!content || !statement) throw new Error('this is no sealed picture');
  const said = new TextDecoder().decode(statement).split('.')[1] ?? '';
  const manifest = EvidenceManifest.parse(JSON.parse(new TextDecoder().decode(bytesOfText(said))));
  const sealed = new Uint8Array(content);
  if (manifest.key !== key || (await sha256(sealed)) !== manifest.contentHash) throw new Error('it was changed');
  const agreed = await agree(bytesOfText(manifest.ephemeral), { key, secret });
  const iv = sealed.slice(0, NONCE_BYTES);
  const packed = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, agreed, sealed.slice(NONCE_BYTES));
  const json = new TextDecoder().decode(gunzipSync(new Uint8Array(packed)));
  const jpeg = bytesOfText(EvidenceContent.parse(JSON.parse(json)).jpeg);
  if ((await sha256(jpeg)) !== manifest.picture) throw new Error('it holds another picture than was signed');
  return jpeg;
}

/** X25519, then HKDF-SHA-256 with both public halves as its salt, as the station did. */
async function agree(ephemeral: Bytes, { key, secret }: OwnKey): Promise<CryptoKey> {
  const theirs = await crypto.subtle.importKey('raw', ephemeral, { name: 'X25519' }, false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'X25519', public: theirs }, secret, 256);
  const salt = new Uint8Array([...ephemeral, ...bytesOfText(key)]);
  const info = new TextEncoder().encode(PURPOSE);
  const from = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info };
  return crypto.subtle.deriveKey(how, from, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
}

async function sha256(bytes: Bytes): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
