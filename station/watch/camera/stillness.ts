import { differenceOf, type Print } from './print.ts';

/**
 * Whether nothing has moved for long: one picture with noise over it that is new each time, or a photo before a real camera.
 * Noise, however strong, makes any two pictures as unlike as two neighbours are. Whoever is alive blinks and breathes: after a
 * minute some picture is farther from the first than neighbours are from each other.
 */
export type Stillness = {
  /** Takes the next picture. */
  take(print: Print): void;
  readonly still: boolean;
  beginAnew(): void;
};

/** A minute at three a second. */
const STILL_AFTER = 180;
/** From so many on the noise between neighbours is known. */
const MIN_NEIGHBOURS = 12;
/** Noise over a still is farther from its first picture by 1.2 at most; the quietest person at hand by 2 within 5 s. */
const MOVED = 1.35;
/** More than this between neighbours, in grey values, is no noise: somebody moves all the time. */
const MAX_NOISE = 1;

export function openStillness(): Stillness {
  let first: Print | undefined;
  let last: Print | undefined;
  let between: number[] = [];

  const hasMoved = (print: Print, from: Print): boolean => {
    if (between.length < MIN_NEIGHBOURS) return false;
    const noise = between.toSorted((p, q) => p - q)[between.length >> 1] as number;
    return noise > MAX_NOISE || differenceOf(print, from) > MOVED * noise;
  };
  return {
    take(print) {
      if (last) between = [...between, differenceOf(print, last)].slice(-STILL_AFTER);
      last = print;
      if (first && !hasMoved(print, first)) return;
      first = print;
      between = [];
    },
    get still() {
      return between.length >= STILL_AFTER;
    },
    beginAnew() {
      [first, last, between] = [undefined, undefined, []];
    },
  };
}
