import { z } from 'zod';
import { Instant, Sha256, StationId } from '../words/ids.ts';

/**
 * What time the center says it is, to a station that asked; a JWS of type `exam-station/time`. `nonce` is what the station sent:
 * of a sitting that begins it is made of what its record says (`timeNonce`), so that the answer is good for no other.
 */
export const TimeStatement = z.object({ at: Instant, stationId: StationId, nonce: Sha256 }).readonly();
export type TimeStatement = z.infer<typeof TimeStatement>;
