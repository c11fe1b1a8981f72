import { PublicKey } from '../../contract/words/keys.ts';

/** Base58 as Bitcoin writes it, and keys as `did:key` names them (W3C Controlled Identifiers, Multikey). */
const LETTERS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export function toBase58(bytes: Uint8Array): string {
  let text = '';
  for (let value = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`); value > 0n; value /= 58n)
    text = LETTERS[Number(value % 58n)] + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return '1'.repeat(zeros < 0 ? bytes.length : zeros) + text;
}

/** @returns nothing where {@link toBase58} never writes this for so many bytes */
export function fromBase58(text: string, length: number): Uint8Array | undefined {
  if (text.length > 2 * length) return undefined;
  let value = 0n;
  for (const letter of text) {
    const at = LETTERS.indexOf(letter);
    if (at < 0) return undefined;
    value = value * 58n + BigInt(at);
  }
  const hex = value.toString(16);
  if (hex.length > 2 * length) return undefined;
  const bytes = Buffer.from(hex.padStart(2 * length, '0'), 'hex');
  return toBase58(bytes) === text ? bytes : undefined;
}

/** What an Ed25519 key begins with. */
const ED25519 = [0xed, 0x01];

export const didOf = (key: PublicKey): string =>
  `did:key:z${toBase58(Buffer.concat([Buffer.from(ED25519), Buffer.from(key, 'base64url')]))}`;

/** A DID document of such a key has one method, which is named after it. */
export const methodOf = (did: string): string => `${did}#${did.slice('did:key:'.length)}`;

/** @returns nothing where it is no Ed25519 key as {@link didOf} writes it */
export function keyOfDid(did: string): PublicKey | undefined {
  const bytes = did.startsWith('did:key:z') ? fromBase58(did.slice('did:key:z'.length), 34) : undefined;
  if (!bytes || bytes[0] !== ED25519[0] || bytes[1] !== ED25519[1]) return undefined;
  return PublicKey.safeParse(Buffer.from(bytes.subarray(2)).toString('base64url')).data;
}
