import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { ExchangeKey, type PublicKey } from '../../contract/words/keys.ts';

/**
 * Secrets for the owner of a signing key. A station has one key; the same curve serves for agreeing on a secret (X25519,
 * RFC 7748), by the well-known map from Ed25519 that libsodium and age use too.
 */
const PRIME = 2n ** 255n - 19n;
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const KEY_BYTES = 32;

const mod = (value: bigint): bigint => ((value % PRIME) + PRIME) % PRIME;

function power(base: bigint, exponent: bigint): bigint {
  let [result, square, left] = [1n, mod(base), exponent];
  for (; left > 0n; left >>= 1n) {
    if (left & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

/** u = (1 + y) / (1 - y), little-endian. */
export function exchangeKeyOf(key: PublicKey): Buffer {
  const bytes = Buffer.from(key, 'base64url');
  bytes[31] = (bytes[31] as number) & 0x7f;
  const y = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  const u = mod((1n + y) * power(mod(1n - y), PRIME - 2n));
  return Buffer.from(u.toString(16).padStart(KEY_BYTES * 2, '0'), 'hex').reverse();
}

/** The first half of SHA-512 of the seed, clamped: what Ed25519 itself multiplies by. */
export function exchangeSecretOf(pkcs8: Uint8Array): Buffer {
  const seed = Buffer.from(pkcs8).subarray(-KEY_BYTES);
  const scalar = createHash('sha512').update(seed).digest().subarray(0, KEY_BYTES);
  scalar[0] = (scalar[0] as number) & 248;
  scalar[31] = ((scalar[31] as number) & 127) | 64;
  return scalar;
}

const publicObject = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: Buffer.from(raw).toString('base64url') }, format: 'jwk' });
const privateObject = (raw: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_X25519, raw]), format: 'der', type: 'pkcs8' });

/** What a key is for: one that was agreed on for the one opens nothing of the other. */
type Purpose = 'exam-station/package' | 'exam-station/evidence';

/** Both ends of the agreement are bound into the key: nobody can pass one secret off for another. */
const derive = (shared: Uint8Array, ephemeral: Uint8Array, recipient: Uint8Array, purpose: Purpose): Buffer =>
  Buffer.from(hkdfSync('sha256', shared, Buffer.concat([ephemeral, recipient]), purpose, 32));

/** A key that only its recipient can find again, and what they need for it. */
export type Agreement = { readonly key: Buffer; readonly ephemeral: string };

/** With the owner of this signing key. */
export const keyFor = (recipient: PublicKey): Agreement => agree(exchangeKeyOf(recipient), 'exam-station/package');

/** With an inspector. @throws Error where it is no key, or one that everybody has */
export const keyForInspector = (recipient: ExchangeKey): Agreement =>
  agree(Buffer.from(recipient, 'base64url'), 'exam-station/evidence');

/** Whether what is sealed to it is no secret: it is of small order. */
export function isWeakExchangeKey(key: ExchangeKey): boolean {
  try {
    keyForInspector(key);
    return false;
  } catch {
    return true;
  }
}

function agree(theirs: Buffer, purpose: Purpose): Agreement {
  const pair = generateKeyPairSync('x25519');
  const ephemeral = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x as string, 'base64url');
  const shared = diffieHellman({ privateKey: pair.privateKey, publicKey: publicObject(theirs) });
  return { key: derive(shared, ephemeral, theirs, purpose), ephemeral: ephemeral.toString('base64url') };
}

/** @throws Error where the other half is no key */
export function keyFrom(ephemeral: string, pkcs8: Uint8Array, own: PublicKey): Buffer {
  const theirs = Buffer.from(ephemeral, 'base64url');
  const shared = diffieHellman({ privateKey: privateObject(exchangeSecretOf(pkcs8)), publicKey: publicObject(theirs) });
  return derive(shared, theirs, exchangeKeyOf(own), 'exam-station/package');
}

/** A key pair of an inspector's: X25519, the secret as PKCS#8 DER. */
export function newInspectorKey(): { readonly secret: Uint8Array; readonly key: ExchangeKey } {
  const { privateKey } = generateKeyPairSync('x25519');
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
  return { secret, key: inspectorKeyOf(secret) };
}

const secretObject = (pkcs8: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });

/** @throws Error where it is no such secret */
export const inspectorKeyOf = (pkcs8: Uint8Array): ExchangeKey =>
  ExchangeKey.parse(createPublicKey(secretObject(pkcs8)).export({ format: 'jwk' }).x);

/** The inspector's half of {@link keyForInspector}. @throws Error where the other half is no key */
export function inspectorKeyFrom(ephemeral: string, pkcs8: Uint8Array): Buffer {
  const theirs = Buffer.from(ephemeral, 'base64url');
  const shared = diffieHellman({ privateKey: secretObject(pkcs8), publicKey: publicObject(theirs) });
  return derive(shared, theirs, Buffer.from(inspectorKeyOf(pkcs8), 'base64url'), 'exam-station/evidence');
}
