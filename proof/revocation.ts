import { Revocation } from '../contract/records/revocations.ts';
import type { StationId } from '../contract/words/ids.ts';
import { type CenterKeys, signedByCenter } from './center-keys.ts';

/** @returns what the center signed of the end of this station; nothing where it did not, or of another one */
export function verifyRevocation(jws: string, stationId: StationId, center: CenterKeys): Revocation | undefined {
  const read = signedByCenter(jws, 'exam-station/revocation', Revocation, center, ({ at }) => at);
  return read.ok && read.said.stationId === stationId ? read.said : undefined;
}
