import { z } from 'zod';
import { Instant } from './ids.ts';

/** Earlier than all that anybody asks for; a database has no year 0 to hold an earlier one against. */
const EARLIEST = '1970-01-01';

/** A day that somebody names, as `2026-11-27`. */
export const AskedDay = z.iso.date().refine((day) => day >= EARLIEST, { error: `no day before ${EARLIEST}` });

/** A moment that somebody names. */
export const AskedInstant = Instant.refine((at) => at >= EARLIEST, { error: `no time before ${EARLIEST}` });
