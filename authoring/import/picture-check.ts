import sharp from 'sharp';
import type { Sha256 } from '../../contract/words/ids.ts';
import { PICTURE_MAX_BYTES, pictureType } from '../../contract/words/pictures.ts';
import type { PictureBytes } from './passage.ts';

/** More than a screen has, and as much as one may be made to unpack. */
const MOST_PIXELS = 40_000_000;

/** Says of pictures whether every browser shows all of them whole; each is looked at once. */
export function openPictureCheck(): (pictures: PictureBytes) => Promise<boolean> {
  const known = new Map<Sha256, boolean>();
  return async (pictures) => {
    for (const [hash, bytes] of pictures) {
      const readable = known.get(hash) ?? (await isReadable(bytes));
      known.set(hash, readable);
      if (!readable) return false;
    }
    return true;
  };
}

/** To the last line: a picture that was cut off begins like any other. */
async function isReadable(bytes: Uint8Array): Promise<boolean> {
  if (bytes.length > PICTURE_MAX_BYTES || !pictureType(bytes)) return false;
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'truncated' })
    .raw()
    .toBuffer()
    .then(
      () => true,
      () => false,
    );
}
