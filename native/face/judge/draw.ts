import type { Gesture } from '../../../contract/words/exam.ts';

/** An even draw of a whole number from 0 to below the limit. */
export type Draw = (limit: number) => number;

/** What a sheet of paper cannot do, however it is held. */
const OF_THE_FACE = ['blink', 'open-mouth'] as const satisfies Gesture[];
const TURNS = ['turn-left-little', 'turn-left-far', 'turn-right-little', 'turn-right-far'] as const satisfies Gesture[];
/** A way and an amount other than those of the turn: each of these two is as likely as coming closer. */
const otherWay = (turn: Gesture): readonly Gesture[] =>
  TURNS.filter((other) => other.startsWith('turn-left') !== turn.startsWith('turn-left'));

/**
 * What a check-in asks for: a turn of the head by an amount that is shown, and one of blinking and opening the mouth; half of
 * the time a third one, a turn the other way or coming closer. In a random order.
 */
export function drawGestures(randomBelow: Draw): readonly Gesture[] {
  const turn = oneOf(TURNS, randomBelow);
  const two = [turn, oneOf(OF_THE_FACE, randomBelow)];
  const third = randomBelow(2) === 0 ? [] : [oneOf(['come-closer', ...otherWay(turn)] as const, randomBelow)];
  return shuffled([...two, ...third], randomBelow);
}

/** Where a face was believed before and only comes back: one of blinking and opening the mouth, and one of all others. */
export const drawReturn = (randomBelow: Draw): readonly Gesture[] =>
  shuffled([oneOf(OF_THE_FACE, randomBelow), oneOf([...TURNS, 'come-closer'] as const, randomBelow)], randomBelow);

const oneOf = <T>(choices: readonly T[], randomBelow: Draw): T => choices[randomBelow(choices.length)] as T;

/** Every order is as likely as any other (Fisher and Yates). */
function shuffled<T>(items: readonly T[], randomBelow: Draw): readonly T[] {
  const left = [...items];
  return items.map(() => left.splice(randomBelow(left.length), 1)[0] as T);
}
