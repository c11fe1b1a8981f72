import type { Logger } from 'pino';
import type { Grant } from '../../contract/records/grants.ts';
import type { CurrentSitting } from '../core/sitting/index.ts';
import { eraseGuestsThatAreOver } from '../keep/guests/index.ts';
import type { Kept } from './kept.ts';

type GuestParts = Kept & { readonly seat: CurrentSitting; readonly log: Logger };

/** Of each firm with a grant that runs, one; and the one of whoever sits here, who goes on after its end. */
export function heardUnder({ grants, seat, clock }: GuestParts): readonly Grant[] {
  const current = seat.current?.grant && grants.find(seat.current.grant);
  const all = [...(current ? [current] : []), ...grants.running(clock.wall())];
  return [...new Map(all.toReversed().map((grant) => [grant.tenantId, grant])).values()];
}

/** Erases firms whose time here is over, while nobody sits. Never throws. */
export function forgetGuests(parts: GuestParts): void {
  const { seat, clock, log } = parts;
  if (seat.current) return;
  try {
    for (const tenant of eraseGuestsThatAreOver(parts, clock.wall()))
      log.info({ tenant }, 'erased: its grants are over, and the center has its results');
  } catch (error) {
    log.error({ error: String(error) }, 'a firm whose time is over could not be erased');
  }
}
