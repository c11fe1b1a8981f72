/** When a picture was asked for and when it came, by the station's clock, and when it was taken, by the page's. Milliseconds. */
export type Moments = { readonly askedAt: number; readonly cameAt: number; readonly capturedAt: number };

/**
 * Whether pictures are of now. Page and station run on one machine, so between their clocks is one distance. Each picture says
 * where it lies: it was taken before it came, and not long before it was asked for. Where pictures contradict each other, some
 * were held back, or come faster or slower than they were taken. Whoever is slow makes the limits wider, never wrong.
 */
export type Pace = {
  /** @returns whether this picture can be of now, by all that came before */
  keeps(moments: Moments): boolean;
  /** Another page has another clock. */
  beginAnew(): void;
};

/** A page sends no picture that is older than half of this when it is asked. */
const MAX_AGE_MS = 1_000;
/** Two clocks that run differently by 1 in 1,000 are none too many: what is older than twice this says nothing any more. */
const KNOWN_FOR_MS = 300_000;

type Limits = { readonly least: number; readonly most: number };
const ANY: Limits = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
const both = (p: Limits, q: Limits): Limits => ({
  least: Math.max(p.least, q.least),
  most: Math.min(p.most, q.most),
});

export function openPace(): Pace {
  let [before, now] = [ANY, ANY];
  let since: number | undefined;
  let newest = Number.NEGATIVE_INFINITY;
  return {
    keeps({ askedAt, cameAt, capturedAt }) {
      since ??= cameAt;
      if (cameAt - since > KNOWN_FOR_MS) [before, now, since] = [now, ANY, cameAt];
      const said = { least: askedAt - capturedAt - MAX_AGE_MS, most: cameAt - capturedAt };
      const all = both(both(before, now), said);
      if (capturedAt <= newest || all.least > all.most) return false;
      newest = capturedAt;
      now = both(now, said);
      return true;
    },
    beginAnew() {
      [before, now, since, newest] = [ANY, ANY, undefined, Number.NEGATIVE_INFINITY];
    },
  };
}
