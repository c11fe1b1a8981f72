import { Revocation } from '../contract/records/revocations.ts';
import type { StationId } from '../contract/words/ids.ts';
import { type CenterKeys, signedByCenter } from './center-keys.ts';

/**
 * @param known whether it was known before its key was revoked: whoever has such a key writes any date
 * @returns what the center signed of the end of this station; nothing where it did not, or of another one
 */
export function verifyRevocation(
  jws: string,
  stationId: StationId,
  center: CenterKeys,
  known?: 'known',
): Revocation | undefined {
  const read = signedByCenter(jws, 'exam-station/revocation', Revocation, center, ({ at }) => at);
  if (!read.ok || read.said.stationId !== stationId) return undefined;
  return read.by.revokedAt && !known ? undefined : read.said;
}
