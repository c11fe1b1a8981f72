import type { Gesture } from '../../../contract/words/exam.ts';
import type { Draw } from './draw.ts';

type Drawing = (randomBelow: Draw) => readonly Gesture[];

/** Everything that can be drawn, and how likely each is. */
export function chancesOf(
  draw: Drawing,
): ReadonlyMap<string, { readonly gestures: readonly Gesture[]; chance: number }> {
  const found = new Map<string, { readonly gestures: readonly Gesture[]; chance: number }>();
  const explore = (script: readonly number[]): void => {
    let [n, chance, open] = [0, 1, 0];
    const gestures = draw((limit) => {
      chance /= limit;
      if (n >= script.length) open ||= limit;
      return script[n++] ?? 0;
    });
    const known = found.get(gestures.join(' '))?.chance ?? 0;
    if (open === 0) found.set(gestures.join(' '), { gestures, chance: known + chance });
    for (let value = 0; value < open; value++) explore([...script, value]);
  };
  explore([]);
  return found;
}

export const everyDraw = (draw: Drawing): readonly (readonly Gesture[])[] =>
  [...chancesOf(draw).values()].map(({ gestures }) => gestures);
