import { withoutOverlaps } from '../picture/boxes.ts';
import { type Picture, type Point, resizeToBgr } from '../picture/pixels.ts';
import { type Network, type Outputs, planes, valuesOf } from './network.ts';
import { withScratch } from './scratch.ts';

/** Right and left are the picture's, not the person's. */
export type Landmarks = readonly [leftEye: Point, rightEye: Point, nose: Point, leftMouth: Point, rightMouth: Point];
export type FaceBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly score: number;
  readonly landmarks: Landmarks;
};

const STRIDES = [8, 16, 32] as const;
const SCORE = 0.7;
const OVERLAP = 0.3;
/** Long side of the picture as the network sees it. Small is fast and finds faces that fill the frame; large finds far ones. */
const SCALES = [320, 640, 160] as const;

/**
 * YuNet. Tries the cheap scale first and others only where it found nobody. Largest face first.
 * @param beside how sure it must be of a smaller face where it is sure of one already
 */
export async function detectFaces(network: Network, picture: Picture, beside = SCORE): Promise<readonly FaceBox[]> {
  for (const longSide of SCALES) {
    const scale = longSide / Math.max(picture.width, picture.height);
    const faces = await detectAtScale(network, picture, scale, beside);
    if (faces.length > 0) return faces;
  }
  return [];
}

/**
 * For who else may be there. In bad light a second person, farther off and with the head turned, comes to 0.5 to 0.7; of 66
 * pictures of people at work, edited in 32 ways, one has a second face of that width at all.
 */
export const SECOND_FACE = 0.5;

async function detectAtScale(network: Network, picture: Picture, scale: number, beside: number) {
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const padWidth = Math.ceil(width / 32) * 32;
  const padHeight = Math.ceil(height / 32) * 32;
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  const output = await withScratch(3 * padWidth * padHeight, (out) =>
    network(resizeToBgr(picture, whole, width, height, padWidth, padHeight, { out }), planes(padHeight, padWidth)),
  );
  const found = STRIDES.flatMap((stride) => decode(output, stride, padWidth / stride, scale, beside)).filter(
    isSomewhere,
  );
  const faces = withoutOverlaps(found, OVERLAP).sort((p, q) => q.width * q.height - p.width * p.height);
  const first = faces.findIndex(({ score }) => score >= SCORE);
  return first < 0 ? [] : faces.slice(first);
}

function decode(output: Outputs, stride: number, columns: number, scale: number, least: number): FaceBox[] {
  const values = (name: string) => valuesOf(output, `${name}_${stride}`);
  const [cls, obj, bbox, kps] = [values('cls'), values('obj'), values('bbox'), values('kps')];
  const faces: FaceBox[] = [];
  for (let row = 0; row < cls.length; row++) {
    // Nearly every place has no face: the root is taken of the others only. Written so that a NaN from the network is no face.
    if (!(unit(cls[row] as number) * unit(obj[row] as number) >= least * least)) continue;
    const score = Math.sqrt(unit(cls[row] as number) * unit(obj[row] as number));
    const column = row % columns;
    const line = Math.floor(row / columns);
    const box = (i: number) => bbox[row * 4 + i] as number;
    const width = (Math.exp(box(2)) * stride) / scale;
    const height = (Math.exp(box(3)) * stride) / scale;
    const point = (k: number): Point => ({
      x: (((kps[row * 10 + 2 * k] as number) + column) * stride) / scale,
      y: (((kps[row * 10 + 2 * k + 1] as number) + line) * stride) / scale,
    });
    faces.push({
      x: ((column + box(0)) * stride) / scale - width / 2,
      y: ((line + box(1)) * stride) / scale - height / 2,
      width,
      height,
      score,
      landmarks: [point(0), point(1), point(2), point(3), point(4)],
    });
  }
  return faces;
}

/** Numbers everywhere, and a size: anything else the network did not mean as a face. */
const isSomewhere = ({ x, y, width, height, landmarks }: FaceBox): boolean =>
  [x, y, width, height, ...landmarks.flatMap((point) => [point.x, point.y])].every(Number.isFinite) &&
  width > 0 &&
  height > 0;

const unit = (value: number): number => Math.min(Math.max(value, 0), 1);
