import type { PublicKey } from '../../contract/words/keys.ts';
import { type CenterKeys, everyKey } from '../center-keys.ts';
import type { Signer } from '../jws.ts';
import type { Head } from '../merkle.ts';
import {
  ED25519,
  isSignedBy,
  type NoteKey,
  noteKey,
  readNote,
  type SignedNote,
  signatureLine,
  strictBase64,
} from './signed-note.ts';

/** Checkpoints: c2sp.org/tlog-checkpoint@v1. The head of a log as text, which notes sign. */
export type Checkpoint = Head & { readonly origin: string };

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;

/** @returns nothing where the text is no checkpoint; lines that follow the third say nothing here */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', base64 = '', ...more] = text.split('\n');
  const root = strictBase64(base64);
  const ended = more.pop() === '' && more.every((line) => line !== '');
  if (!ended || origin === '' || !isSize(size) || root?.length !== 32) return undefined;
  return { origin, size: Number(size), root };
}

/** Without leading zeroes, and no larger than what is counted here. */
export const isSize = (text: string): boolean => /^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text));

/** The key that a log signs its checkpoints with, by the name of the log. */
export const logKey = (origin: string, publicKey: PublicKey): NoteKey => noteKey(origin, ED25519, publicKey);

/** The line below a checkpoint by which its log signs it. */
export const signCheckpoint = (checkpoint: Checkpoint, signer: Signer): string =>
  signatureLine(logKey(checkpoint.origin, signer.publicKey), signer.signNote(checkpointText(checkpoint)));

export type OpenCheckpoint = Checkpoint & { readonly note: SignedNote };

/**
 * Why a note is no checkpoint of this log: `unread` it is none at all, `foreign` of another log, `unsigned` not signed by its key,
 * or under a signature that does not hold.
 */
export type NoCheckpoint = 'unread' | 'foreign' | 'unsigned';

/** A checkpoint that the log signed. */
export function openCheckpoint(text: string, key: NoteKey): OpenCheckpoint | NoCheckpoint {
  const note = readNote(text);
  const checkpoint = note && readCheckpoint(note.text);
  if (!note || !checkpoint) return 'unread';
  if (checkpoint.origin !== key.name) return 'foreign';
  return isSignedBy(note, key) === 'good' ? { ...checkpoint, note } : 'unsigned';
}

/** The same, where the center is known and the log may be called anything. A checkpoint has no date: any key will do that is not revoked; `revoked` where only such a one signed it. */
export function openCheckpointBy(text: string, center: CenterKeys): OpenCheckpoint | NoCheckpoint | 'revoked' {
  const origin = text.slice(0, Math.max(0, text.indexOf('\n')));
  try {
    return openCheckpointOf(text, origin, center);
  } catch {
    return 'unread';
  }
}

function openCheckpointOf(text: string, origin: string, center: CenterKeys): OpenCheckpoint | NoCheckpoint | 'revoked' {
  const tried = everyKey(center).map((key) => ({ key, opened: openCheckpoint(text, logKey(origin, key.publicKey)) }));
  const signed = tried.filter(({ opened }) => typeof opened !== 'string');
  const good = signed.find(({ key }) => key.revokedAt === undefined);
  if (good) return good.opened;
  return signed.length > 0 ? 'revoked' : (tried[0]?.opened ?? 'unsigned');
}
