import { createHash } from 'node:crypto';
import { InvalidArgumentError } from 'commander';
import { CandidateId, type Instant, instant, ProctorId } from '../contract/ids.ts';

/** Values as people type them. */

/** @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}

/** @throws InvalidArgumentError */
export function time(text: string): Instant {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('a time such as 2026-12-01T08:00+08:00');
  return instant(at);
}

/** The same person, the same id: who is put in twice is changed and not doubled. */
const idFrom = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Of whoever has this number. */
export const candidateIdOf = (number: string): CandidateId =>
  CandidateId.parse(`cd_${idFrom(number.trim().toUpperCase())}`);

/** Of whoever has this name. */
export const proctorIdOf = (name: string): ProctorId => ProctorId.parse(`pr_${idFrom(name.trim())}`);
