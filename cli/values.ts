import { createHash } from 'node:crypto';
import { InvalidArgumentError } from 'commander';
import { Release } from '../contract/shell/update.ts';
import { CandidateId, type Instant, ProctorId } from '../contract/words/ids.ts';
import { PublicKey } from '../contract/words/keys.ts';
import { readMoment } from '../contract/words/typed-moment.ts';
import { COSIGNATURE, ED25519, type NoteKey, readNoteKey } from '../proof/transparency/index.ts';

/** Values as people type them. */

/** @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}

/** @throws InvalidArgumentError */
export function time(text: string): Instant {
  const at = readMoment(text);
  if (!at)
    throw new InvalidArgumentError(
      'a day that the calendar has, hour and minute, and from where they are counted, such as 2026-12-01T08:00+08:00',
    );
  return at;
}

/** @throws InvalidArgumentError */
export function publicKey(text: string): PublicKey {
  const { data } = PublicKey.safeParse(text);
  if (!data) throw new InvalidArgumentError('43 characters, as it was printed; the short key id is only for comparing');
  return data;
}

/** One more of them. @throws InvalidArgumentError */
export function witness(text: string, before: readonly NoteKey[] = []): readonly NoteKey[] {
  const key = readNoteKey(text);
  if (key?.type !== COSIGNATURE) throw new InvalidArgumentError('the key of a witness, as `witness init` printed it');
  if (before.some(({ publicKey }) => publicKey === key.publicKey)) throw new InvalidArgumentError('each witness once');
  return [...before, key];
}

/** @throws InvalidArgumentError */
export function logKeys(text: string, before: readonly NoteKey[] = []): readonly NoteKey[] {
  const key = readNoteKey(text);
  if (key?.type !== ED25519) throw new InvalidArgumentError('the key of a log, as its operator published it');
  if (before.some(({ name }) => name !== key.name)) throw new InvalidArgumentError('each key of one log');
  return [...before, key];
}

/** @throws InvalidArgumentError */
export function release(text: string): Release {
  const { data } = Release.safeParse(text);
  if (!data) throw new InvalidArgumentError('a version such as 1.4.0');
  return data;
}

/** The same person, the same id: who is put in twice is changed and not doubled. */
const idFrom = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Of whoever has this number. */
export const candidateIdOf = (number: string): CandidateId =>
  CandidateId.parse(`cd_${idFrom(number.trim().toUpperCase())}`);

/** Of whoever has this name. */
export const proctorIdOf = (name: string): ProctorId => ProctorId.parse(`pr_${idFrom(name.trim())}`);
