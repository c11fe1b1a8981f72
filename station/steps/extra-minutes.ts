import type { Sitting } from '../core/sitting/index.ts';
import type { Candidate } from '../keep/roster/index.ts';

/** As registered when they sat down, or by now where that is more: nobody has less time for having come early. */
export const extraMinutesFor = ({ arrangements }: Sitting, candidate: Candidate | undefined): number =>
  Math.max(arrangements?.extraMinutes ?? 0, candidate?.extraMinutes ?? 0);
