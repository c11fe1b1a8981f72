import type { AssignedStation } from '../../contract/station-center/center-api.ts';
import type { StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Whereabouts } from './parts.ts';

type Known = Pick<Whereabouts, 'roster' | 'identity'>;

/** The stations a sitting may be moved to. */
export const otherStations = ({ roster, identity }: Known): readonly AssignedStation[] =>
  (roster.assignment?.stations ?? []).filter(({ id }) => id !== identity.enrolment?.stationId);

export function mustBeKnown(parts: Known, to: StationId): void {
  if (!otherStations(parts).some(({ id }) => id === to)) throw new Refusal('station-unknown', to);
}

/** As people call it; where two are called the same, they are told apart. */
export function nameOf({ roster }: Pick<Known, 'roster'>, id: StationId): string {
  const stations = roster.assignment?.stations ?? [];
  const name = stations.find((one) => one.id === id)?.name ?? id;
  return stations.filter((one) => one.name === name).length > 1 ? `${name} (${id.slice(0, 9)})` : name;
}
