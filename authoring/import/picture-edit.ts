import sharp from 'sharp';
import { hasFewPixels, PICTURE_MAX_PIXELS } from '../../contract/words/picture-size.ts';
import { type Pixels, pngOf } from './png.ts';

/** Parts of its width and height that are cut off at each side, 0..1; below 0, a margin that is put there. */
export type Crop = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** What a program does to a picture before it shows it, in this order. */
export type PictureEdit = {
  readonly crop: Crop;
  readonly mirrored: boolean;
  readonly upsideDown: boolean;
  /** Right angles, clockwise, 0..3. */
  readonly turns: number;
};

export const WHOLE: PictureEdit = {
  crop: { left: 0, top: 0, right: 0, bottom: 0 },
  mirrored: false,
  upsideDown: false,
  turns: 0,
};

/**
 * The picture as it is seen, as PNG: the same bytes on every machine, as they name it. Nothing where it cannot be
 * decoded, nothing of it is left, or it would be too large: whoever looks at it next refuses it.
 */
export async function edited(bytes: Uint8Array, edit: PictureEdit): Promise<Uint8Array> {
  if (!hasFewPixels(bytes)) return NOTHING;
  const decoded = await decode(bytes);
  const size = decoded && seenSize(decoded, edit);
  if (!size || size.width * size.height > MOST_PIXELS) return NOTHING;
  return pngOf(seen(decoded, edit));
}

/** As PNG, a photo with more would be larger than a picture may be; and whoever waits for it waits a second for each. */
const MOST_PIXELS = 6_000_000;

/** No picture: it is `picture-unreadable`. */
const NOTHING = new Uint8Array();

async function decode(bytes: Uint8Array): Promise<Pixels | undefined> {
  try {
    const image = sharp(bytes, { limitInputPixels: PICTURE_MAX_PIXELS, failOn: 'truncated' });
    const { data, info } = await image.toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch {
    return undefined;
  }
}

type Frame = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What is left of a picture, in its own pixels. */
function frameOf({ width, height }: Pick<Pixels, 'width' | 'height'>, { left, top, right, bottom }: Crop): Frame {
  const [x, y] = [Math.round(left * width), Math.round(top * height)];
  return { x, y, width: width - Math.round(right * width) - x, height: height - Math.round(bottom * height) - y };
}

function seenSize(pixels: Pixels, { crop }: PictureEdit): Frame | undefined {
  const frame = frameOf(pixels, crop);
  return frame.width > 0 && frame.height > 0 ? frame : undefined;
}

/** Pixel by pixel: nothing is blurred, and whoever does it backwards has the picture again. */
export function seen(pixels: Pixels, { crop, mirrored, upsideDown, turns }: PictureEdit): Pixels {
  const frame = frameOf(pixels, crop);
  const [width, height] = turns % 2 === 0 ? [frame.width, frame.height] : [frame.height, frame.width];
  const from = new DataView(pixels.data.buffer, pixels.data.byteOffset, pixels.data.byteLength);
  const data = new Uint8Array(width * height * 4);
  const to = new DataView(data.buffer);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [turnedX, turnedY] = beforeTurns(x, y, width, height, turns);
      const sourceX = frame.x + (mirrored ? frame.width - 1 - turnedX : turnedX);
      const sourceY = frame.y + (upsideDown ? frame.height - 1 - turnedY : turnedY);
      const isIn = sourceX >= 0 && sourceY >= 0 && sourceX < pixels.width && sourceY < pixels.height;
      if (isIn) to.setUint32((y * width + x) * 4, from.getUint32((sourceY * pixels.width + sourceX) * 4));
    }
  return { width, height, data };
}

/** Where a pixel was before the picture was turned. */
function beforeTurns(x: number, y: number, width: number, height: number, turns: number): readonly [number, number] {
  if (turns === 1) return [y, width - 1 - x];
  if (turns === 2) return [width - 1 - x, height - 1 - y];
  return turns === 3 ? [height - 1 - y, x] : [x, y];
}
