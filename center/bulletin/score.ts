import { type BulletinWeights, FULL_SCORE } from '../../contract/platform/bulletin.ts';

/** People of one firm or of many: who was to, and who did. */
export type Figures = {
  readonly toLearn: number;
  readonly learned: number;
  readonly toSit: number;
  readonly sat: number;
  readonly passed: number;
};
const NOBODY: Figures = { toLearn: 0, learned: 0, toSit: 0, sat: 0, passed: 0 };

export const addUp = (all: readonly Figures[]): Figures =>
  all.reduce(
    (sum, one) => ({
      ...{ toLearn: sum.toLearn + one.toLearn, learned: sum.learned + one.learned },
      ...{ toSit: sum.toSit + one.toSit, sat: sum.sat + one.sat, passed: sum.passed + one.passed },
    }),
    NOBODY,
  );

export type Rates = Readonly<Record<keyof BulletinWeights, number | null>>;

/** Whoever left meanwhile has done it and is not to do it any more: no rate is above one. */
const rate = (did: number, had: number): number | null => (had > 0 ? Math.min(1, Math.max(0, did) / had) : null);

/** Where people were to sit and nobody did, nobody passed: sending nobody is no way around that rate. */
export const ratesOf = ({ toLearn, learned, toSit, sat, passed }: Figures): Rates => ({
  learning: rate(learned, toLearn),
  sitting: rate(sat, toSit),
  passing: sat > 0 ? rate(passed, sat) : toSit > 0 ? 0 : null,
});

/** The weighted mean of the rates that there are, times 25, with two decimals; `null` where none of them weighs anything. */
export function scoreOf(rates: Rates, weights: BulletinWeights): number | null {
  let [sum, all] = [0, 0];
  for (const name of ['learning', 'sitting', 'passing'] as const) {
    const one = rates[name];
    if (one === null) continue;
    sum += one * weights[name];
    all += weights[name];
  }
  return all > 0 ? Math.round((FULL_SCORE * sum * 100) / all) / 100 : null;
}

/** Of each score its place among all of them: equal ones share it, and the next comes behind as many as there are. */
export function ranksOf(scores: readonly (number | null)[]): readonly (number | null)[] {
  const places = new Map<number, number>();
  for (const [at, score] of scores
    .filter((one) => one !== null)
    .toSorted((a, b) => b - a)
    .entries())
    if (!places.has(score)) places.set(score, at + 1);
  return scores.map((score) => (score === null ? null : (places.get(score) as number)));
}
