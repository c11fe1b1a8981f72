import { describe, expect, it } from 'vitest';
import type { Gesture } from '../../../contract/words/exam.ts';
import { wayOf } from '../../../contract/words/gestures.ts';
import { drawGestures, drawReturn } from './draw.ts';
import { chancesOf } from './draws.fixture.ts';

type Chances = ReturnType<typeof chancesOf>;
const partOf = (draws: Chances, has: (gestures: readonly Gesture[]) => boolean): number =>
  [...draws.values()].reduce((sum, { gestures, chance }) => sum + (has(gestures) ? chance : 0), 0);
const likeliest = (draws: Chances): number => Math.max(...[...draws.values()].map(({ chance }) => chance));
const isOfTheFace = (gesture: Gesture): boolean => gesture === 'blink' || gesture === 'open-mouth';

describe.each([
  ['a check-in', drawGestures],
  ['somebody who comes back', drawReturn],
] as const)('what is drawn for %s', (_, draw) => {
  const draws = chancesOf(draw);

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
    for (const { gestures, chance } of draws.values())
      expect(draws.get(gestures.toReversed().join(' '))?.chance).toBeCloseTo(chance);
    expect(partOf(draws, ([first]) => first !== undefined && isOfTheFace(first))).toBeCloseTo(
      partOf(draws, (gestures) => isOfTheFace(gestures.at(-1) as Gesture)),
    );
  });
});

describe('what is drawn', () => {
  it('for a check-in has a turn, and is two gestures as often as three', () => {
    const draws = chancesOf(drawGestures);
    expect(partOf(draws, (gestures) => gestures.some((gesture) => wayOf(gesture)))).toBeCloseTo(1);
    expect(partOf(draws, ({ length }) => length === 2)).toBeCloseTo(0.5);
    expect(partOf(draws, ({ length }) => length === 3)).toBeCloseTo(0.5);
    expect(partOf(draws, (gestures) => gestures.includes('come-closer'))).toBeCloseTo(1 / 6);
  });

  it('is hard to guess: the likeliest of all comes once in 32 check-ins, and once in 20 returns', () => {
    expect(likeliest(chancesOf(drawGestures))).toBeCloseTo(1 / 32);
    expect(likeliest(chancesOf(drawReturn))).toBeCloseTo(1 / 20);
  });

  it('for somebody who comes back is two gestures', () => {
    expect(partOf(chancesOf(drawReturn), ({ length }) => length === 2)).toBeCloseTo(1);
  });
});
