import sharp from 'sharp';
import { PHOTO_MAX_PIXELS } from '../../../contract/words/picture-size.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import type { Picture } from './pixels.ts';

// Photos only: a decoder that is never run (SVG, PDF, HEIF and what else libvips knows) cannot be attacked.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff'].map((name) => `VipsForeignLoad${name}`) });

const LONG_SIDE = 1280;

/**
 * A photo file (JPEG, PNG, WebP, GIF, TIFF) as RGBA pixels, turned upright by its EXIF orientation and at most 1280 pixels on its long side.
 * @throws Refusal `photo-unreadable`
 */
export async function decodeStill(bytes: Uint8Array): Promise<Picture> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: PHOTO_MAX_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ width: LONG_SIDE, height: LONG_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    // Its own memory: the decoder's cannot move to another thread.
    return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
  } catch (error) {
    throw new Refusal('photo-unreadable', error instanceof Error ? error.message : undefined);
  }
}
