import sharp from 'sharp';
import type { Picture } from '../../../native/face/index.ts';

/** Enough to know a face and see what is held before it. */
const [WIDEST, QUALITY] = [480, 70];

/** A frame as a small JPEG; encoded beside, not on, the thread that answers the page. */
export const toJpeg = ({ width, height, pixels }: Picture): Promise<Uint8Array> =>
  sharp(pixels, { raw: { width, height, channels: 4 } })
    .resize({ width: WIDEST, withoutEnlargement: true })
    .jpeg({ quality: QUALITY })
    .toBuffer();
