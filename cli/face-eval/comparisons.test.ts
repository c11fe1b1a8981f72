import { describe, expect, it } from 'vitest';
import { comparisonsOf } from './comparisons.ts';
import { figuresOf } from './figures.ts';
import type { Pair } from './pairs.ts';

const at = (degrees: number): Float32Array => {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.from([Math.cos(angle), Math.sin(angle)]);
};
/** Ann has three photos, all others one or two; nobody is found in one of Bo's. */
const templates = new Map([
  ['ann/1', at(0)],
  ['ann/2', at(10)],
  ['ann/3', at(20)],
  ['bo/1', at(90)],
  ['cy/1', at(170)],
  ['cy/2', at(175)],
]);
const described = { templates, undetected: ['bo/2'], unreadable: [], msPerImage: 0 };
const pair = (a: string, b: string, groups?: Pair['groups']): Pair => ({
  ...{ a, b, same: a.split('/')[0] === b.split('/')[0], fold: 'all' },
  ...(groups ? { groups } : {}),
});
const LIST = [
  pair('ann/1', 'ann/2', ['one', 'one']),
  pair('ann/3', 'bo/1', ['one', 'one']),
  pair('bo/1', 'bo/2', ['one', 'one']),
  pair('cy/1', 'cy/2', ['other', '']),
  pair('ann/1', 'cy/1'),
];

describe('what is compared', () => {
  it('are the pairs of the list, and those of one group by themselves', () => {
    const { all, groups } = comparisonsOf(LIST, described, false);
    expect([all.genuine.scores.length, all.impostor.scores.length, all.people]).toEqual([3, 2, 3]);
    expect([...groups.keys()]).toEqual(['one', 'other']);
    expect(groups.get('one')).toMatchObject({ people: 2, genuine: { each: 2 }, impostor: { each: 1 } });
  });

  it('is every two photos where that is asked for, and strangers that were not found are nobody', () => {
    const { all, groups } = comparisonsOf(LIST, described, true);
    // Ann with herself three times, Bo with nobody once, Cy once.
    expect(all.genuine.scores.toSorted((p, q) => p - q)[0]).toBe(-1);
    expect([all.genuine.scores.length, all.genuine.each]).toEqual([5, 3]);
    expect([all.impostor.scores.length, all.impostor.each]).toEqual([11, 3]);
    expect(groups.get('one')?.impostor.scores).toHaveLength(3);
  });

  it('weighs every person once, however many photos there are', () => {
    const { genuine, impostor } = comparisonsOf(LIST, described, true).all;
    for (const { weights, each } of [genuine, impostor])
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(each, 9);
  });

  it('says what thresholds in use do', () => {
    const { all } = comparisonsOf(LIST, described, true);
    const figures = figuresOf(all, [{ name: 'accept', threshold: 0.5 }]);
    expect(figures.atThresholds).toMatchObject([{ name: 'accept', threshold: 0.5, fmr: 0, fnmr: 1 / 5 }]);
    // Of three people one is not recognised.
    expect(figures.balanced[0]?.fnmr).toBeCloseTo(1 / 3, 9);
  });
});
