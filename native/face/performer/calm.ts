import type { FaceEngine } from '../engine/engine.ts';
import type { Signs } from '../engine/observation.ts';
import type { Picture } from '../picture/pixels.ts';

/** Pictures of which somebody looks straight at the camera, mouth shut and eyes open, at most so many spread over a clip. */
export async function calmPictures(
  engine: Pick<FaceEngine, 'observe'>,
  clip: readonly Picture[],
  most: number,
): Promise<readonly Picture[]> {
  const calm: Picture[] = [];
  for (const picture of clip) {
    // What is looked at moves away.
    const { person, signs } = await engine.observe({ ...picture, pixels: picture.pixels.slice() });
    if (person && signs && isStraight(signs)) calm.push(picture);
  }
  const step = Math.max(1, calm.length / most);
  return calm.filter((_, n) => Math.floor(n / step) !== Math.floor((n - 1) / step));
}

const isStraight = ({ yaw, pitch, eyesOpen, mouthOpen }: Signs): boolean =>
  Math.abs(yaw) <= 12 && Math.abs(pitch) <= 25 && eyesOpen >= 0.5 && mouthOpen <= 0.2;
