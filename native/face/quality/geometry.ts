import type { FaceBox } from '../networks/detector.ts';
import type { Picture } from '../picture/pixels.ts';
import type { Values } from './report.ts';

/** Where the face is, how large, and how upright; costs nothing. */
export function geometry(faces: readonly FaceBox[], picture: Picture): Values {
  const [face, second] = faces;
  if (!face) return {};
  const [left, right] = face.landmarks;
  return {
    SingleFacePresent: (second?.width ?? 0) / face.width,
    CropOfTheFaceImage: partInside(face, picture),
    InterEyeDistance: Math.hypot(right.x - left.x, right.y - left.y),
    HeadSize: face.height / picture.height,
    HeadPoseRoll: (Math.atan2(right.y - left.y, right.x - left.x) * 180) / Math.PI,
  };
}

function partInside({ x, y, width, height }: FaceBox, picture: Picture): number {
  const across = Math.min(x + width, picture.width) - Math.max(x, 0);
  const down = Math.min(y + height, picture.height) - Math.max(y, 0);
  return (Math.max(across, 0) * Math.max(down, 0)) / (width * height);
}
