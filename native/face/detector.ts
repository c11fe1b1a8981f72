import type * as ort from 'onnxruntime-node';
import { type Picture, type Point, resizeToBgr } from './pixels.ts';
import { floatsOf, pictureTensor } from './tensors.ts';

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

/** YuNet. Tries the cheap scale first and others only where it found nobody. Largest face first. */
export async function detectFaces(session: ort.InferenceSession, picture: Picture): Promise<readonly FaceBox[]> {
  for (const longSide of SCALES) {
    const faces = await detectAtScale(session, picture, longSide / Math.max(picture.width, picture.height));
    if (faces.length > 0) return faces;
  }
  return [];
}

async function detectAtScale(session: ort.InferenceSession, picture: Picture, scale: number) {
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const padWidth = Math.ceil(width / 32) * 32;
  const padHeight = Math.ceil(height / 32) * 32;
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  const input = pictureTensor(resizeToBgr(picture, whole, width, height, padWidth, padHeight), padHeight, padWidth);
  const output = await session.run({ input });
  const faces = STRIDES.flatMap((stride) => decode(output, stride, padWidth / stride, scale));
  return withoutOverlaps(faces).sort((p, q) => q.width * q.height - p.width * p.height);
}

function decode(
  output: ort.InferenceSession.OnnxValueMapType,
  stride: number,
  columns: number,
  scale: number,
): FaceBox[] {
  const values = (name: string) => floatsOf(output, `${name}_${stride}`);
  const [cls, obj, bbox, kps] = [values('cls'), values('obj'), values('bbox'), values('kps')];
  const faces: FaceBox[] = [];
  for (let row = 0; row < cls.length; row++) {
    const score = Math.sqrt(unit(cls[row] as number) * unit(obj[row] as number));
    // Written so that a NaN from the network is no face.
    if (!(score >= SCORE)) continue;
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

/** Greedy non-maximum suppression. */
function withoutOverlaps(faces: readonly FaceBox[]): FaceBox[] {
  const kept: FaceBox[] = [];
  for (const face of [...faces].sort((p, q) => q.score - p.score)) {
    if (kept.every((other) => overlap(face, other) <= OVERLAP)) kept.push(face);
  }
  return kept;
}

function overlap(p: FaceBox, q: FaceBox): number {
  const width = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x);
  const height = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (p.width * p.height + q.width * q.height - shared);
}

const unit = (value: number): number => Math.min(Math.max(value, 0), 1);
