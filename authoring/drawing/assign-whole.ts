import type { Demand } from './assign.ts';
import { type Guest, noSeats, type Seats, sameSeats, seat } from './seats.ts';

/** What is taken as a whole or not at all: the questions of one case, or one item that stands by itself. */
type Party = { readonly guests: readonly Guest[]; readonly rank: number };

/** So many combinations of cases are tried: where sizes do not add up, more do not help. */
const MOST_TRIES = 5_000;

/**
 * Which items go into which rows, as {@link import('./assign.ts').assign}, where all questions of a case are taken or none. In the order of
 * preference as long as that fills the rows; where it does not, cases are tried in other combinations.
 * @param caseOf of an item all of its case
 * @returns the items of each row, the wanted ones first; nothing where no combination fills the rows
 */
export function assignWhole(
  demands: readonly Demand[],
  place: (item: number) => number | string,
  caseOf: (item: number) => readonly number[],
): readonly (readonly number[])[] | undefined {
  const counts = demands.map(({ count }) => count);
  const ranks = ranksOf(demands);
  const parties = partiesOf(ranks, place, caseOf);
  const isFull = ({ taken }: Seats): boolean => taken.every((filled, row) => filled === counts[row]);
  const seats = noSeats(counts.length);
  admit(parties, seats, counts);
  const full = isFull(seats) ? seats : tryOthers(parties, counts, isFull);
  return full && rowsIn(full, ranks);
}

/** Of each item the rows that want it, and how much: below 1 it is among as many as the row takes. */
type Ranks = ReadonlyMap<number, ReadonlyMap<number, number>>;

function ranksOf(demands: readonly Demand[]): Ranks {
  const ranks = new Map<number, Map<number, number>>();
  for (const [row, { wanted, count }] of demands.entries())
    for (const [at, item] of wanted.entries())
      ranks.set(item, (ranks.get(item) ?? new Map<number, number>()).set(row, at / count));
  return ranks;
}

const leastOf = (ranks: ReadonlyMap<number, number> | undefined): number => Math.min(...(ranks?.values() ?? []));

/**
 * The most wanted first: of a case its first question says how much, so that large ones come up no more than others. A case of which
 * one question is wanted nowhere, or of which two are enemies, comes in no form.
 */
function partiesOf(
  ranks: Ranks,
  place: (item: number) => number | string,
  caseOf: (item: number) => readonly number[],
): readonly Party[] {
  const guestOf = (items: readonly number[], at: number | string): Guest => ({
    place: at,
    rows: new Map(items.flatMap((item) => [...(ranks.get(item)?.keys() ?? [])].map((row) => [row, item]))),
  });
  const all = [...new Set([...ranks.keys()].map(caseOf))];
  // Of enemies who stand alone any may take the one place.
  const alone = Map.groupBy(
    all.flatMap((items) => (items.length === 1 ? items : [])),
    place,
  );
  const parties = all.flatMap((items): Party[] => {
    const isWhole = items.every((item) => ranks.has(item)) && new Set(items.map(place)).size === items.length;
    if (items.length === 1 || !isWhole) return [];
    return [{ guests: items.map((item) => guestOf([item], place(item))), rank: leastOf(ranks.get(items[0] ?? -1)) }];
  });
  for (const [at, items] of alone) {
    const rank = Math.min(...items.map((item) => leastOf(ranks.get(item))));
    parties.push({ guests: [guestOf(items, at)], rank });
  }
  return parties.toSorted((a, b) => a.rank - b.rank);
}

const isCase = ({ guests }: Party): boolean => guests.length > 1;
const rowsOf = ({ rows }: Guest): string => [...rows.keys()].join();

/** Lets all in for whom there is room, one after the other. */
function admit(parties: readonly Party[], seats: Seats, counts: readonly number[]): void {
  /** Rows that are full for good. */
  const closed = new Set<number>();
  for (const party of parties) {
    const [first] = party.guests;
    if (isCase(party)) admitCase(party, seats, counts);
    else if (first && [...first.rows.keys()].some((row) => !closed.has(row)))
      for (const row of seat(first, seats, counts) ?? []) closed.add(row);
  }
}

function admitCase({ guests }: Party, seats: Seats, counts: readonly number[]): boolean {
  const tried = sameSeats(seats);
  if (!guests.every((guest) => seat(guest, tried, counts) === undefined)) return false;
  for (const [at, one] of tried.seated) seats.seated.set(at, one);
  seats.taken.splice(0, seats.taken.length, ...tried.taken);
  return true;
}

/** Cases in one combination after the other, with whoever stands alone in what is left. */
function tryOthers(
  parties: readonly Party[],
  counts: readonly number[],
  isFull: (seats: Seats) => boolean,
): Seats | undefined {
  const cases = parties.filter(isCase);
  const others = enoughOf(
    parties.filter((party) => !isCase(party)),
    counts,
  );
  const tried = new Set<string>();
  const search = (seats: Seats, from: number): Seats | undefined => {
    const state = `${from} ${likenessOf(seats)}`;
    if (tried.has(state) || tried.size > MOST_TRIES) return undefined;
    tried.add(state);
    const filled = sameSeats(seats);
    admit(others, filled, counts);
    if (isFull(filled)) return filled;
    for (let at = from; at < cases.length; at += 1) {
      const more = sameSeats(seats);
      const isIn = admitCase(cases[at] as Party, more, counts);
      const found = isIn ? search(more, at + 1) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  return search(noSeats(counts.length), 0);
}

/** More of whoever would sit in the same rows are of no use: so many would fill everything, also where their places are taken by cases. */
function enoughOf(others: readonly Party[], counts: readonly number[]): readonly Party[] {
  const most = 2 * counts.reduce((sum, count) => sum + count, 0);
  return [...Map.groupBy(others, ({ guests }) => guests.map(rowsOf).join()).values()].flatMap((alike) =>
    alike.slice(0, most),
  );
}

/** The same for seats from which the rest can be filled in the same ways: who is there by rows, and which enemies are. */
function likenessOf({ seated }: Seats): string {
  const guests = [...seated.values()].map(({ guest }) => guest);
  const rows = guests.map(rowsOf).toSorted().join(' ');
  const enemies = guests.flatMap(({ place }) => (typeof place === 'string' ? [place] : []));
  return JSON.stringify([rows, enemies.toSorted()]);
}

function rowsIn({ seated, taken }: Seats, ranks: Ranks): readonly (readonly number[])[] {
  const rows: number[][] = taken.map(() => []);
  for (const { row, guest } of seated.values()) rows[row]?.push(guest.rows.get(row) as number);
  return rows.map((items, row) =>
    items.toSorted((a, b) => (ranks.get(a)?.get(row) ?? 0) - (ranks.get(b)?.get(row) ?? 0)),
  );
}
