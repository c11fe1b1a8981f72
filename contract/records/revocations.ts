import { z } from 'zod';
import { Instant, StationId } from '../words/ids.ts';

/** Why a station is revoked. One of these words only: the statement is in the log for all to see, and names nobody. */
export const RevocationCause = z.enum(['stolen', 'lost', 'tampered', 'replaced', 'other']);
export type RevocationCause = z.infer<typeof RevocationCause>;

/**
 * That nothing counts any more which a station signs and the center has not logged by then. A JWS of type
 * `exam-station/revocation` by the center. It is never taken back: the machine enrols anew, with a new key. Frozen: what a
 * later one says otherwise is an `@2`.
 */
export const Revocation = z
  .strictObject({
    format: z.literal('exam-station/revocation@1'),
    stationId: StationId,
    at: Instant,
    cause: RevocationCause,
  })
  .readonly();
export type Revocation = z.infer<typeof Revocation>;
