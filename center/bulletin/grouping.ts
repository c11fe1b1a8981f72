import type { BulletinGrouping } from '../../contract/platform/bulletin.ts';
import type { OrganisationKind } from '../../contract/platform/organisations.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import type { PlaceWithin } from '../organisations/index.ts';
import type { Pile } from './figures.ts';

/** What stands in one row. */
export type Group = {
  readonly id: OrganisationId | null;
  readonly kind: OrganisationKind | null;
  readonly name: string;
  readonly within: string | null;
  readonly piles: readonly Pile[];
};

type Places = ReadonlyMap<string, PlaceWithin>;

/** The places within reach that lie along a path, the nearest last. */
const along = (path: string, places: Places): readonly PlaceWithin[] =>
  path.split('/').flatMap((one) => places.get(one) ?? []);

/** The name of what something lies in: a county's name alone for a street, both for a firm. */
function withinOf({ path, id }: { readonly path: string; readonly id?: string }, places: Places): string | null {
  const names = along(path, places).flatMap((place) =>
    place.kind === 'platform' || place.id === id ? [] : [place.name],
  );
  return names.length > 0 ? names.join(' ') : null;
}

/** The same of many firms, of which very many lie in one place. */
export function namesAbove(places: Places): (firm: { readonly path: string }) => string | null {
  const names = new Map<string, string | null>();
  return ({ path }) => {
    const lies = path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
    if (!names.has(lies)) names.set(lies, withinOf({ path: lies }, places));
    return names.get(lies) ?? null;
  };
}

/**
 * Firms by what they are grouped by. A firm that lies in no such place, as far as whoever asks reaches, stands in the row of the
 * nearest place that it lies in: so no firm is left out, and the rows add up.
 */
export function groupsOf(piles: readonly Pile[], places: Places, grouping: BulletinGrouping): readonly Group[] {
  if (grouping === 'sector') {
    const bySector = Map.groupBy(piles, ({ sector }) => sector ?? '');
    return [...bySector].map(([name, of]) => ({ id: null, kind: null, name, within: null, piles: of }));
  }
  const placeOf = ({ path }: Pile): PlaceWithin | undefined => {
    const all = along(path, places);
    return all.findLast(({ kind }) => kind === grouping) ?? all.at(-1);
  };
  const byPlace = Map.groupBy(piles, (pile) => (pile.firm ? undefined : placeOf(pile)));
  // Places without a firm are there, too: that nobody takes part in them is what a bulletin is for.
  const empty = [...places.values()].filter((place) => place.kind === grouping && !byPlace.has(place));
  const row = (place: PlaceWithin, of: readonly Pile[]): Group => ({
    ...{ id: place.id, kind: place.kind, name: place.name, within: withinOf(place, places), piles: of },
  });
  const above = namesAbove(places);
  return [
    ...[...byPlace].flatMap(([place, of]) => (place ? [row(place, of)] : of.flatMap((pile) => firmRow(pile, above)))),
    ...(grouping === 'firm' ? [] : empty.map((place) => row(place, []))),
  ];
}

function firmRow(pile: Pile, above: ReturnType<typeof namesAbove>): Group[] {
  if (!pile.firm) return [];
  const { id, name } = pile.firm;
  return [{ id, name, kind: 'firm', within: above(pile.firm), piles: [pile] }];
}
