import sharp from 'sharp';
import type { Film, Moment } from '../../native/presentation-attacks/index.ts';

/** At rest twice, a turn that begins, the turn, a blink. */
const MOMENTS: readonly Moment[] = [
  { at: 0, askedFor: 0 },
  { at: 900, askedFor: 900 },
  { at: 2_000, asked: 'turn-left', askedFor: 300 },
  { at: 2_600, asked: 'turn-left', askedFor: 900 },
  { at: 4_000, asked: 'blink', askedFor: 700 },
];
const SIZE = { width: 192, height: 144 } as const;

/** Some pictures of a film beside each other, as a JPEG. */
export async function stripOf(film: Film): Promise<Buffer> {
  const pictures = (await Promise.all(MOMENTS.map(film))).flatMap((picture) => picture ?? []);
  const small = pictures.map(({ width, height, pixels }) =>
    sharp(pixels, { raw: { width, height, channels: 4 } })
      .removeAlpha()
      .resize(SIZE.width, SIZE.height)
      .png()
      .toBuffer(),
  );
  const beside = (await Promise.all(small)).map((input, n) => ({ input, left: n * SIZE.width, top: 0 }));
  const canvas = { width: SIZE.width * beside.length, height: SIZE.height, channels: 3, background: '#fff' } as const;
  return sharp({ create: canvas }).composite(beside).jpeg({ quality: 72 }).toBuffer();
}
