import type { Scores } from '../../contract/page/proctor-desk.ts';

/** What a calibration measured of similarities: see `Scores`. */
export type Curve = NonNullable<Scores['curve']>;
type Shares = Omit<Curve[number], 'at'>;

/** What part of looks at the right people is less alike than this, and what part of strangers as alike or more; 0..1. */
export function sharesAt(curve: Curve, similarity: number): Shares | undefined {
  const next = curve.find(({ at }) => at >= similarity) ?? curve.at(-1);
  const before = curve.findLast(({ at }) => at <= similarity) ?? curve[0];
  if (!next || !before) return undefined;
  const part = next.at > before.at ? (similarity - before.at) / (next.at - before.at) : 0;
  const between = (of: keyof Shares): number => before[of] + part * (next[of] - before[of]);
  return { genuineBelow: between('genuineBelow'), strangersFrom: between('strangersFrom') };
}

/** How often each stretch of similarities was met: its middle, and the parts of both kinds of pairs that lie in it. */
export type Stretch = { readonly at: number; readonly genuine: number; readonly strangers: number };

export const stretchesOf = (curve: Curve): readonly Stretch[] =>
  curve.slice(1).map((end, index) => {
    const start = curve[index] as Curve[number];
    return {
      at: (start.at + end.at) / 2,
      genuine: end.genuineBelow - start.genuineBelow,
      strangers: start.strangersFrom - end.strangersFrom,
    };
  });
