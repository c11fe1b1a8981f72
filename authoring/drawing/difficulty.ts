import type { BlueprintRules } from '../../contract/words/blueprint.ts';
import type { Demand } from './assign.ts';

/** Finds the least value of a linear program. See {@link import('./solver.ts')}. */
export type Solver = { solve(program: string): ReadonlyMap<string, number> | undefined };

export type Balance = {
  readonly rule: NonNullable<BlueprintRules['difficulty']>;
  readonly difficulty: (item: number) => number;
  readonly place: (item: number) => number | string;
};

type Rows = readonly (readonly number[])[];

/** How far the sum of difficulties is from where it should be; positive where the form is too easy. */
function gapOf(rows: Rows, { rule, difficulty }: Balance): { readonly gap: number; readonly allowed: number } {
  const items = rows.flat();
  const sum = items.reduce((total, item) => total + difficulty(item), 0);
  return { gap: rule.target * items.length - sum, allowed: rule.tolerance * items.length + 1e-9 };
}

/**
 * Brings the mean difficulty of a form to its target by exchanging the fewest items within their rows, each time the one
 * exchange that helps most. What may not leave does not come in either: a case is whole. Nothing where no single exchange helps any more: then a solver must say whether there is a way.
 */
export function exchangeTowards(
  rows: Rows,
  demands: readonly Demand[],
  balance: Balance,
  mayLeave: (item: number) => boolean = () => true,
): Rows | undefined {
  const { difficulty, place } = balance;
  let current = rows.map((items) => [...items]);
  for (let left = current.flat().length; left >= 0; left--) {
    const { gap, allowed } = gapOf(current, balance);
    if (Math.abs(gap) <= allowed) return current;
    const taken = new Set(current.flat().map(place));
    let best: { row: number; at: number; item: number; off: number } | undefined;
    for (const [row, items] of current.entries()) {
      const spare = (demands[row] as Demand).wanted.filter((item) => mayLeave(item) && !taken.has(place(item)));
      for (const [at, held] of items.entries()) {
        if (!mayLeave(held)) continue;
        for (const item of spare) {
          const off = Math.abs(gap - difficulty(item) + difficulty(held));
          if (off < (best?.off ?? Math.abs(gap)) - 1e-12) best = { row, at, item, off };
        }
      }
    }
    if (!best) return undefined;
    const { row, at, item } = best;
    current = current.map((items, n) => (n === row ? items.with(at, item) : items));
  }
  return undefined;
}

/** Of an item all that are taken with it or not at all. */
export type CaseOf = (item: number) => readonly number[];

/** The same, exactly: the most wanted items that meet counts, enemies, whole cases and difficulty. Nothing where there are none. */
export function solveTowards(
  demands: readonly Demand[],
  balance: Balance,
  solver: Solver,
  caseOf?: CaseOf,
): Rows | undefined {
  const { rule, difficulty, place } = balance;
  const there = new Set(demands.flatMap(({ wanted }) => wanted));
  const isWhole = (item: number): boolean => caseOf?.(item).every((one) => there.has(one)) ?? true;
  const choices = demands.flatMap(({ wanted }, row) =>
    wanted.filter(isWhole).map((item, rank) => ({ row, item, rank, name: `x${row}_${item}` })),
  );
  const total = demands.reduce((sum, { count }) => sum + count, 0);
  const sum = (terms: readonly string[]): string => terms.join(' + ');
  const perRow = demands.map(
    ({ count }, row) => `r${row}: ${sum(choices.filter((one) => one.row === row).map(({ name }) => name))} = ${count}`,
  );
  const perPlace = [...Map.groupBy(choices, ({ item }) => place(item)).values()].flatMap((same, at) =>
    same.length > 1 ? [`p${at}: ${sum(same.map(({ name }) => name))} <= 1`] : [],
  );
  const named = Map.groupBy(choices, ({ item }) => item);
  const perCase = [...named].flatMap(([item, own], at) => {
    const first = caseOf?.(item)[0] ?? item;
    if (first === item) return [];
    const others = (named.get(first) ?? []).map(({ name }) => ` - ${name}`).join('');
    return [`c${at}: ${sum(own.map(({ name }) => name))}${others} = 0`];
  });
  const weights = sum(choices.map(({ name, item }) => `${difficulty(item)} ${name}`));
  const program = [
    'Minimize',
    `rank: ${sum(choices.map(({ name, rank }) => `${rank} ${name}`))}`,
    'Subject To',
    ...perRow,
    ...perPlace,
    ...perCase,
    `hard: ${weights} <= ${(rule.target + rule.tolerance) * total}`,
    `easy: ${weights} >= ${(rule.target - rule.tolerance) * total}`,
    'Binary',
    ...choices.map(({ name }) => name),
    'End',
  ].join('\n');
  const values = solver.solve(program);
  return (
    values &&
    demands.map((_, row) =>
      choices.filter((one) => one.row === row && (values.get(one.name) ?? 0) > 0.5).map(({ item }) => item),
    )
  );
}
