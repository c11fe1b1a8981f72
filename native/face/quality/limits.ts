import type { Reason } from '../../../contract/words/reasons.ts';

/**
 * What is judged of a face picture, in the terms of ISO/IEC 29794-5 as OFIQ names them. The order is the one in which a
 * person would mend things: the first that fails is the advice on the screen.
 */
export const COMPONENTS = [
  'SingleFacePresent',
  'CropOfTheFaceImage',
  'InterEyeDistance',
  'HeadSize',
  'LuminanceMean',
  'UnderExposurePrevention',
  'OverExposurePrevention',
  'DynamicRange',
  'Noise',
  'HeadPoseYaw',
  'HeadPosePitch',
  'HeadPoseRoll',
  'Sharpness',
  'FaceOcclusionPrevention',
  'EyesOpen',
  'MouthClosed',
  'NaturalColour',
] as const;
export type Component = (typeof COMPONENTS)[number];

type Range = readonly [low: number, high: number];
/** What a component's value means: `good` passes, `usable` passes with a warning, anything else fails. */
export type Limit = {
  readonly unit: string;
  readonly good: Range;
  readonly usable: Range;
  /** What to do below and above what is good. */
  readonly advice: readonly [low: Reason, high: Reason];
};
export type Limits = Readonly<Record<Component, Limit>>;

const MOST = Number.MAX_VALUE;
const limit = (unit: string, good: Range, usable: Range, low: Reason, high: Reason = low): Limit => ({
  ...{ unit, good, usable },
  advice: [low, high],
});
const degrees = (good: number, usable: number, advice: Reason): Limit =>
  limit('degrees', [-good, good], [-usable, usable], advice);

/**
 * For a frame of the camera at check-in and during an exam: what the networks were seen to cope with, and no more asked of
 * a tired person than that.
 */
export const CAMERA_LIMITS: Limits = {
  SingleFacePresent: limit('width of the second face over the first', [0, 0.2], [0, 0.4], 'several-faces'),
  CropOfTheFaceImage: limit('part of the face inside', [0.99, 1.01], [0.8, 1.01], 'face-cut-off'),
  InterEyeDistance: limit('pixels', [40, MOST], [28, MOST], 'face-too-small'),
  HeadSize: limit(
    'height of the face over the picture’s',
    [0.18, 0.75],
    [0.08, 0.85],
    'face-too-small',
    'face-too-close',
  ),
  LuminanceMean: limit('0 to 255', [60, 200], [40, 235], 'too-dark', 'too-bright'),
  UnderExposurePrevention: limit('part not black', [0.85, 1.01], [0.5, 1.01], 'too-dark'),
  OverExposurePrevention: limit('part not white', [0.85, 1.01], [0.5, 1.01], 'too-bright'),
  DynamicRange: limit('bits', [5, 8], [3, 8], 'light-flat'),
  Noise: limit('grey values', [0, 3], [0, MOST], 'picture-noisy'),
  HeadPoseYaw: degrees(20, 35, 'face-turned'),
  HeadPosePitch: degrees(30, 48, 'face-turned'),
  HeadPoseRoll: degrees(20, 35, 'head-tilted'),
  Sharpness: limit('edges over light', [0.012, MOST], [0.004, MOST], 'face-blurred'),
  FaceOcclusionPrevention: limit('part that is skin', [0.5, 1], [0.2, 1], 'face-covered'),
  EyesOpen: limit('0 to 1', [0.45, 1], [0.3, 1], 'eyes-closed'),
  MouthClosed: limit('0 to 1', [0.7, 1], [0.3, 1], 'mouth-open'),
  NaturalColour: limit('distance from skin in Lab', [0, 12], [0, MOST], 'colour-unnatural'),
};

/** For a reference photo, which is taken once and compared for years: more is warned of, hardly more refused. */
export const PHOTO_LIMITS: Limits = {
  ...CAMERA_LIMITS,
  InterEyeDistance: limit('pixels', [60, MOST], [20, MOST], 'face-too-small'),
  HeadSize: limit(CAMERA_LIMITS.HeadSize.unit, [0.3, 0.8], [0.08, 1.1], 'face-too-small', 'face-too-close'),
  HeadPoseYaw: degrees(10, 35, 'face-turned'),
  HeadPosePitch: degrees(20, 48, 'face-turned'),
  HeadPoseRoll: degrees(8, 35, 'head-tilted'),
  Sharpness: limit(CAMERA_LIMITS.Sharpness.unit, [0.012, MOST], [0.008, MOST], 'face-blurred'),
  FaceOcclusionPrevention: limit(CAMERA_LIMITS.FaceOcclusionPrevention.unit, [0.5, 1], [0.06, 1], 'face-covered'),
  MouthClosed: limit('0 to 1', [0.85, 1], [0.3, 1], 'mouth-open'),
};

/**
 * For a whole picture before anybody sits down. Of 23 feeds every one is sharper than 0.0128 as it is, and 21 are below 0.011
 * once they are blurred by three pixels, whatever is in them.
 */
export const VIEW_LIMITS: Limits = {
  ...CAMERA_LIMITS,
  LuminanceMean: limit('0 to 255', [60, 200], [40, 235], 'room-dark', 'room-bright'),
  Sharpness: limit('edges over light', [0.011, MOST], [0.008, MOST], 'camera-blurred'),
};
