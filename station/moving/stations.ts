import type { AssignedStation } from '../../contract/station-center/center-api.ts';
import type { StationId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Whereabouts } from './parts.ts';

type Known = Pick<Whereabouts, 'roster' | 'identity'>;

/**
 * The stations a sitting may be moved to.
 * @param guest whose it is, where that is not the firm whose station this is: others may be another firm's to use
 */
export const otherStations = ({ roster, identity }: Known, guest: TenantId | undefined): readonly AssignedStation[] =>
  (roster.of(guest).assignment?.stations ?? []).filter(({ id }) => id !== identity.enrolment?.stationId);

export function mustBeKnown(parts: Known, to: StationId, guest: TenantId | undefined): void {
  if (!otherStations(parts, guest).some(({ id }) => id === to)) throw new Refusal('station-unknown', to);
}

/** As people call it; where two are called the same, they are told apart. */
export function nameOf({ roster }: Pick<Known, 'roster'>, id: StationId, guest: TenantId | undefined): string {
  const stations = roster.of(guest).assignment?.stations ?? [];
  const name = stations.find((one) => one.id === id)?.name ?? id;
  return stations.filter((one) => one.name === name).length > 1 ? `${name} (${id.slice(0, 9)})` : name;
}
