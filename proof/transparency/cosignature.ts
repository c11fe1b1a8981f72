import { type Signer, verifyText } from '../jws.ts';
import { COSIGNATURE, isOf, type NoteKey, noteKey, type SignedNote, signatureLine } from './signed-note.ts';

/**
 * Cosignatures: c2sp.org/tlog-cosignature, the Ed25519 kind. A witness says by one that at this time, the largest tree it saw of
 * this log had this root, and that all it saw before was the beginning of it.
 */
export type Cosignature = { readonly witness: NoteKey; readonly at: Date; readonly line: string };

const TIMESTAMP = 8;

export const witnessKey = (name: string, publicKey: Signer['publicKey']): NoteKey =>
  noteKey(name, COSIGNATURE, publicKey);

/** The line of a witness below a checkpoint. @param text of the note */
export function cosign(text: string, name: string, signer: Signer, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  const signature = Buffer.alloc(TIMESTAMP);
  signature.writeBigUInt64BE(BigInt(seconds));
  const signed = signer.signNote(message(text, seconds));
  return signatureLine(witnessKey(name, signer.publicKey), Buffer.concat([signature, signed]));
}

/**
 * The cosignatures of these witnesses that hold, each witness once: its newest. A line of a known key that does not hold spoils
 * the note, as c2sp.org/signed-note has it.
 */
export function cosignaturesOf(note: SignedNote, witnesses: readonly NoteKey[]): readonly Cosignature[] | 'bad' {
  const newest = new Map<string, Cosignature>();
  for (const one of note.signatures) {
    const witness = witnesses.find((key) => key.type === COSIGNATURE && isOf(one, key));
    if (!witness) continue;
    const seconds = secondsOf(one.signature);
    const holds =
      seconds && verifyText(message(note.text, seconds), one.signature.subarray(TIMESTAMP), witness.publicKey);
    if (!holds) return 'bad';
    const found = { witness, at: new Date(seconds * 1_000), line: one.line };
    const key = witness.publicKey;
    if (found.at >= (newest.get(key)?.at ?? new Date(0))) newest.set(key, found);
  }
  return [...newest.values()];
}

const message = (text: string, seconds: number): string => `cosignature/v1\ntime ${seconds}\n${text}`;

/** Nothing where no clock shows it. */
function secondsOf(signature: Uint8Array): number | undefined {
  if (signature.length !== TIMESTAMP + 64) return undefined;
  const seconds = Number(Buffer.from(signature).readBigUInt64BE());
  return seconds > 0 && seconds < 8_640_000_000_000 ? seconds : undefined;
}
