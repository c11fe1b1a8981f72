import type { BulletinGrouping } from '../../contract/platform/bulletin.ts';
import type { OrganisationKind } from '../../contract/platform/organisations.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import type { PlaceWithin } from '../organisations/index.ts';
import { NOTHING, type TwoPeriods } from './figures.ts';

/** A firm with its figures. */
export type FirmFigures = PlaceWithin & { readonly figures: TwoPeriods };

/** Firms that stand in one row. */
export type Group = {
  readonly id: OrganisationId | null;
  readonly kind: OrganisationKind | null;
  readonly name: string;
  readonly within: string | null;
  readonly firms: readonly FirmFigures[];
};

type Places = ReadonlyMap<string, PlaceWithin>;

/** What lies above a place within reach, the nearest last. */
const above = ({ path, id }: PlaceWithin, places: Places): readonly PlaceWithin[] =>
  path.split('/').flatMap((one) => (one !== id && places.get(one)) || []);

/** The name of what it lies in: a county's name alone for a street, both for a firm. */
export function withinOf(place: PlaceWithin, places: Places): string | null {
  const names = above(place, places).flatMap(({ kind, name }) => (kind === 'platform' ? [] : [name]));
  return names.length > 0 ? names.join(' ') : null;
}

/**
 * Firms by what they are grouped by. A firm that lies in no such place, as far as whoever asks reaches, stands in the row of the
 * nearest place that it lies in: so no firm is left out, and the rows add up.
 */
export function groupsOf(firms: readonly FirmFigures[], places: Places, grouping: BulletinGrouping): readonly Group[] {
  if (grouping === 'sector') {
    const bySector = Map.groupBy(firms, ({ sector }) => sector ?? '');
    return [...bySector].map(([name, of]) => ({ id: null, kind: null, name, within: null, firms: of }));
  }
  const placeOf = (firm: FirmFigures): PlaceWithin => {
    if (grouping === 'firm') return firm;
    const all = above(firm, places);
    return all.findLast(({ kind }) => kind === grouping) ?? all.at(-1) ?? firm;
  };
  const byPlace = Map.groupBy(firms, (firm) => placeOf(firm).id);
  // Places without a firm are there, too: that nobody takes part in them is what a bulletin is for.
  const empty = [...places.values()].filter(({ id, kind }) => kind === grouping && !byPlace.has(id));
  const row = (place: PlaceWithin, of: readonly FirmFigures[]): Group => ({
    ...{ id: place.id, kind: place.kind, name: place.name, within: withinOf(place, places), firms: of },
  });
  return [
    ...[...byPlace.values()].map((of) => row(placeOf(of[0] as FirmFigures), of)),
    ...(grouping === 'firm' ? [] : empty.map((place) => row(place, []))),
  ];
}

export const withFigures = (place: PlaceWithin, all: ReadonlyMap<string, TwoPeriods>): FirmFigures => ({
  ...place,
  figures: all.get(place.tenantId ?? '') ?? NOTHING,
});
