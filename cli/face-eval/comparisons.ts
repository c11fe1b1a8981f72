import { cosine } from '../../native/face/index.ts';
import type { Described } from './describe-photos.ts';
import type { Pair } from './pairs.ts';
import type { Scores } from './verification.ts';

/** What a set of photos gives to compare. */
export type Comparisons = {
  readonly people: number;
  readonly genuine: Scores;
  readonly impostor: Scores;
};

/** What a face that was not found scores: it matches nobody. */
const NOT_FOUND = -1;

export function scoreOf({ a, b }: Pick<Pair, 'a' | 'b'>, { templates }: Described): number {
  const [p, q] = [templates.get(a), templates.get(b)];
  return p && q ? cosine(p, q) : NOT_FOUND;
}

/**
 * All of it, and each group by itself, where both photos are of that.
 * @param cross every two photos, not the pairs of the list alone. O(photos squared): 2,320 photos are 2.7 million, seconds
 */
export function comparisonsOf(
  pairs: readonly Pair[],
  described: Described,
  cross: boolean,
): { readonly all: Comparisons; readonly groups: ReadonlyMap<string, Comparisons> } {
  const personOf = people(pairs);
  const groupOf = groupsIn(pairs);
  const all = openTally();
  const groups = new Map([...new Set(groupOf.values())].sort().map((name) => [name, openTally()]));
  for (const [path] of groupOf) groups.get(groupOf.get(path) ?? '')?.person(personOf(path));
  const compared = cross ? everyTwo(pairs, described) : listed(pairs, described);
  for (const { a, b, score } of compared) {
    const [p, q] = [personOf(a), personOf(b)];
    // That somebody who was not found matches nobody says something of a pair that was asked about, and nothing of strangers.
    if (cross && p !== q && score === NOT_FOUND) continue;
    all.add(p, q, score);
    const group = groupOf.get(a);
    if (group !== undefined && group === groupOf.get(b)) groups.get(group)?.add(p, q, score);
  }
  for (const { a, b } of pairs) for (const path of [a, b]) all.person(personOf(path));
  return { all: all.sum(), groups: new Map([...groups].map(([name, tally]) => [name, tally.sum()])) };
}

type Compared = { readonly a: string; readonly b: string; readonly score: number };

const listed = (pairs: readonly Pair[], described: Described): readonly Compared[] =>
  pairs.map(({ a, b }) => ({ a, b, score: scoreOf({ a, b }, described) }));

function* everyTwo(pairs: readonly Pair[], described: Described): Iterable<Compared> {
  const paths = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  for (const [i, a] of paths.entries())
    for (const b of paths.slice(i + 1)) yield { a, b, score: scoreOf({ a, b }, described) };
}

/** Counts people and pairs of people, so that whoever has many photos does not count more than others. */
function openTally() {
  const numbers = new Map<string, number>();
  const numberOf = (person: string): number => {
    const known = numbers.get(person) ?? numbers.size;
    numbers.set(person, known);
    return known;
  };
  const [genuine, impostor] = [openPile(), openPile()];
  return {
    person: numberOf,
    add(one: string, other: string, score: number): void {
      if (one === other) return genuine.add(numberOf(one), score);
      const [p, q] = [numberOf(one), numberOf(other)];
      impostor.add(Math.min(p, q) * MOST_PEOPLE + Math.max(p, q), score);
    },
    sum: (): Comparisons => ({ people: numbers.size, genuine: genuine.sum(), impostor: impostor.sum() }),
  };
}

const MOST_PEOPLE = 2 ** 20;

function openPile() {
  const [scores, keys]: [number[], number[]] = [[], []];
  const counts = new Map<number, number>();
  return {
    add(key: number, score: number): void {
      scores.push(score);
      keys.push(key);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    sum: (): Scores => ({ scores, weights: keys.map((key) => 1 / (counts.get(key) ?? 1)), each: counts.size }),
  };
}

/** Who is who: photos of one folder are one person, and so are photos that a pair calls the same. */
function people(pairs: readonly Pair[]): (path: string) => string {
  const parent = new Map<string, string>();
  const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || path;
  const rootOf = (name: string): string => {
    let at = name;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    return at;
  };
  for (const { a, b, same } of pairs) {
    const [p, q] = [rootOf(folderOf(a)), rootOf(folderOf(b))];
    if (same && p !== q) parent.set(p, q);
  }
  const roots = new Map<string, string>();
  return (path) => {
    const known = roots.get(path) ?? rootOf(folderOf(path));
    roots.set(path, known);
    return known;
  };
}

function groupsIn(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  const photos = pairs.flatMap(({ a, b, groups }) =>
    groups ? [[a, groups[0]] as const, [b, groups[1]] as const] : [],
  );
  return new Map(photos.filter(([, group]) => group !== ''));
}
