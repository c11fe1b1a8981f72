/** What a response is worth: the places of the options that were chosen, in their order. */
export type Worth = (chosen: readonly number[]) => number;

/** The response that is worth most, if there is one; `even` where it would lose as little by each option, and as much. */
export type Best =
  | { readonly is: 'one'; readonly key: readonly number[]; readonly even: boolean }
  /** No response is worth more than none, or several are worth as much. */
  | { readonly is: 'none' | 'several' };

/** More options than an item may have: how many responses there are doubles with each. */
export const MOST_OPTIONS = 12;

/**
 * What a file calls right is what it gives most for, whichever way it says so. Where some options do not matter (a response
 * is worth as much with them), the right ones are those that have to be there.
 */
export function bestResponse(options: number, several: boolean, worth: Worth): Best {
  const responses = several ? subsets(options) : [[], ...places(options).map((at) => [at])];
  const worths = responses.map((chosen) => rounded(worth(chosen)));
  const most = Math.max(...worths);
  if (!(most > rounded(worth([])))) return { is: 'none' };
  const best = responses.filter((_, at) => worths[at] === most);
  const always = places(options).filter((at) => best.every((chosen) => chosen.includes(at)));
  if (!best.some((chosen) => chosen.length === always.length)) return { is: 'several' };
  return { is: 'one', key: always, even: isEven(options, several, always, worth) };
}

function isEven(options: number, several: boolean, key: readonly number[], worth: Worth): boolean {
  const wrong = places(options).filter((at) => !key.includes(at));
  const alike = (worths: readonly number[]): boolean => new Set(worths.map(rounded)).size <= 1;
  // Of one right answer a wrong one that is worth something is half right; what guessing costs may be alike for all.
  if (!several) return alike(wrong.map((at) => worth([at]))) && wrong.every((at) => worth([at]) <= worth([]));
  const sorted = (chosen: readonly number[]): readonly number[] => chosen.toSorted((a, b) => a - b);
  return (
    alike(key.map((out) => worth(key.filter((at) => at !== out)))) &&
    alike(wrong.map((at) => worth(sorted([...key, at]))))
  );
}

/** A third and two thirds make one. */
const rounded = (points: number): number => Number(points.toFixed(6));

const places = (options: number): readonly number[] => Array.from({ length: options }, (_, at) => at);

const subsets = (options: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** options }, (_, bits) => places(options).filter((at) => bits & (1 << at)));
