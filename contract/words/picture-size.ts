import { pictureType } from './pictures.ts';

/** In pixels, as the head of the file says it. */
export type PictureSize = { readonly width: number; readonly height: number };

/**
 * What any picture stays under that is taken in: a photo of a phone has 12 million. A few kilobytes can say that they are a
 * billion, and whoever shows or decodes that has four bytes for each of them.
 */
export const PICTURE_MAX_PIXELS = 40_000_000;
/** A photo of a person is shown nowhere as it came: it is decoded once, and made small. */
export const PHOTO_MAX_PIXELS = 50_000_000;

/** How large a picture says that it is, without decoding any of it; nothing where it is none, or does not say it. */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const type = pictureType(bytes);
  const size = type && READERS[type](bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

/** Whether everybody who has to show it can: it says how large it is, and that is no more than {@link PICTURE_MAX_PIXELS}. */
export const hasFewPixels = (bytes: Uint8Array): boolean =>
  pictureSize(bytes) !== undefined && !saysTooMuch(bytes, PICTURE_MAX_PIXELS);

/** Whether it says that it has more pixels than this. */
export function saysTooMuch(bytes: Uint8Array, most: number): boolean {
  const size = pictureSize(bytes);
  return size !== undefined && size.width * size.height > most;
}

type Read = (bytes: Uint8Array, view: DataView) => PictureSize | undefined;

const READERS = {
  'image/png': png,
  'image/jpeg': jpeg,
  'image/gif': gif,
  'image/webp': webp,
} as const satisfies Record<string, Read>;

/** IHDR is the first chunk. */
function png(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  if (bytes.length < 24) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  if (bytes.length < 10) return undefined;
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** From segment to segment up to the one that begins the frame (ITU T.81, B.2.2). */
function jpeg(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    // The picture itself, or its end, and no frame was begun.
    else if (marker === 0xd9 || marker === 0xda) return undefined;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return undefined;
}

/** C4, C8 and CC between them are tables and arithmetic conditioning. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Lossy, lossless, or extended: the canvas that all of its frames lie on. */
function webp(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  if (bytes.length < 30) return undefined;
  const kind = String.fromCharCode(...bytes.subarray(12, 16));
  const three = (at: number): number => view.getUint16(at, true) + ((bytes[at + 2] as number) << 16);
  if (kind === 'VP8X') return { width: three(24) + 1, height: three(27) + 1 };
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
