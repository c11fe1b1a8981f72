import type { Values } from './report.ts';

/** Central part of the aligned square: skin, eyes and mouth without hair and background. */
const MARGIN = 3 / 16;
/** Luminances that hold no detail any more: black and burnt out. */
const [BLACK, WHITE] = [20, 250];

/**
 * Light, contrast, sharpness and colour of an aligned face. Mean, under-exposure, over-exposure and dynamic range (the
 * entropy of the histogram) are OFIQ's; sharpness is our own, the mean absolute Laplacian over the mean luminance.
 * @param aligned planar BGR, 3 x side x side, as `alignFace` gives it
 */
export function light(aligned: Float32Array): Values {
  const side = Math.sqrt(aligned.length / 3);
  const [from, to] = [side * MARGIN, side * (1 - MARGIN)];
  const count = (to - from) ** 2;
  const grey = luminance(aligned);
  const histogram = new Float64Array(256);
  let sum = 0;
  let edges = 0;
  for (let v = from; v < to; v++) {
    for (let at = v * side + from; at < v * side + to; at++) {
      const centre = grey[at] as number;
      const bin = Math.round(centre);
      histogram[bin] = (histogram[bin] as number) + 1 / count;
      sum += centre;
      const around = (grey[at - 1] as number) + (grey[at + 1] as number);
      edges += Math.abs(4 * centre - around - (grey[at - side] as number) - (grey[at + side] as number));
    }
  }
  const part = (low: number, high: number): number => histogram.subarray(low, high).reduce((a, b) => a + b, 0);
  return {
    LuminanceMean: sum / count,
    UnderExposurePrevention: 1 - part(0, BLACK),
    OverExposurePrevention: 1 - part(WHITE, 256),
    DynamicRange: histogram.reduce((bits, p) => (p > 0 ? bits - p * Math.log2(p) : bits), 0),
    Sharpness: edges / Math.max(sum, 1),
    NaturalColour: colourDistance(aligned, side, from, to),
  };
}

function luminance(aligned: Float32Array): Float32Array {
  const plane = aligned.length / 3;
  const grey = new Float32Array(plane);
  for (let at = 0; at < plane; at++)
    grey[at] =
      0.114 * (aligned[at] as number) +
      0.587 * (aligned[plane + at] as number) +
      0.299 * (aligned[2 * plane + at] as number);
  return grey;
}

/** Where skin lies in CIELAB, as OFIQ has it: a* from 5 to 25, b* from 5 to 35. */
const [SKIN_A, SKIN_B] = [
  [5, 25],
  [5, 35],
] as const;

/** How far the mean colour is from skin's; under a coloured lamp or a camera without colour it is far. */
function colourDistance(aligned: Float32Array, side: number, from: number, to: number): number {
  const mean = (channel: number): number => {
    let sum = 0;
    for (let v = from; v < to; v++)
      for (let at = v * side + from; at < v * side + to; at++) sum += aligned[channel * side * side + at] as number;
    return sum / (to - from) ** 2 / 255;
  };
  const { a, b } = lab(mean(2), mean(1), mean(0));
  const beyond = (value: number, [low, high]: readonly [number, number]): number =>
    Math.max(low - value, 0, value - high);
  return Math.hypot(beyond(a, SKIN_A), beyond(b, SKIN_B));
}

/** sRGB (D65), 0..1, to the colour axes of CIELAB. */
function lab(red: number, green: number, blue: number): { a: number; b: number } {
  const [r, g, b] = [red, green, blue].map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return { a: 500 * (x - y), b: 200 * (y - z) };
}
