import { describe, expect, it } from 'vitest';
import type { FaceBox } from './detector.ts';
import { CHECK_IN_LIMITS, measureQuality, type Quality, qualityReason } from './quality.ts';

const SIDE = 128;
const PICTURE = { width: 640, height: 480, pixels: new Uint8Array(0) };

/** A frontal face in the middle of the picture. */
const FACE: FaceBox = {
  ...{ x: 270, y: 170, width: 100, height: 130, score: 0.95 },
  landmarks: [
    { x: 295, y: 220 },
    { x: 345, y: 220 },
    { x: 320, y: 245 },
    { x: 300, y: 270 },
    { x: 340, y: 270 },
  ],
};
const GOOD: Quality = { interEye: 50, turn: 0, luminance: 120, sharpness: 0.1 };
const reason = (face: Partial<FaceBox>, quality: Partial<Quality> = {}) =>
  qualityReason({ ...FACE, ...face }, { ...GOOD, ...quality }, PICTURE, CHECK_IN_LIMITS);
const filled = (grey: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: 3 * SIDE * SIDE }, (_, at) => grey(at % SIDE, Math.floor(at / SIDE) % SIDE));

describe('a face that may be compared', () => {
  it('has nothing against it', () => {
    expect(reason({})).toBeUndefined();
  });

  it.each([
    ['too far left', { x: -11 }, {}, 'face-cut-off'],
    ['too far right', { x: 551 }, {}, 'face-cut-off'],
    ['too high', { y: -11 }, {}, 'face-cut-off'],
    ['too low', { y: 361 }, {}, 'face-cut-off'],
    ['too far away', {}, { interEye: 27 }, 'face-too-small'],
    ['too close', { y: 20, height: 420 }, {}, 'face-too-close'],
    ['in the dark', {}, { luminance: 39 }, 'too-dark'],
    ['in glaring light', {}, { luminance: 236 }, 'too-bright'],
    ['turned away', {}, { turn: 0.39 }, 'face-turned'],
    ['blurred', {}, { sharpness: 0.007 }, 'face-blurred'],
  ] as const)('is not %s', (_, face, quality, expected) => {
    expect(reason(face, quality)).toBe(expected);
  });

  it('hears first what a person mends first', () => {
    expect(reason({ x: -20 }, { interEye: 1, luminance: 0, sharpness: 0 })).toBe('face-cut-off');
    expect(reason({}, { luminance: 0, turn: 1, sharpness: 0 })).toBe('too-dark');
  });
});

describe('what is measured of a face', () => {
  it('is the distance of the eyes and how far the nose is off their middle', () => {
    expect(
      measureQuality(
        FACE,
        filled(() => 100),
      ),
    ).toMatchObject({ interEye: 50, turn: 0 });
    const turned = {
      ...FACE,
      landmarks: FACE.landmarks.with(2, { x: 340, y: 245 }) as unknown as FaceBox['landmarks'],
    };
    expect(
      measureQuality(
        turned,
        filled(() => 100),
      ).turn,
    ).toBeCloseTo(0.4, 6);
  });

  it('does not change when the head is tilted: the nose is measured along the eyes', () => {
    const tilt = ({ x, y }: { x: number; y: number }) => ({
      x: 320 + (x - 320) * 0.8 - (y - 220) * 0.6,
      y: 220 + (x - 320) * 0.6 + (y - 220) * 0.8,
    });
    const tilted = { ...FACE, landmarks: FACE.landmarks.map(tilt) as unknown as FaceBox['landmarks'] };
    const { interEye, turn } = measureQuality(
      tilted,
      filled(() => 100),
    );
    expect([interEye, turn].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([50, 0]);
  });

  it('is its light and its sharpness, and neither of a flat or a black picture breaks it', () => {
    const flat = measureQuality(
      FACE,
      filled(() => 100),
    );
    expect(flat.luminance).toBeCloseTo(100, 3);
    expect(flat.sharpness).toBeCloseTo(0, 6);
    expect(
      measureQuality(
        FACE,
        filled(() => 0),
      ),
    ).toMatchObject({ luminance: 0, sharpness: 0 });
    const board = (size: number) =>
      measureQuality(
        FACE,
        filled((x, y) => ((Math.floor(x / size) + Math.floor(y / size)) % 2) * 200),
      );
    expect(board(1).sharpness).toBeGreaterThan(board(4).sharpness);
    expect(board(4).sharpness).toBeGreaterThan(CHECK_IN_LIMITS.minSharpness);
  });
});
