import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hasFewPixels, PICTURE_MAX_PIXELS, pictureSize } from './picture-size.ts';

const drawn = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#456' } });

/** A PNG of one colour that is as large as it says: zeros, which pack to a thousandth. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (name: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(crc32(body), 4);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    return Buffer.concat([head, body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height));
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

describe('the size that a picture says it has', () => {
  it('is what a decoder finds, in every format there is', async () => {
    const [width, height] = [321, 77];
    const files = [
      drawn(width, height).png(),
      drawn(width, height).jpeg(),
      drawn(width, height)
        .jpeg({ progressive: true })
        .withExif({ IFD0: { Copyright: 'x'.repeat(5_000) } }),
      drawn(width, height).gif(),
      drawn(width, height).webp(),
      drawn(width, height).webp({ lossless: true }),
      drawn(width, height)
        .webp()
        .withExif({ IFD0: { Copyright: 'x' } }),
    ];
    const sizes = await Promise.all(files.map(async (file) => pictureSize(await file.toBuffer())));
    expect(sizes).toEqual(files.map(() => ({ width, height })));
  });

  it('is none where there is no picture, or it ends before it says it', async () => {
    expect(pictureSize(Buffer.from('<svg/>'))).toBeUndefined();
    for (const whole of [await drawn(9, 9).png().toBuffer(), await drawn(9, 9).jpeg().toBuffer()])
      for (let length = 0; length < 24; length += 1)
        expect(pictureSize(whole.subarray(0, length)), `${length}`).toBeUndefined();
  });

  it('is too much where a small file would be a billion pixels', () => {
    const bomb = pngOf(30_000, 30_000);
    expect(bomb.length).toBeLessThan(200_000);
    expect(pictureSize(bomb)).toEqual({ width: 30_000, height: 30_000 });
    expect(hasFewPixels(bomb)).toBe(false);
    expect(hasFewPixels(pngOf(4_000, 3_000))).toBe(true);
    expect(hasFewPixels(pngOf(PICTURE_MAX_PIXELS / 1000, 1_000))).toBe(true);
    expect(hasFewPixels(pngOf(PICTURE_MAX_PIXELS / 1000 + 1, 1_000))).toBe(false);
  });
});
