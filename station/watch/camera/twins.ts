import { COARSE_FIELDS, coarseDistance, differenceOf, type Print } from './print.ts';

/**
 * Whether a picture was here before. Between two moments before a camera there is at least what always is between two of
 * its pictures: the sensor's noise, and whoever breathes. A picture that is nearer than that to an older one is that one
 * again, whatever was done to it in between.
 */
export type Twins = {
  /** Takes the next picture: it may be the last one once more, one of those before, or new. */
  take(print: Print): 'same' | 'known' | 'new';
};

/** Half an hour at three a second; 5 KB each. */
const MAX_KNOWN = 5_400;
/** So many pictures apart at least: neighbours are alike. */
const APART = 10;
/** The candidates that are compared closely, of those that are alike at a glance. */
const CLOSELY = 6;
/** What is between two pictures at rest: a tenth of the newest differences are below it. */
const [DIFFERENCES, MIN_DIFFERENCES, AT_REST] = [240, 12, 0.1];
/** So much nearer than two pictures at rest, and in grey values never farther than an edited copy is. */
const [NEARER, NEAR] = [0.65, 0.45];
/** Less is one picture twice, and at most its light was changed. */
const SAME = 0.01;

export function openTwins(): Twins {
  const known: Print[] = [];
  /** Of all of them, one after the other: they are gone through for each picture. */
  const coarse = new Float32Array(MAX_KNOWN * COARSE_FIELDS);
  let differences: number[] = [];
  let last: Print | undefined;
  let next = 0;

  const nearest = (print: Print): number => {
    const best: { at: number; distance: number }[] = [];
    for (let at = 0; at < known.length; at++) {
      const limit = best.length === CLOSELY ? (best.at(-1)?.distance ?? 0) : Number.POSITIVE_INFINITY;
      const distance = coarseDistance(print.coarse, coarse, at, limit);
      if (distance >= limit || isNeighbour(at, next)) continue;
      best.push({ at, distance });
      best.sort((p, q) => p.distance - q.distance);
      if (best.length > CLOSELY) best.pop();
    }
    return Math.min(...best.map(({ at }) => differenceOf(print, known[at] as Print)));
  };
  return {
    take(print) {
      const difference = last ? differenceOf(print, last) : undefined;
      if (difference !== undefined && difference < SAME) return 'same';
      last = print;
      if (difference !== undefined) differences = [...differences, difference].slice(-DIFFERENCES);
      const limit = Math.min(NEARER * atRest(differences), NEAR);
      const isKnown = nearest(print) < limit;
      known[next % MAX_KNOWN] = print;
      coarse.set(print.coarse, (next % MAX_KNOWN) * COARSE_FIELDS);
      next += 1;
      return isKnown ? 'known' : 'new';
    },
  };
}

function atRest(differences: readonly number[]): number {
  if (differences.length < MIN_DIFFERENCES) return 0;
  return differences.toSorted((p, q) => p - q)[Math.floor(differences.length * AT_REST)] ?? 0;
}

/** Whether it is one of those written last into the ring. */
const isNeighbour = (at: number, next: number): boolean => (next - 1 - at + MAX_KNOWN) % MAX_KNOWN < APART;
