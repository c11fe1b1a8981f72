import { Correction } from '../contract/records/corrections.ts';
import type { Sha256 } from '../contract/words/ids.ts';
import { type CenterKeys, signedByCenter } from './center-keys.ts';

/** @returns what the center signed of the result with this record; nothing where it did not, or of another one */
export function verifyCorrection(jws: string, recordHash: Sha256, center: CenterKeys): Correction | undefined {
  const read = signedByCenter(jws, 'exam-station/correction', Correction, center, ({ at }) => at);
  return read.ok && read.said.recordHash === recordHash && !read.by.revokedAt ? read.said : undefined;
}
