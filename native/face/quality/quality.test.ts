import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaceBox } from '../networks/detector.ts';
import type { Mesh } from '../networks/mesh.ts';
import { geometry } from './geometry.ts';
import { light } from './light.ts';
import { CAMERA_LIMITS, COMPONENTS, PHOTO_LIMITS } from './limits.ts';
import { noiseOf } from './noise.ts';
import { bareSkin } from './occlusion.ts';
import { firstFault, judgeQuality, type Values } from './report.ts';
import { scene } from './scene.ts';
import { judgeView } from './view.ts';

const SIDE = 128;
const PICTURE = { width: 640, height: 480, pixels: new Uint8Array(640 * 480 * 4) };
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
const GOOD: Values = {
  SingleFacePresent: 0,
  CropOfTheFaceImage: 1,
  InterEyeDistance: 60,
  HeadSize: 0.4,
  LuminanceMean: 120,
  UnderExposurePrevention: 1,
  OverExposurePrevention: 1,
  DynamicRange: 7,
  Noise: 1,
  HeadPoseYaw: 0,
  HeadPosePitch: 0,
  HeadPoseRoll: 0,
  Sharpness: 0.05,
  FaceOcclusionPrevention: 1,
  EyesOpen: 1,
  MouthClosed: 1,
  NaturalColour: 0,
};
const judged = (change: Values) => judgeQuality({ ...GOOD, ...change }, CAMERA_LIMITS);

describe('a quality report', () => {
  it('of a good picture passes in every component, in their order', () => {
    const report = judged({});
    expect(report.map(({ component }) => component)).toEqual(COMPONENTS);
    expect(report.every(({ verdict, advice }) => verdict === 'pass' && advice === undefined)).toBe(true);
    expect(firstFault(report)).toBeUndefined();
  });

  it.each([
    ['a second face', { SingleFacePresent: 0.41 }, 'several-faces'],
    ['a face half outside', { CropOfTheFaceImage: 0.6 }, 'face-cut-off'],
    ['a far face', { InterEyeDistance: 27 }, 'face-too-small'],
    ['a small head', { HeadSize: 0.05 }, 'face-too-small'],
    ['a face right before the lens', { HeadSize: 0.9 }, 'face-too-close'],
    ['darkness', { LuminanceMean: 39 }, 'too-dark'],
    ['glare', { LuminanceMean: 236 }, 'too-bright'],
    ['black shadows', { UnderExposurePrevention: 0.4 }, 'too-dark'],
    ['burnt out skin', { OverExposurePrevention: 0.4 }, 'too-bright'],
    ['fog', { DynamicRange: 2 }, 'light-flat'],
    ['a head turned left', { HeadPoseYaw: -40 }, 'face-turned'],
    ['a head turned right', { HeadPoseYaw: 40 }, 'face-turned'],
    ['a bowed head', { HeadPosePitch: 50 }, 'face-turned'],
    ['a head on the shoulder', { HeadPoseRoll: 36 }, 'head-tilted'],
    ['a shaken camera', { Sharpness: 0.003 }, 'face-blurred'],
    ['a mask', { FaceOcclusionPrevention: 0 }, 'face-covered'],
    ['closed eyes', { EyesOpen: 0.2 }, 'eyes-closed'],
    ['a yawn', { MouthClosed: 0.1 }, 'mouth-open'],
    ['a value that is no number', { HeadPoseYaw: Number.NaN }, 'face-turned'],
  ] as const)('fails for %s and says what to do', (_, change, advice) => {
    expect(firstFault(judged(change))).toBe(advice);
  });

  it('only warns of what can still be compared', () => {
    const report = judged({ NaturalColour: 60, HeadPoseRoll: -25, EyesOpen: 0.4, Noise: 12 });
    expect(firstFault(report)).toBeUndefined();
    const warned = report.flatMap(({ verdict, advice }) => (verdict === 'warn' ? [advice] : []));
    expect(warned).toEqual(['picture-noisy', 'head-tilted', 'eyes-closed', 'colour-unnatural']);
  });

  it('says first what a person mends first', () => {
    expect(firstFault(judged({ CropOfTheFaceImage: 0, LuminanceMean: 0, EyesOpen: 0 }))).toBe('face-cut-off');
    expect(firstFault(judged({ LuminanceMean: 0, EyesOpen: 0 }))).toBe('too-dark');
  });

  it('says nothing of what was not looked at', () => {
    expect(judgeQuality({ EyesOpen: 1 }, CAMERA_LIMITS)).toHaveLength(1);
  });

  it('judges any value by limits that contain each other', () => {
    for (const limits of [CAMERA_LIMITS, PHOTO_LIMITS]) {
      for (const { good, usable } of Object.values(limits)) {
        expect(usable[0]).toBeLessThanOrEqual(good[0]);
        expect(usable[1]).toBeGreaterThanOrEqual(good[1]);
      }
    }
    fc.assert(
      fc.property(fc.constantFrom(...COMPONENTS), fc.double(), (component, value) => {
        const [measure] = judgeQuality({ [component]: value }, CAMERA_LIMITS);
        return measure !== undefined && (measure.verdict === 'pass') === (measure.advice === undefined);
      }),
    );
  });
});

describe('what is measured', () => {
  it('of where a face is: size, tilt, how much is inside, and who is beside it', () => {
    expect(geometry([FACE], PICTURE)).toMatchObject({
      SingleFacePresent: 0,
      CropOfTheFaceImage: 1,
      InterEyeDistance: 50,
    });
    expect(geometry([FACE, { ...FACE, width: 50 }], PICTURE).SingleFacePresent).toBe(0.5);
    expect(geometry([{ ...FACE, x: -50 }], PICTURE).CropOfTheFaceImage).toBeCloseTo(0.5, 9);
    expect(geometry([{ ...FACE, x: -500 }], PICTURE).CropOfTheFaceImage).toBe(0);
    const right = { x: 345, y: 270 };
    const tilted = { ...FACE, landmarks: FACE.landmarks.with(1, right) as unknown as FaceBox['landmarks'] };
    expect(geometry([tilted], PICTURE).HeadPoseRoll).toBeCloseTo(45, 9);
    expect(geometry([], PICTURE)).toEqual({});
  });

  const filled = (grey: (x: number, y: number) => number): Float32Array =>
    Float32Array.from({ length: 3 * SIDE * SIDE }, (_, at) => grey(at % SIDE, Math.floor(at / SIDE) % SIDE));
  const board = (size: number) => filled((x, y) => ((Math.floor(x / size) + Math.floor(y / size)) % 2) * 200);

  it('of light: mean, shadows, glare, range and sharpness, and nothing breaks on flat pictures', () => {
    const flat = light(filled(() => 100));
    expect(flat.LuminanceMean).toBeCloseTo(100, 3);
    expect(flat).toMatchObject({ UnderExposurePrevention: 1, OverExposurePrevention: 1 });
    expect(flat.DynamicRange).toBeCloseTo(0, 6);
    expect(flat.Sharpness).toBeCloseTo(0, 6);
    expect(light(filled(() => 0)).UnderExposurePrevention).toBeCloseTo(0, 9);
    expect(light(filled(() => 255)).OverExposurePrevention).toBeCloseTo(0, 9);
    expect(light(board(2)).DynamicRange).toBeCloseTo(1, 6);
    expect(light(board(1)).Sharpness).toBeGreaterThan(light(board(4)).Sharpness as number);
  });

  it('of colour: skin is skin, grey and green are not', () => {
    const coloured = (red: number, green: number, blue: number) =>
      light(
        Float32Array.from(
          { length: 3 * SIDE * SIDE },
          (_, at) => [blue, green, red][Math.floor(at / SIDE / SIDE)] ?? 0,
        ),
      ).NaturalColour;
    const skins: readonly (readonly [number, number, number])[] = [
      [224, 172, 140],
      [141, 85, 60],
      [80, 50, 38],
    ];
    for (const skin of skins) expect(coloured(...skin)).toBeLessThan(3);
    expect(coloured(128, 128, 128)).toBeGreaterThan(5);
    expect(coloured(40, 200, 60)).toBeGreaterThan(40);
  });

  it('of a view with nobody in it: whether there is light, and anything sharp', () => {
    const { width, height } = PICTURE;
    const viewed = (grey: (x: number, y: number) => number) => {
      const pixels = Uint8Array.from({ length: width * height * 4 }, (_, at) =>
        grey((at >> 2) % width, Math.floor((at >> 2) / width)),
      );
      return judgeView({ width, height, pixels }).flatMap(({ advice }) => advice ?? []);
    };
    const stripes = (wide: number, low: number, high: number) => (x: number) => (x % (2 * wide) < wide ? low : high);
    expect(viewed(stripes(16, 80, 160))).toEqual([]);
    expect(viewed((x) => 120 + 40 * Math.sin(x / 30))).toEqual(['camera-blurred']);
    expect(viewed(stripes(16, 10, 50))).toEqual(['room-dark']);
    expect(viewed(stripes(16, 205, 255))).toEqual(['room-bright']);
  });

  it('of a scene: a covered lens has no contrast', () => {
    expect(scene(PICTURE)).toEqual({ mean: 0, contrast: 0 });
    const half = { ...PICTURE, pixels: PICTURE.pixels.map((_, at) => (at % 4 === 3 || at > 614_400 ? 255 : 0)) };
    expect(scene(half).mean).toBeCloseTo(127.5, 0);
    expect(scene(half).contrast).toBeCloseTo(127.5, 0);
  });
});

describe('noise', () => {
  const [width, height] = [320, 240];
  /** @param grey of each channel; `random` gives the same numbers each time */
  const viewed = (grey: (x: number, y: number, random: () => number) => number): number => {
    let state = 1;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const pixels = new Uint8Array(width * height * 4);
    for (let at = 0; at < width * height; at++)
      pixels.fill(Math.min(Math.max(grey(at % width, Math.floor(at / width), random), 0), 255), at * 4, at * 4 + 3);
    return noiseOf({ width, height, pixels });
  };
  /** The standard deviation of the sum of two even ones is the root of a sixth of their range. */
  const noise = (deviation: number, random: () => number): number =>
    (random() + random() - 1) * deviation * Math.sqrt(6);

  it.each([2, 4, 8, 16])(
    'of a deviation of %i is found to be nearly so much, on a wall and on a slope',
    (deviation) => {
      for (const slope of [0, 0.3]) {
        const found = viewed((x, _, random) => 80 + slope * x + noise(deviation, random));
        expect(found / deviation).toBeGreaterThan(0.85);
        expect(found / deviation).toBeLessThan(1.1);
      }
    },
  );

  it('is none of edges, of a slope, of a pattern in half of the picture', () => {
    expect(viewed((x, y) => (x % 20 < 10 ? 60 : 160) + (y % 30 < 15 ? 0 : 40))).toBeLessThan(0.1);
    expect(viewed((x, y) => 40 + 0.4 * x + 0.2 * y)).toBeLessThan(0.5);
    expect(viewed((x, y) => (x < 160 ? 120 : 60 + 120 * ((x + y) % 2)))).toBeLessThan(0.5);
  });

  it('is not looked for where nothing can be seen of it', () => {
    expect(viewed((x, _, random) => (x < 240 ? 255 : 120 + noise(8, random)))).toBeGreaterThan(6);
    expect(viewed(() => 0)).toBe(0);
    expect(noiseOf({ width: 4, height: 4, pixels: new Uint8Array(64) })).toBe(0);
  });
});

describe('bare skin', () => {
  /** A mesh whose lower points lie in the lower half of a picture and all others in the upper. */
  const LOWER = new Set([
    164, 18, 200, 199, 57, 287, 212, 432, 202, 422, 204, 424, 206, 426, 194, 418, 182, 406, 83, 313, 36, 266, 205, 425,
  ]);
  const mesh: Mesh = {
    points: Array.from({ length: 478 }, (_, i) => ({ x: 20 + (i % 40), y: LOWER.has(i) ? 60 : 20 })),
    depths: [],
    presence: 1,
  };
  const painted = (upper: readonly number[], lower: readonly number[]) => {
    const pixels = new Uint8Array(80 * 80 * 4);
    for (let at = 0; at < 80 * 80; at++) pixels.set([...(at < 80 * 40 ? upper : lower), 255], at * 4);
    return bareSkin({ width: 80, height: 80, pixels }, mesh);
  };
  const skin = [200, 150, 120] as const;

  it.each([
    ['the same skin', skin, 1],
    ['the same skin in shadow', [110, 82, 66], 1],
    ['a brown scarf', [110, 60, 30], 0],
    ['a blue mask', [150, 190, 215], 0],
    ['a white mask', [235, 235, 235], 0],
    ['a black scarf', [25, 25, 27], 0],
  ] as const)('below is %s', (_, lower, part) => {
    expect(painted(skin, lower)).toBe(part);
  });

  it('is skin too where the skin above lies in the shade of a brim, and no red scarf for that', () => {
    const shaded = [95, 82, 74] as const;
    expect(painted(shaded, skin)).toBe(1);
    expect(painted(shaded, [200, 60, 50])).toBe(0);
    expect(painted(shaded, [150, 150, 150])).toBe(0);
  });

  it('outside the picture is none', () => {
    expect(bareSkin({ width: 4, height: 4, pixels: new Uint8Array(64) }, mesh)).toBe(0);
  });
});
