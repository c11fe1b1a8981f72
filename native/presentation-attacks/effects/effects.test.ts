import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../../face/index.ts';
import { WIDTH } from '../picture.ts';
import { eyesCut, type Head, headCutOut, pieceAround } from './cut.ts';
import { onPaper } from './edges.ts';
import { glared } from './glare.ts';
import { halftoned } from './halftone.ts';
import { held } from './hold.ts';
import { moired } from './moire.ts';
import { type Pose, rotationOf } from './pose.ts';
import { drawnRoom } from './room.ts';
import { sensed } from './sensor.ts';
import { tremorAt } from './tremor.ts';
import { withEyesShut, worn } from './worn.ts';

const ROOM = drawnRoom(1);
const STRAIGHT: Pose = { x: 0, y: 0, scale: 1, yaw: 0, pitch: 0, roll: 0, bend: 0, pivot: 0 };
const HEAD: Head = {
  ...{ x: 260, y: 160, width: 110, height: 140 },
  landmarks: [
    { x: 290, y: 215 },
    { x: 340, y: 215 },
    { x: 315, y: 245 },
    { x: 295, y: 270 },
    { x: 335, y: 270 },
  ],
};
const grey = (value: number, width = 200, height = 100): Picture => ({
  ...{ width, height },
  pixels: Uint8Array.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 255 : value)),
});
const at = ({ width, pixels }: Picture, u: number, v: number): readonly number[] => [
  ...pixels.subarray((v * width + u) * 4, (v * width + u) * 4 + 4),
];
const alphas = ({ pixels }: Picture): ReadonlySet<number> => new Set(pixels.filter((_, byte) => byte % 4 === 3));
/** How many pixels are of the sheet. */
const shown = (picture: Picture, value: number): number =>
  picture.pixels.filter((byte, n) => n % 4 === 0 && Math.abs(byte - value) <= 2 && picture.pixels[n + 1] === byte)
    .length;

describe('a sheet that is held up', () => {
  it('straight and as large as it is covers its place, and what is behind it is seen around it', () => {
    const seen = held(grey(7), STRAIGHT, grey(200, 640, 480));
    expect([at(seen, 320, 240), at(seen, 225, 195), at(seen, 210, 240), at(seen, 320, 180)]).toEqual([
      [7, 7, 7, 255],
      [7, 7, 7, 255],
      [200, 200, 200, 255],
      [200, 200, 200, 255],
    ]);
  });

  it('and turned is narrower, the side that is away smaller', () => {
    const [straight, turned] = [0, 0.6].map((yaw) => held(grey(7), { ...STRAIGHT, yaw }, grey(200, 640, 480)));
    const column = (picture: Picture | undefined, u: number): number =>
      picture ? Array.from({ length: 480 }, (_, v) => at(picture, u, v)[0]).filter((value) => value === 7).length : 0;
    expect(shown(turned as Picture, 7)).toBeLessThan(0.9 * shown(straight as Picture, 7));
    // A positive yaw shows its face to the right: the right edge is farther away.
    expect(column(turned, 320 - 70)).toBeGreaterThan(column(turned, 320 + 70));
  });

  it('and bent is narrower, and darker towards its edges', () => {
    const seen = held(grey(100), { ...STRAIGHT, bend: 1.4 }, grey(200, 640, 480));
    expect(at(seen, 320, 240)[0]).toBeGreaterThan(98);
    expect(at(seen, 320 - 80, 240)[0]).toBeLessThan(95);
    expect(at(seen, 320 - 96, 240)[0]).toBe(200);
  });

  it('is turned about a neck behind it sideways too', () => {
    const seen = held(grey(7, 60, 60), { ...STRAIGHT, yaw: 0.6, pivot: 60 }, grey(200, 640, 480));
    const columns = Array.from({ length: WIDTH }, (_, u) => u).filter((u) => at(seen, u, 240)[0] === 7);
    expect(Math.min(...columns)).toBeGreaterThan(320 - 15);
    expect(Math.max(...columns)).toBeGreaterThan(320 + 30);
  });

  it('shows what is behind it where it is cut away', () => {
    const eyes = eyesCut(grey(7, 640, 480), HEAD);
    const seen = held(eyes, STRAIGHT, grey(200, 640, 480));
    expect([at(seen, 290, 215)[0], at(seen, 315, 245)[0]]).toEqual([200, 7]);
    const { sheet, x, y } = pieceAround(headCutOut(grey(7, 640, 480), HEAD), HEAD);
    const cut = held(sheet, { ...STRAIGHT, x, y }, grey(200, 640, 480));
    expect([at(cut, 315, 225)[0], at(cut, 100, 100)[0], at(cut, 235, 110)[0]]).toEqual([7, 200, 200]);
  });

  it('turns axes without stretching them', () => {
    const angle = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(angle, angle, angle, (yaw, pitch, roll) => {
        const [a, b, c, d, e, f, g, h, i] = rotationOf({ yaw, pitch, roll });
        const lengths = [a * a + d * d + g * g, b * b + e * e + h * h, c * c + f * f + i * i];
        const angles = [a * b + d * e + g * h, a * c + d * f + g * i, b * c + e * f + h * i];
        for (const length of lengths) expect(length).toBeCloseTo(1, 9);
        for (const cosine of angles) expect(cosine).toBeCloseTo(0, 9);
      }),
    );
  });
});

describe('an effect', () => {
  const EFFECTS: readonly (readonly [string, (seed: number, ms: number) => Picture])[] = [
    ['halftone', (seed) => halftoned(ROOM, seed)],
    ['moire', (seed, ms) => moired(ROOM, seed, ms)],
    ['noise of a sensor', (seed, ms) => sensed(ROOM, seed, ms)],
    ['room', (seed) => drawnRoom(seed)],
    ['glare', (seed) => glared(ROOM, { x: 100 + seed, y: 90, width: 80, height: 60, light: 90 })],
    ['margin of paper', (seed) => onPaper(ROOM, seed)],
  ];
  it.each(EFFECTS)(
    'is the same for the same seed and moment, another for another seed, and opaque: %s',
    (_, effect) => {
      const [one, again, other] = [effect(3, 40), effect(3, 40), effect(4, 40)];
      expect(Buffer.compare(one.pixels, again.pixels)).toBe(0);
      expect(Buffer.compare(one.pixels, other.pixels)).not.toBe(0);
      expect(alphas(one)).toEqual(new Set([255]));
    },
  );

  it('leaves the picture that it is given as it was', () => {
    const picture = drawnRoom(5);
    const before = picture.pixels.slice();
    for (const effect of [
      halftoned,
      (p: Picture, n: number) => moired(p, n, 1),
      (p: Picture, n: number) => sensed(p, n, 1),
    ])
      effect(picture, 1);
    withEyesShut(picture, HEAD);
    worn(headCutOut(picture, HEAD), HEAD, picture, HEAD);
    held(picture, STRAIGHT, picture);
    expect(Buffer.compare(picture.pixels, before)).toBe(0);
  });

  it('of a lamp only adds light, most in its middle', () => {
    const seen = glared(grey(100), { x: 100, y: 50, width: 40, height: 30, light: 60 });
    expect([at(seen, 100, 50)[0], at(seen, 10, 50)[0]]).toEqual([160, 100]);
    expect(Math.min(...seen.pixels)).toBe(100);
  });
});

describe('a hand', () => {
  it('never rests, and never strays', () => {
    const moments = Array.from({ length: 300 }, (_, n) => tremorAt(7, n * 66));
    expect(Math.max(...moments.map(({ x }) => Math.abs(x)))).toBeLessThan(8);
    expect(new Set(moments.map(({ x }) => x)).size).toBe(300);
    expect(tremorAt(7, 500)).toEqual(tremorAt(7, 500));
    expect(tremorAt(8, 500)).not.toEqual(tremorAt(7, 500));
  });
});

describe('a mask', () => {
  it('lies where the face of whoever wears it is, and hides nothing else', () => {
    const moved: Head = { ...HEAD, landmarks: HEAD.landmarks.map(({ x, y }) => ({ x: x + 50, y: y - 20 })) };
    const seen = worn(headCutOut(grey(7, 640, 480), HEAD), HEAD, grey(200, 640, 480), moved);
    expect([at(seen, 365, 225)[0], at(seen, 240, 240)[0]]).toEqual([7, 200]);
  });

  it('of whoever shuts their eyes shows skin where they were', () => {
    const open = drawnRoom(9);
    const shut = withEyesShut(open, HEAD);
    expect(at(shut, 290, 215)).toEqual(at(shut, 340, 215));
    expect(at(shut, 315, 300)).toEqual(at(open, 315, 300));
  });
});
