import { createHash } from 'node:crypto';
import { PublicKey } from '../../contract/words/keys.ts';
import { verifyText } from '../jws.ts';

/** Signed notes: c2sp.org/signed-note@v1. Text that ends in a newline, an empty line, and signatures, a line each. */
export type SignedNote = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** One line of a note. `line` is as it stands there, without its newline. */
export type NoteSignature = {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
  readonly line: string;
};

/** What a key signs: a note as it is (0x01), or that its owner saw a checkpoint at a time (0x04, c2sp.org/tlog-cosignature). */
export const ED25519 = 0x01;
export const COSIGNATURE = 0x04;
export type NoteKeyType = typeof ED25519 | typeof COSIGNATURE;

/** A key that notes are checked with: `name+id+key` where people write it. */
export type NoteKey = {
  readonly name: string;
  readonly keyId: string;
  readonly type: NoteKeyType;
  readonly publicKey: PublicKey;
};

/** As many as anybody here reads of one note: the specification asks for sixteen. */
const MAX_SIGNATURES = 64;
const MAX_NOTE = 65_536;

/** Not empty, without spaces, control characters and `+`; a comma parts keys in settings. */
const NAME = /^[^\s+,\p{Cc}]{1,255}$/u;
export const isNoteName = (name: string): boolean => NAME.test(name) && name.isWellFormed();

/** @throws RangeError where notes have no such name */
export function noteKey(name: string, type: NoteKeyType, publicKey: PublicKey): NoteKey {
  if (!isNoteName(name))
    throw new RangeError(`${name} is no name of a key: no spaces, no commas and no + may be in it`);
  const hash = createHash('sha256').update(`${name}\n`).update(Uint8Array.of(type)).update(bytesOf(publicKey));
  return { name, type, publicKey, keyId: hash.digest('hex').slice(0, 8) };
}

export const writeNoteKey = ({ name, keyId, type, publicKey }: NoteKey): string =>
  `${name}+${keyId}+${Buffer.concat([Uint8Array.of(type), bytesOf(publicKey)]).toString('base64')}`;

/** @returns nothing where it is no Ed25519 key of a note, or its id is not its own */
export function readNoteKey(text: string): NoteKey | undefined {
  const [, name = '', keyId, base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? [];
  const bytes = strictBase64(base64);
  const [type] = bytes ?? [];
  if (bytes?.length !== 33 || (type !== ED25519 && type !== COSIGNATURE) || !isNoteName(name)) return undefined;
  const publicKey = PublicKey.safeParse(Buffer.from(bytes.subarray(1)).toString('base64url'));
  const key = publicKey.success ? noteKey(name, type, publicKey.data) : undefined;
  return key?.keyId === keyId ? key : undefined;
}

/** A line that goes below a note, without its newline. */
export const signatureLine = ({ name, keyId }: Pick<NoteKey, 'name' | 'keyId'>, signature: Uint8Array): string =>
  `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}`;

export const writeNote = (text: string, lines: readonly string[]): string =>
  `${text}\n${lines.map((line) => `${line}\n`).join('')}`;

/** @returns nothing where it is no signed note */
export function readNote(note: string): SignedNote | undefined {
  const cut = note.lastIndexOf('\n\n');
  if (cut < 1 || note.length > MAX_NOTE || /[^\P{Cc}\n\u0080-\u009f]/u.test(note) || !note.isWellFormed())
    return undefined;
  const below = note.slice(cut + 2);
  const lines = below.split('\n');
  if (lines.pop() !== '' || lines.length === 0 || lines.length > MAX_SIGNATURES) return undefined;
  const signatures = lines.map(readSignature);
  return signatures.every((one) => one !== undefined) ? { text: note.slice(0, cut + 1), signatures } : undefined;
}

/** @returns nothing where it is no line of a signature */
function readSignature(line: string): NoteSignature | undefined {
  const [, name = '', base64 = ''] = /^— (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = strictBase64(base64);
  if (!bytes || bytes.length < 5 || !isNoteName(name)) return undefined;
  return { name, keyId: Buffer.from(bytes.subarray(0, 4)).toString('hex'), signature: bytes.subarray(4), line };
}

/** `none`: nobody signed it with this key. `bad`: somebody says so, and it is not true. */
export type Signed = 'good' | 'bad' | 'none';

/** Whether a key of type {@link ED25519} signed this note. */
export function isSignedBy({ text, signatures }: SignedNote, key: NoteKey): Signed {
  const own = signatures.filter((one) => isOf(one, key));
  if (own.length === 0) return 'none';
  return own.every(({ signature }) => verifyText(text, signature, key.publicKey)) ? 'good' : 'bad';
}

export const isOf = (signature: Pick<NoteSignature, 'name' | 'keyId'>, key: NoteKey): boolean =>
  signature.name === key.name && signature.keyId === key.keyId;

const bytesOf = (key: PublicKey): Buffer => Buffer.from(key, 'base64url');

/** One text for one value. */
export function strictBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined;
}
