import { z } from 'zod';
import { IncidentId, Instant, Outcome, ProctorId, Verified } from './blocks-1-to-7.ts';
import { Reason } from './reasons-1-to-6.ts';

/** Who sat down and what happened, with reasons from the list that ended with `@6`. Frozen. */
export const Identity = z
  .discriminatedUnion('how', [
    Verified,
    z.object({ how: z.literal('overridden'), by: ProctorId, note: z.string(), reason: Reason }),
  ])
  .readonly();

export const Incidents = z
  .array(
    z
      .object({ id: IncidentId, reason: Reason, outcome: Outcome.optional(), at: Instant, paused: z.boolean() })
      .readonly(),
  )
  .readonly();
