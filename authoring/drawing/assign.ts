/**
 * Which items go into which rows of a form, exactly: a matching of rows, each with its count, and items, of which each is
 * used once and of which enemies exclude each other. Taken in the order of preference as long as that goes well; where a
 * row finds nothing left, another row gives up an item it can replace (augmenting paths), so that a form is found
 * whenever there is one.
 */
export type Demand = {
  readonly count: number;
  /** Items that would do, in the order in which they are wanted. */
  readonly wanted: readonly number[];
};

export type Assignment =
  | {
      readonly ok: true /** Items of each row, the wanted ones first. */;
      readonly rows: readonly (readonly number[])[];
    }
  /** These rows together ask for more than there is (Hall's condition), by so many. */
  | { readonly ok: false; readonly rows: readonly number[]; readonly missing: number };

type Holding = { readonly row: number; readonly item: number };

/**
 * @param place what an item takes up: itself, or what it shares with its enemies
 */
export function assign(demands: readonly Demand[], place: (item: number) => string | number): Assignment {
  const holders = new Map<string | number, Holding>();
  const next = demands.map(() => 0);
  const held = demands.map(() => 0);

  /** The most wanted item of a row that nobody holds the place of. What was passed over is held for good. */
  const free = (row: number): number | undefined => {
    const { wanted } = demands[row] as Demand;
    for (let at = next[row] as number; at < wanted.length; at++) {
      const item = wanted[at] as number;
      if (holders.has(place(item))) continue;
      next[row] = at;
      return item;
    }
    next[row] = wanted.length;
    return undefined;
  };
  const hold = (row: number, item: number): void => void holders.set(place(item), { row, item });

  /** Finds a free item for a row, through other rows if need be. @returns the rows that were asked in vain */
  const serve = (row: number): ReadonlySet<number> | undefined => {
    const cameFrom = new Map<number, { readonly row: number; readonly item: number } | undefined>([[row, undefined]]);
    for (const asked of cameFrom.keys()) {
      const item = free(asked);
      if (item !== undefined) {
        passOn(asked, item, cameFrom);
        return undefined;
      }
      for (const other of (demands[asked] as Demand).wanted) {
        const holder = holders.get(place(other));
        if (holder && !cameFrom.has(holder.row)) cameFrom.set(holder.row, { row: asked, item: other });
      }
    }
    return new Set(cameFrom.keys());
  };
  const passOn = (last: number, item: number, cameFrom: ReadonlyMap<number, Holding | undefined>): void => {
    let [row, gets] = [last, item];
    for (let before = cameFrom.get(row); before; before = cameFrom.get(row)) {
      // The row gets a free item, and gives the one it held in exchange to who asked it.
      const given = before.item;
      hold(row, gets);
      [row, gets] = [before.row, given];
    }
    hold(row, gets);
  };

  for (const row of byScarcity(demands)) {
    for (; (held[row] as number) < (demands[row] as Demand).count; held[row] = (held[row] as number) + 1) {
      const vain = serve(row);
      if (vain) return short(demands, vain, held);
    }
  }
  return { ok: true, rows: collect(demands, holders) };
}

/** Rows that have the least to choose from choose first. */
const byScarcity = (demands: readonly Demand[]): readonly number[] =>
  demands.map((_, row) => row).toSorted((a, b) => slack(demands[a] as Demand) - slack(demands[b] as Demand) || a - b);

const slack = ({ count, wanted }: Demand): number => wanted.length - count;

function short(demands: readonly Demand[], vain: ReadonlySet<number>, held: readonly number[]): Assignment {
  const rows = [...vain].toSorted((a, b) => a - b);
  const sum = (of: (row: number) => number): number => rows.reduce((total, row) => total + of(row), 0);
  // Rows that come later have not been served yet, but all they could get is held by these.
  const missing = sum((row) => (demands[row] as Demand).count) - sum((row) => held[row] as number);
  return { ok: false, rows, missing };
}

function collect(
  demands: readonly Demand[],
  holders: ReadonlyMap<string | number, Holding>,
): readonly (readonly number[])[] {
  const rows: number[][] = demands.map(() => []);
  for (const { row, item } of holders.values()) rows[row]?.push(item);
  return rows.map((items, row) => {
    if (items.length < 2) return items;
    const rank = new Map((demands[row] as Demand).wanted.map((item, at) => [item, at]));
    return items.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  });
}
