import sharp from 'sharp';
import type { Sha256 } from '../../contract/words/ids.ts';
import { hasFewPixels, PICTURE_MAX_PIXELS } from '../../contract/words/picture-size.ts';
import { PICTURE_MAX_BYTES } from '../../contract/words/pictures.ts';
import type { PictureBytes } from './passage.ts';

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
  if (bytes.length > PICTURE_MAX_BYTES || !hasFewPixels(bytes)) return false;
  return sharp(bytes, { limitInputPixels: PICTURE_MAX_PIXELS, failOn: 'truncated' })
    .raw()
    .toBuffer()
    .then(
      () => true,
      () => false,
    );
}
