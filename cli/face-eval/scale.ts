import type { CurvePoint } from '../../native/face/index.ts';
import type { ErrorRates } from './verification.ts';

/** A step of the scale: finer than anybody reads a score. */
const STEP = 0.02;

/** What each score means among these photos: from where the first of the right people is, or of strangers is not, to where none are. */
export function scaleOf(curve: readonly ErrorRates[]): readonly CurvePoint[] {
  const grid = Array.from({ length: 2 / STEP + 1 }, (_, step) => Math.round((step * STEP - 1) * 100) / 100);
  const points = grid.map((at) => {
    // Between two scores nothing changes: what holds at the next holds here.
    const { fmr, fnmr } = curve.find(({ threshold }) => threshold >= at) ?? { fmr: 0, fnmr: 1 };
    return { at, genuineBelow: rounded(fnmr), strangersFrom: rounded(fmr) };
  });
  const says = points.map(({ genuineBelow, strangersFrom }) => genuineBelow > 0 || strangersFrom < 1);
  const ends = points.map(({ genuineBelow, strangersFrom }) => genuineBelow === 1 && strangersFrom === 0);
  const to = ends.indexOf(true);
  return points.slice(Math.max(says.indexOf(true) - 1, 0), to < 0 ? undefined : to + 1);
}

const rounded = (share: number): number => Math.round(share * 1e6) / 1e6;
