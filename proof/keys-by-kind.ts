import type { ProofFile } from '../contract/records/batches.ts';
import { typeOf } from './jws.ts';

/** What a proof file says under `keys`, told apart by what each was signed as. */
export type KeysByKind = {
  /** Of keys that the station had before. */
  readonly certificates: readonly string[];
  /** Of the root, of other keys of its center. */
  readonly statements: readonly string[];
  readonly others: readonly string[];
};

export function keysByKind(file: ProofFile): KeysByKind {
  const all = 'keys' in file ? file.keys : [];
  const [certificates, statements] = (['exam-station/certificate', 'exam-station/center-key'] as const).map((type) =>
    all.filter((jws) => typeOf(jws) === type),
  ) as [string[], string[]];
  return { certificates, statements, others: all.filter((jws) => ![...certificates, ...statements].includes(jws)) };
}
