/** What takes up one place in a form: an item, or one of several enemies. By row, which item would sit there. */
export type Guest = { readonly place: number | string; readonly rows: ReadonlyMap<number, number> };

type Seat = { readonly row: number; readonly guest: Guest };

/** Who sits in which row. Whoever sits may be moved to another row, and never has to leave. */
export type Seats = { readonly seated: Map<Guest['place'], Seat>; readonly taken: number[] };

export const noSeats = (rows: number): Seats => ({ seated: new Map(), taken: Array<number>(rows).fill(0) });
export const sameSeats = ({ seated, taken }: Seats): Seats => ({ seated: new Map(seated), taken: [...taken] });

/**
 * Gives a guest a seat, moving others to rows that want them too where it must (augmenting paths from the side of the items).
 * @returns nothing where it sits; else rows that are full of guests who can go nowhere else, and nothing is changed
 */
export function seat(
  guest: Guest,
  { seated, taken }: Seats,
  counts: readonly number[],
): ReadonlySet<number> | undefined {
  if (seated.has(guest.place)) return new Set();
  /** Who would come into a row. */
  const comers = new Map([...guest.rows.keys()].map((row) => [row, guest]));
  for (const row of comers.keys()) {
    if ((taken[row] ?? 0) < (counts[row] ?? 0)) {
      moveInto(row, comers, { seated, taken });
      return undefined;
    }
    for (const other of seated.values())
      if (other.row === row)
        for (const next of other.guest.rows.keys()) if (!comers.has(next)) comers.set(next, other.guest);
  }
  return new Set(comers.keys());
}

function moveInto(free: number, comers: ReadonlyMap<number, Guest>, { seated, taken }: Seats): void {
  taken[free] = (taken[free] ?? 0) + 1;
  let row: number | undefined = free;
  while (row !== undefined) {
    const guest = comers.get(row);
    if (!guest) return;
    const left: number | undefined = seated.get(guest.place)?.row;
    seated.set(guest.place, { row, guest });
    row = left;
  }
}
