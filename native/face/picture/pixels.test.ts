import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitSimilarity,
  mirrored,
  type Picture,
  resizeToBgr,
  type Similarity,
  throughSimilarity,
  warp,
} from './pixels.ts';

/** A picture whose red, green and blue say where each pixel is. */
function picture(width: number, height: number, rgb = (x: number, y: number) => [x, y, x + y]): Picture {
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) pixels.set([...rgb(x, y), 255], (y * width + x) * 4);
  return { width, height, pixels };
}
const whole = ({ width, height }: Picture) => ({ x: 0, y: 0, width, height });
/** One channel of a planar tensor, as rows. Blue is 0, green 1, red 2. */
function plane(planar: Float32Array, channel: number, width: number, height: number): number[][] {
  const start = channel * width * height;
  return Array.from({ length: height }, (_, row) => [
    ...planar.subarray(start + row * width, start + (row + 1) * width),
  ]);
}
const [BLUE, GREEN, RED] = [0, 1, 2];

describe('a resized picture', () => {
  it('of its own size is the picture itself, planes in the order blue, green, red', () => {
    const original = picture(5, 3);
    const same = resizeToBgr(original, whole(original), 5, 3);
    expect(plane(same, RED, 5, 3)).toEqual(Array(3).fill([0, 1, 2, 3, 4]));
    expect(plane(same, GREEN, 5, 3)).toEqual([0, 1, 2].map((y) => Array(5).fill(y)));
    expect(plane(same, BLUE, 5, 3)).toEqual([0, 1, 2].map((y) => [0, 1, 2, 3, 4].map((x) => x + y)));
  });

  it('of half the size has the mean of each four', () => {
    const original = picture(4, 4, (x, y) => [10 * x, 20 * y, 0]);
    const half = resizeToBgr(original, whole(original), 2, 2);
    expect(plane(half, RED, 2, 2)).toEqual([
      [5, 25],
      [5, 25],
    ]);
    expect(plane(half, GREEN, 2, 2)).toEqual([
      [10, 10],
      [50, 50],
    ]);
  });

  it('of twice the size goes from pixel to pixel in quarters, its edges repeated, as OpenCV does', () => {
    const original = picture(2, 1, (x) => [100 * x, 0, 0]);
    expect(plane(resizeToBgr(original, whole(original), 4, 1), RED, 4, 1)).toEqual([[0, 25, 75, 100]]);
  });

  it('of a region is that region', () => {
    const part = resizeToBgr(picture(8, 8), { x: 2, y: 3, width: 2, height: 2 }, 2, 2);
    expect([plane(part, RED, 2, 2), plane(part, GREEN, 2, 2)]).toEqual([
      [
        [2, 3],
        [2, 3],
      ],
      [
        [3, 3],
        [4, 4],
      ],
    ]);
  });

  it('of a region that hangs over the edge repeats the edge', () => {
    const over = resizeToBgr(picture(4, 4), { x: -2, y: 0, width: 4, height: 1 }, 4, 1);
    expect(plane(over, RED, 4, 1)).toEqual([[0, 0, 0, 1]]);
  });

  it('lies at the top left of a larger tensor, with nothing around it', () => {
    const original = picture(2, 2, () => [9, 9, 9]);
    const padded = resizeToBgr(original, whole(original), 2, 2, 4, 3);
    expect(padded).toHaveLength(3 * 4 * 3);
    for (const channel of [BLUE, GREEN, RED])
      expect(plane(padded, channel, 4, 3)).toEqual([
        [9, 9, 0, 0],
        [9, 9, 0, 0],
        [0, 0, 0, 0],
      ]);
  });

  it('of one colour is that colour, whatever the region and the size', () => {
    const grey = picture(20, 14, () => [77, 77, 77]);
    const part = fc.record({
      x: fc.double({ min: -10, max: 19, noNaN: true }),
      y: fc.double({ min: -10, max: 13, noNaN: true }),
      width: fc.double({ min: 0.5, max: 40, noNaN: true }),
      height: fc.double({ min: 0.5, max: 40, noNaN: true }),
    });
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(part, side, side, (region, width, height) => {
        const resized = resizeToBgr(grey, region, width, height);
        expect(resized).toHaveLength(3 * width * height);
        expect(resized.filter((value) => !(Math.abs(value - 77) < 1e-4))).toHaveLength(0);
      }),
    );
  });
});

describe('a warped picture', () => {
  it('that goes nowhere is the picture, but for the last row and column, which have no neighbours', () => {
    const same = warp(picture(4, 4), { a: 1, b: 0, tx: 0, ty: 0 }, 3);
    expect(plane(same, RED, 3, 3)).toEqual(Array(3).fill([0, 1, 2]));
    expect(plane(same, GREEN, 3, 3)).toEqual([0, 1, 2].map((y) => Array(3).fill(y)));
  });

  it('is moved, turned and scaled as the similarity says', () => {
    const original = picture(30, 30);
    const moved = warp(original, { a: 1, b: 0, tx: 5, ty: 7.5 }, 2);
    expect([plane(moved, RED, 2, 2), plane(moved, GREEN, 2, 2)]).toEqual([
      [
        [5, 6],
        [5, 6],
      ],
      [
        [7.5, 7.5],
        [8.5, 8.5],
      ],
    ]);
    const turned = warp(original, { a: 0, b: 1, tx: 10, ty: 3 }, 2);
    expect(plane(turned, RED, 2, 2)).toEqual([
      [10, 10],
      [9, 9],
    ]);
    expect(plane(warp(original, { a: 2.5, b: 0, tx: 0, ty: 0 }, 3), RED, 3, 3)[0]).toEqual([0, 2.5, 5]);
  });

  it('is black where it looks outside', () => {
    const outside = warp(
      picture(4, 4, () => [200, 200, 200]),
      { a: 1, b: 0, tx: -2, ty: 0 },
      4,
    );
    expect(plane(outside, RED, 4, 4)[0]).toEqual([0, 0, 200, 200]);
  });

  it('mirrored twice is what it was, and once is turned left to right in every plane', () => {
    const planar = resizeToBgr(picture(4, 4), { x: 0, y: 0, width: 4, height: 4 }, 4, 4);
    expect(mirrored(mirrored(planar, 4), 4)).toEqual(planar);
    for (const channel of [BLUE, GREEN, RED])
      expect(plane(mirrored(planar, 4), channel, 4, 4)).toEqual(
        plane(planar, channel, 4, 4).map((row) => row.toReversed()),
      );
  });
});

describe('a fitted similarity', () => {
  const length = fc.double({ min: -500, max: 500, noNaN: true });
  const point = fc.record({ x: length, y: length });
  const similarity = fc
    .record({
      scale: fc.double({ min: 0.05, max: 20, noNaN: true }),
      angle: fc.double({ min: -3.1, max: 3.1, noNaN: true }),
      tx: length,
      ty: length,
    })
    .map(({ scale, angle, tx, ty }) => ({ a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx, ty }));

  it('is the one that the points were moved by', () => {
    fc.assert(
      fc.property(similarity, fc.array(point, { minLength: 5, maxLength: 5 }), (wanted, targets) => {
        const spread = Math.max(
          ...targets.map(({ x, y }) => Math.hypot(x - (targets[0]?.x ?? 0), y - (targets[0]?.y ?? 0))),
        );
        fc.pre(spread > 1);
        const found = fitSimilarity(
          targets.map((target) => throughSimilarity(wanted, target)),
          targets,
        );
        for (const key of ['a', 'b', 'tx', 'ty'] as const) expect(found[key]).toBeCloseTo(wanted[key], 4);
      }),
    );
  });

  it('is the best one where no similarity fits: a step aside in any direction is worse', () => {
    const targets = [
      [0, 0],
      [10, 0],
      [5, 6],
      [1, 12],
      [9, 12],
    ].map(([x = 0, y = 0]) => ({ x, y }));
    const sources = targets.map(({ x, y }, at) => ({ x: 3 * x + 40 + (at % 2), y: 3 * y + 20 - (at % 3) }));
    const error = (guess: Similarity) =>
      targets.reduce((sum, target, at) => {
        const { x, y } = throughSimilarity(guess, target);
        return sum + (x - (sources[at]?.x ?? 0)) ** 2 + (y - (sources[at]?.y ?? 0)) ** 2;
      }, 0);
    const best = fitSimilarity(sources, targets);
    for (const key of ['a', 'b', 'tx', 'ty'] as const)
      for (const step of [-0.01, 0.01])
        expect(error({ ...best, [key]: best[key] + step })).toBeGreaterThan(error(best));
  });
});
