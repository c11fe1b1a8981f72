import { Revocation } from '../contract/records/revocations.ts';
import type { StationId } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { verifyJws } from './jws.ts';

/** @returns what the center signed of the end of this station; nothing where it did not, or of another one */
export function verifyRevocation(jws: string, stationId: StationId, centerKey: PublicKey): Revocation | undefined {
  const { data } = Revocation.safeParse(verifyJws(jws, 'exam-station/revocation', centerKey));
  return data?.stationId === stationId ? data : undefined;
}
