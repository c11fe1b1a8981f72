import { describe, expect, it } from 'vitest';
import type { Gesture } from '../../../contract/words/exam.ts';
import { wayOf } from '../../../contract/words/gestures.ts';
import { type Draw, drawGestures, drawReturn } from './draw.ts';

/** Everything that can be drawn, and how likely each is. */
function distributionOf(draw: (randomBelow: Draw) => readonly Gesture[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const explore = (script: readonly number[]): void => {
    let [n, chance, open] = [0, 1, 0];
    const gestures = draw((limit) => {
      chance /= limit;
      if (n >= script.length) open ||= limit;
      return script[n++] ?? 0;
    });
    if (open === 0) found.set(gestures.join(' '), (found.get(gestures.join(' ')) ?? 0) + chance);
    for (let value = 0; value < open; value++) explore([...script, value]);
  };
  explore([]);
  return found;
}
const partOf = (draws: ReadonlyMap<string, number>, has: (gestures: readonly Gesture[]) => boolean): number =>
  [...draws].reduce((sum, [key, chance]) => sum + (has(key.split(' ') as Gesture[]) ? chance : 0), 0);
const isOfTheFace = (gesture: Gesture): boolean => gesture === 'blink' || gesture === 'open-mouth';

describe.each([
  ['a check-in', drawGestures],
  ['somebody who comes back', drawReturn],
] as const)('what is drawn for %s', (_, draw) => {
  const draws = distributionOf(draw);

  it('is always something that paper cannot do, and something else', () => {
    expect(partOf(draws, () => true)).toBeCloseTo(1);
    expect(partOf(draws, (gestures) => gestures.filter(isOfTheFace).length === 1)).toBeCloseTo(1);
    expect(partOf(draws, (gestures) => gestures.some((gesture) => !isOfTheFace(gesture)))).toBeCloseTo(1);
    expect(partOf(draws, (gestures) => new Set(gestures).size === gestures.length)).toBeCloseTo(1);
  });

  it('is blinking as often as opening the mouth, and each side and amount as often as the other', () => {
    for (const gesture of ['blink', 'open-mouth'] as const)
      expect(partOf(draws, (gestures) => gestures.includes(gesture))).toBeCloseTo(0.5);
    const turns = ['turn-left-little', 'turn-left-far', 'turn-right-little', 'turn-right-far'] as const;
    const first = partOf(draws, (gestures) => gestures.includes(turns[0]));
    for (const gesture of turns) expect(partOf(draws, (gestures) => gestures.includes(gesture))).toBeCloseTo(first);
  });

  it('comes in every order alike', () => {
    for (const [key, chance] of draws) expect(draws.get(key.split(' ').toReversed().join(' '))).toBeCloseTo(chance);
    expect(partOf(draws, ([first]) => first !== undefined && isOfTheFace(first))).toBeCloseTo(
      partOf(draws, (gestures) => isOfTheFace(gestures.at(-1) as Gesture)),
    );
  });
});

describe('what is drawn', () => {
  it('for a check-in has a turn, and is two gestures as often as three', () => {
    const draws = distributionOf(drawGestures);
    expect(partOf(draws, (gestures) => gestures.some((gesture) => wayOf(gesture)))).toBeCloseTo(1);
    expect(partOf(draws, ({ length }) => length === 2)).toBeCloseTo(0.5);
    expect(partOf(draws, ({ length }) => length === 3)).toBeCloseTo(0.5);
    expect(partOf(draws, (gestures) => gestures.includes('come-closer'))).toBeCloseTo(1 / 6);
  });

  it('is hard to guess: the likeliest of all comes once in 32 check-ins, and once in 20 returns', () => {
    expect(Math.max(...distributionOf(drawGestures).values())).toBeCloseTo(1 / 32);
    expect(Math.max(...distributionOf(drawReturn).values())).toBeCloseTo(1 / 20);
  });

  it('for somebody who comes back is two gestures', () => {
    expect(partOf(distributionOf(drawReturn), ({ length }) => length === 2)).toBeCloseTo(1);
  });
});
