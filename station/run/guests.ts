import type { Logger } from 'pino';
import type { Grant } from '../../contract/records/grants.ts';
import {
  KNOWS_CENTER_KEYS,
  KNOWS_EVIDENCE,
  MAX_REFUSED_PHOTOS,
  type RefusedPhoto,
  type StationReport,
} from '../../contract/station-center/center-api.ts';
import type { Sha256, TenantId } from '../../contract/words/ids.ts';
import { filesOf } from '../../contract/words/learning.ts';
import type { Readiness } from '../../contract/words/readiness.ts';
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

/** How ready this station is, and which photos it can make nothing of: for each firm those of its own people. */
export function reportOf(readiness: Readiness, parts: GuestParts): StationReport {
  const { roster } = parts;
  let left = MAX_REFUSED_PHOTOS;
  const some = (photos: readonly RefusedPhoto[]): readonly RefusedPhoto[] => {
    const taken = photos.slice(0, left);
    left -= taken.length;
    return taken;
  };
  const refusedPhotos = some(roster.refusedPhotos());
  const guests = heardUnder(parts).map(({ id, tenantId }) => ({
    ...{ grant: id, refusedPhotos: some(roster.of(tenantId).refusedPhotos()) },
  }));
  return { ...readiness, refusedPhotos, guests, knows: [KNOWS_CENTER_KEYS, KNOWS_EVIDENCE] };
}

/** What the courses of each firm show; of whose station it is under no name. */
function shownBy({ roster }: Kept): ReadonlyMap<TenantId | undefined, ReadonlySet<Sha256>> {
  const filesOfFirm = (guest: TenantId | undefined) =>
    (roster.of(guest).assignment?.exams ?? []).flatMap(({ course }) => (course ? [...filesOf(course)] : []));
  return new Map([undefined, ...roster.guests()].map((guest) => [guest, new Set(filesOfFirm(guest))]));
}

/** Erases firms whose time here is over, while nobody sits. Never throws. */
export function forgetGuests(parts: GuestParts): void {
  const { seat, clock, log } = parts;
  if (seat.current) return;
  try {
    const shown = shownBy(parts);
    const gone = eraseGuestsThatAreOver(parts, clock.wall());
    if (gone.length === 0) return;
    const still = new Set(
      shownBy(parts)
        .values()
        .flatMap((files) => [...files]),
    );
    for (const tenant of gone) {
      // A film of theirs may be somebody else's, too.
      parts.media.erase([...(shown.get(tenant) ?? [])].filter((hash) => !still.has(hash)));
      log.info({ tenant }, 'erased: its grants are over, and the center has its results');
    }
  } catch (error) {
    log.error({ error: String(error) }, 'a firm whose time is over could not be erased');
  }
}
