import type { ScreenColour } from '../../../contract/words/light.ts';
import { LIGHT_MS, LIGHT_STEPS, type Light, lightOf, sharesAt } from './light-steps.ts';
import { median } from './median.ts';

/** How well one order explains what was seen, at the lag at which it does so best. */
export type Fit = {
  /** How much of it is explained, so that orders can be compared. */
  readonly weight: number;
  readonly score: number;
  readonly answer: number;
  readonly lagMs: number;
};

/** Pictures as one lag has them: how much of each is of which step, less what changes slowly, and products of those columns. */
type Lagged = { readonly lagMs: number; readonly steps: readonly Float64Array[]; readonly products: Float64Array };

/** How the order that was shown does, and how others that could have been. */
type Compared = {
  readonly fit: Fit;
  /** So many of the others do as well. */
  readonly asGood: number;
  /** What an answer must be above to be seen: half of the others find as much by chance. */
  readonly floor: number;
};

/**
 * Holds orders against what was seen, by least squares at each lag. No order knows what is seen but the one that was shown, so
 * how many do as well as it is how likely it is to do so by chance, whatever else moved before the camera.
 * @param moments of the pictures, since the first colour
 */
export function comparing(
  moments: readonly number[],
  drawn: readonly ScreenColour[],
  others: readonly (readonly ScreenColour[])[],
): (seen: readonly Light[]) => Compared {
  const away = withoutDrift(moments);
  const lags = LAGS.map((lagMs) => lagged(moments, lagMs, away));
  const [order, ...orders] = [drawn, ...others].map((one) => partsOf(one.map(lightOf)));
  return (lights) => {
    const seen = partsOf(lights).map(away);
    const sizes = seen.map((part) => dot(part, part));
    const answers = lags.map((lag) => ({
      ...lag,
      along: seen.map((part) => lag.steps.map((step) => dot(step, part))),
    }));
    const explain = (parts: Parts): Fit =>
      answers
        .map(({ lagMs, products, along }) => ({ lagMs, ...fitOf(parts, products, along, sizes) }))
        .reduce((best, fit) => (fit.weight > best.weight ? fit : best));
    const fit = explain(order as Parts);
    const fits = orders.map(explain);
    return {
      fit,
      asGood: fits.filter(({ weight }) => weight >= fit.weight).length,
      floor: median(fits.map(({ answer }) => answer)),
    };
  };
}

/** A screen, a camera and what is between them take so long at most. */
export const MAX_LAG_MS = 450;
const LAG_STEP_MS = 25;
const LAGS = Array.from({ length: MAX_LAG_MS / LAG_STEP_MS + 1 }, (_, n) => n * LAG_STEP_MS);

function lagged(moments: readonly number[], lagMs: number, away: (values: Float64Array) => Float64Array): Lagged {
  const shares = moments.map((at) => sharesAt(at - lagMs));
  const steps = Array.from({ length: LIGHT_STEPS }, (_, step) =>
    away(Float64Array.from(shares, (share) => share[step] as number)),
  );
  return { lagMs, steps, products: Float64Array.from(steps.flatMap((one) => steps.map((other) => dot(one, other)))) };
}

/** Brightness, and two of colour: the light of a room and the shadows of a head change the first, hardly the others. */
type Parts = readonly Float64Array[];
const partsOf = (lights: readonly Light[]): Parts => [
  Float64Array.from(lights, ([red, green, blue]) => (red + green + blue) / 3),
  Float64Array.from(lights, ([red, green]) => red - green),
  Float64Array.from(lights, ([red, green, blue]) => blue - (red + green) / 2),
];

/** Takes away what changes slowly: a mean, a slope and a bow. */
function withoutDrift(moments: readonly number[]): (values: Float64Array) => Float64Array {
  const basis: Float64Array[] = [];
  const take = (values: Float64Array): Float64Array =>
    basis.reduce((left, direction) => {
      const along = dot(left, direction);
      return left.map((value, n) => value - along * (direction[n] as number));
    }, values);
  for (const power of [0, 1, 2]) {
    const left = take(Float64Array.from(moments, (at) => (at / LIGHT_MS) ** power));
    const length = Math.sqrt(dot(left, left));
    if (length > TINY) basis.push(left.map((value) => value / length));
  }
  return take;
}

/** @param along what was seen, by part and step @param sizes of what was seen, by part */
function fitOf(
  parts: Parts,
  products: Float64Array,
  along: readonly (readonly number[])[],
  sizes: readonly number[],
): Omit<Fit, 'lagMs'> {
  let [weight, score, together, whole] = [0, 0, 0, 0];
  for (let part = 0; part < parts.length; part++) {
    const [shown, steps] = [parts[part] as Float64Array, along[part] as readonly number[]];
    let [both, own] = [0, 0];
    for (let p = 0; p < LIGHT_STEPS; p++) {
      both += (shown[p] as number) * (steps[p] as number);
      own += (shown[p] as number) ** 2 * (products[p * LIGHT_STEPS + p] as number);
      for (let q = 0; q < p; q++)
        own += 2 * (shown[p] as number) * (shown[q] as number) * (products[p * LIGHT_STEPS + q] as number);
    }
    const alike = both / Math.sqrt(Math.max(own * (sizes[part] as number), TINY));
    // A part that is explained well counts for much, one that a shadow spoils for little.
    weight -= Math.sign(alike) * Math.log(Math.max(1 - alike * alike, TINY));
    score += alike / parts.length;
    together += both;
    whole += own;
  }
  return { weight, score, answer: together / Math.max(whole, TINY) };
}

const TINY = 1e-12;

function dot(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < p.length; n++) sum += (p[n] as number) * (q[n] as number);
  return sum;
}
