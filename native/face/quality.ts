import type { Reason } from '../../contract/reasons.ts';
import type { FaceBox } from './detector.ts';
import type { Picture } from './pixels.ts';

export type Quality = {
  /** Pixels between the eyes. */
  readonly interEye: number;
  /** How far the nose is from the middle of the eyes, in eye distances; 0 is frontal, about 0.5 a half profile. */
  readonly turn: number;
  /** Mean luminance of the aligned face, 0..255. */
  readonly luminance: number;
  /** Mean absolute Laplacian over mean luminance of the aligned face: low is blurred. */
  readonly sharpness: number;
};

export type QualityLimits = {
  readonly minInterEye: number;
  readonly maxTurn: number;
  readonly minLuminance: number;
  readonly maxLuminance: number;
  readonly minSharpness: number;
};

export const CHECK_IN_LIMITS: QualityLimits = {
  minInterEye: 28,
  maxTurn: 0.38,
  minLuminance: 40,
  maxLuminance: 235,
  minSharpness: 0.008,
};

const SIDE = 128;
/** Central part of the aligned square: skin, eyes and mouth without hair and background. */
const [FROM, TO] = [24, 104];

/** @param aligned planar BGR, 3 x 128 x 128, as `alignFace` gives it */
export function measureQuality(face: FaceBox, aligned: Float32Array): Quality {
  const [left, right, nose] = face.landmarks;
  const interEye = Math.hypot(right.x - left.x, right.y - left.y);
  const axis = { x: (right.x - left.x) / interEye, y: (right.y - left.y) / interEye };
  const middle = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  const turn = Math.abs((nose.x - middle.x) * axis.x + (nose.y - middle.y) * axis.y) / interEye;
  return { interEye, turn, ...light(aligned) };
}

function light(aligned: Float32Array): { luminance: number; sharpness: number } {
  const plane = SIDE * SIDE;
  const grey = (at: number) =>
    0.114 * (aligned[at] as number) +
    0.587 * (aligned[plane + at] as number) +
    0.299 * (aligned[2 * plane + at] as number);
  let sum = 0;
  let edges = 0;
  for (let v = FROM; v < TO; v++) {
    for (let u = FROM; u < TO; u++) {
      const at = v * SIDE + u;
      const centre = grey(at);
      sum += centre;
      edges += Math.abs(4 * centre - grey(at - 1) - grey(at + 1) - grey(at - SIDE) - grey(at + SIDE));
    }
  }
  const count = (TO - FROM) ** 2;
  return { luminance: sum / count, sharpness: edges / Math.max(sum, 1) };
}

/** The first thing that keeps this face from being compared, in the order a person would mend it; or nothing. */
export function qualityReason(
  face: FaceBox,
  quality: Quality,
  picture: Picture,
  limits: QualityLimits,
): Reason | undefined {
  if (isCutOff(face, picture)) return 'face-cut-off';
  if (quality.interEye < limits.minInterEye) return 'face-too-small';
  if (face.height > picture.height * 0.85) return 'face-too-close';
  if (quality.luminance < limits.minLuminance) return 'too-dark';
  if (quality.luminance > limits.maxLuminance) return 'too-bright';
  if (quality.turn > limits.maxTurn) return 'face-turned';
  if (quality.sharpness < limits.minSharpness) return 'face-blurred';
  return undefined;
}

function isCutOff(face: FaceBox, picture: Picture): boolean {
  const slack = face.width * 0.1;
  return (
    face.x < -slack ||
    face.y < -slack ||
    face.x + face.width > picture.width + slack ||
    face.y + face.height > picture.height + slack
  );
}
