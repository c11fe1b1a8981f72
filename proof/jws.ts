import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { PublicKey } from '../contract/words/keys.ts';
import { sha256 } from './hash.ts';
import { parseWritten } from './written-json.ts';

/** What a signature is about. In the protected header, so that one kind of statement never passes for another. */
export const JWS_TYPES = [
  'exam-station/certificate',
  'exam-station/batch',
  'exam-station/tree-head',
  'exam-station/request',
  'exam-station/assignment',
  'exam-station/package',
  'exam-station/rescue',
  'exam-station/command',
  'exam-station/update',
  'exam-station/center',
  'exam-station/grant',
  'exam-station/time',
  'exam-station/audit-head',
  'exam-station/revocation',
  'exam-station/enrolment',
  'exam-station/center-key',
  'exam-station/center-key-revocation',
  'exam-station/rotation',
  'exam-station/correction',
  'exam-station/person',
  'exam-station/inspector-key',
  'exam-station/evidence-wish',
  'exam-station/evidence',
] as const;
export type JwsType = (typeof JWS_TYPES)[number];

/** Statements that a JWS would make too large. What is signed begins with the name, whose slash stands in no JWS: neither passes for the other. */
export type PackedType =
  | 'exam-station/result-receipt@1'
  | 'exam-station/certificate-code@1'
  | 'exam-station/admission-slip@1';

export type Signer = {
  readonly publicKey: PublicKey;
  sign(type: JwsType, payload: object): string;
  /** @returns the signature over a statement that is bytes and no JSON */
  signPacked(type: PackedType, packed: Uint8Array): Uint8Array;
  /**
   * @param text of a note (c2sp.org/signed-note), whose first line is no {@link PackedType}: it passes for no other statement
   * @returns the signature over it
   */
  signNote(text: string): Uint8Array;
  /**
   * @param digests two SHA-256, of a proof's options and of a document (Data Integrity): nobody finds two that begin like any other
   * statement
   * @returns the signature over them
   */
  signDigests(digests: Uint8Array): Uint8Array;
};

/** Short name of a key: the first 16 hexadecimal digits of its SHA-256. */
export const keyId = (key: PublicKey): string => sha256(Buffer.from(key, 'base64url')).slice(0, 16);

/** A new private key as PKCS#8 DER. */
export const generateSigningKey = (): Uint8Array =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });

export function openSigner(pkcs8: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const publicKey = PublicKey.parse(createPublicKey(key).export({ format: 'jwk' }).x);
  return {
    publicKey,
    sign(type, payload) {
      const header = encode({ alg: 'EdDSA', kid: keyId(publicKey), typ: type });
      const body = `${header}.${encode(payload)}`;
      return `${body}.${sign(null, Buffer.from(body), key).toString('base64url')}`;
    },
    signPacked: (type, packed) => sign(null, named(type, packed), key),
    signNote: (text) => sign(null, noteBytes(text), key),
    signDigests: (digests) => sign(null, twoDigests(digests), key),
  };
}

/** @throws TypeError where it is no text of a note */
function noteBytes(text: string): Uint8Array {
  if (!text.endsWith('\n') || text.startsWith('exam-station/')) throw new TypeError('this is no text of a note');
  return Buffer.from(text);
}

/** @throws TypeError where they are not two */
function twoDigests(digests: Uint8Array): Uint8Array {
  if (digests.length !== 64) throw new TypeError('these are not two digests');
  return digests;
}

/** Did this key sign these two digests? */
export const verifyDigests = (digests: Uint8Array, signature: Uint8Array, key: PublicKey): boolean =>
  verify(null, twoDigests(digests), publicKeyObject(key), signature);

/** Did this key sign this text of a note? */
export const verifyText = (text: string, signature: Uint8Array, key: PublicKey): boolean =>
  signature.length === 64 && verify(null, Buffer.from(text), publicKeyObject(key), signature);

/** Did this key sign these bytes as a statement of this type? */
export const verifyPacked = (packed: Uint8Array, type: PackedType, signature: Uint8Array, key: PublicKey): boolean =>
  verify(null, named(type, packed), publicKeyObject(key), signature);

const named = (type: PackedType, packed: Uint8Array): Uint8Array => Buffer.concat([Buffer.from(`${type}\n`), packed]);

/**
 * @returns the payload of a compact JWS (RFC 7515, EdDSA), or `undefined` where type or signature is wrong, or where it is
 * not written as {@link Signer.sign} writes: what says something twice says neither.
 */
export function verifyJws(jws: string, type: JwsType, key: PublicKey): unknown {
  const parts = jws.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature) return undefined;
  const expected = encode({ alg: 'EdDSA', kid: keyId(key), typ: type });
  // Comparing the whole header leaves no algorithm to choose and no field to smuggle.
  if (header !== expected || !isBase64Url(payload) || !isBase64Url(signature)) return undefined;
  const valid = verify(
    null,
    Buffer.from(`${header}.${payload}`),
    publicKeyObject(key),
    Buffer.from(signature, 'base64url'),
  );
  return valid ? parseWritten(textOf(payload) ?? '') : undefined;
}

function publicKeyObject(x: PublicKey): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What a compact JWS says, whoever signed it; nothing where that is no text. */
export const payloadOf = (jws: string): string | undefined => textOf(jws.split('.')[1] ?? '');

/** What a compact JWS says that it is about, whoever signed it. */
export function typeOf(jws: string): JwsType | undefined {
  const { data } = Typed.safeParse(parseWritten(textOf(jws.split('.')[0] ?? '') ?? ''));
  return data?.typ;
}
const Typed = z.object({ typ: z.enum(JWS_TYPES) });

function textOf(payload: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(Buffer.from(payload, 'base64url'));
  } catch {
    return undefined;
  }
}

/** Rejects encodings that Node would read leniently: one text for one value. */
function isBase64Url(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text;
}
