import sharp from 'sharp';
import type { Sha256 } from '../../../contract/ids.ts';
import { PICTURE_MAX_BYTES, pictureType } from '../../../contract/pictures.ts';
import { refuse } from './problems.ts';
import type { ReadRow } from './report.ts';

/** More than a screen has, and as much as one may be made to unpack. */
const MOST_PIXELS = 40_000_000;

/** The rows as they are, but for those with a picture that no browser would show whole: they are rejected. */
export async function withReadablePictures(rows: readonly ReadRow[]): Promise<readonly ReadRow[]> {
  const all = new Map<Sha256, Uint8Array>();
  for (const { reading } of rows) if (reading.ok) for (const [hash, bytes] of reading.pictures) all.set(hash, bytes);
  const bad = new Set<Sha256>();
  for (const [hash, bytes] of all) if (!(await isReadable(bytes))) bad.add(hash);
  if (bad.size === 0) return rows;
  return rows.map((row) => {
    const { reading } = row;
    const spoilt = reading.ok && [...reading.pictures.keys()].some((hash) => bad.has(hash));
    return spoilt ? { ...row, reading: refuse('picture-unreadable') } : row;
  });
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
