import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../../contract/words/reasons.ts';
import { decodeStill, type Picture } from '../index.ts';

const [RED, BLUE] = [
  { r: 220, g: 20, b: 30 },
  { r: 20, g: 30, b: 220 },
];

/** A picture with a red left and a blue right half. */
function halves(width = 80, height = 40) {
  const right = { create: { width: width / 2, height, channels: 3 as const, background: BLUE } };
  return sharp({ create: { width, height, channels: 3, background: RED } }).composite([
    { input: right, left: width / 2, top: 0 },
  ]);
}
const colourAt = ({ width, pixels }: Picture, x: number, y: number): string => {
  const [r = 0, , b = 0] = pixels.subarray((y * width + x) * 4);
  return r > b ? 'red' : 'blue';
};
/** A picture, or the refusal; anything else fails the test. */
async function outcomeOf(bytes: Uint8Array): Promise<Picture | string> {
  try {
    const picture = await decodeStill(bytes);
    expect(picture.pixels).toHaveLength(picture.width * picture.height * 4);
    return picture;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}
const pictureOf = async (bytes: Uint8Array): Promise<Picture> => {
  const outcome = await outcomeOf(bytes);
  if (typeof outcome === 'string') throw new Error(`refused: ${outcome}`);
  return outcome;
};

describe('a photo', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff', 'gif'] as const)('as %s becomes its pixels', async (format) => {
    const picture = await pictureOf(await halves().toFormat(format).toBuffer());
    expect([picture.width, picture.height]).toEqual([80, 40]);
    expect([colourAt(picture, 10, 20), colourAt(picture, 70, 20)]).toEqual(['red', 'blue']);
  });

  it.each([
    [1, 'red left', [80, 40], [10, 20]],
    [3, 'red right', [80, 40], [70, 20]],
    [6, 'red top', [40, 80], [20, 10]],
    [8, 'red bottom', [40, 80], [20, 70]],
    [2, 'red right, mirrored', [80, 40], [70, 20]],
  ] as const)('with EXIF orientation %i is turned upright: %s', async (orientation, _, size, [x, y]) => {
    const picture = await pictureOf(await halves().jpeg().withMetadata({ orientation }).toBuffer());
    expect([picture.width, picture.height]).toEqual(size);
    expect(colourAt(picture, x, y)).toBe('red');
    expect(colourAt(picture, size[0] - 1 - x, size[1] - 1 - y)).toBe('blue');
  });

  it('is made no larger than 1280 on its long side, keeps its shape, and is not made larger', async () => {
    const large = await pictureOf(await halves(3000, 1000).jpeg().toBuffer());
    expect([large.width, large.height]).toEqual([1280, 427]);
    const small = await pictureOf(await halves(20, 10).png().toBuffer());
    expect([small.width, small.height]).toEqual([20, 10]);
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['in CMYK', () => halves().toColourspace('cmyk').jpeg().toBuffer()],
    ['with 16 bits a channel', () => halves().toColourspace('rgb16').png().toBuffer()],
    ['with transparency', () => halves().ensureAlpha(0.5).png().toBuffer()],
    ['as a progressive JPEG', () => halves().jpeg({ progressive: true }).toBuffer()],
    ['with a palette', () => halves().png({ palette: true }).toBuffer()],
  ])('%s has the same colours', async (_, make) => {
    const picture = await pictureOf(await make());
    expect([colourAt(picture, 10, 20), colourAt(picture, 70, 20)]).toEqual(['red', 'blue']);
  });

  it.each(['b-w', 'grey16'])('in grey (%s) has four channels all the same', async (space) => {
    const { pixels } = await pictureOf(await halves().toColourspace(space).png().toBuffer());
    const [r, g, b, alpha] = pixels;
    expect([g, b, alpha]).toEqual([r, r, 255]);
  });

  it('of one pixel is one pixel', async () => {
    const dot = await pictureOf(
      await sharp({ create: { width: 1, height: 1, channels: 3, background: RED } })
        .png()
        .toBuffer(),
    );
    expect([dot.width, dot.height, dot.pixels.length]).toEqual([1, 1, 4]);
  });

  it('that moves is its first picture', async () => {
    const frames = await Promise.all(
      [RED, BLUE].map((background) =>
        sharp({ create: { width: 16, height: 16, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const picture = await pictureOf(moving);
    expect([picture.width, picture.height, colourAt(picture, 8, 8)]).toEqual([16, 16, 'red']);
  });

  it('has memory of its own, which can move to another thread', async () => {
    const { pixels } = await pictureOf(await halves(16, 16).png().toBuffer());
    expect(pixels.byteLength).toBe(pixels.buffer.byteLength);
    structuredClone(pixels, { transfer: [pixels.buffer as ArrayBuffer] });
    expect(pixels.byteLength).toBe(0);
  });
});

describe('what is no photo is refused as photo-unreadable', () => {
  let photo: Buffer;
  beforeAll(async () => {
    const noise = { type: 'gaussian' as const, mean: 120, sigma: 40 };
    photo = await sharp({ create: { width: 320, height: 240, channels: 3, background: RED, noise } })
      .jpeg()
      .toBuffer();
  });

  it.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['text', () => Buffer.from('not a photo')],
    ['garbage', () => randomBytes(5_000)],
    ['the head of a JPEG', () => photo.subarray(0, 100)],
    ['half a JPEG', () => photo.subarray(0, photo.length / 2)],
    ['a JPEG cut short by a tenth', () => photo.subarray(0, photo.length * 0.9)],
    ['a ZIP file', () => Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(500)])],
    ['a drawing (SVG)', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a page (PDF)', () => Buffer.from('%PDF-1.7\n')],
    ['a grid of numbers (PPM)', () => Buffer.from('P3 1 1 255 9 9 9\n')],
  ])('%s', async (_, bytes) => {
    expect(await outcomeOf(bytes())).toBe('photo-unreadable');
  });

  it('a picture of more than fifty million pixels, however small its file', async () => {
    const huge = await sharp({ create: { width: 10_000, height: 5_001, channels: 3, background: RED } })
      .png()
      .toBuffer();
    expect(huge.length).toBeLessThan(1_000_000);
    expect(await outcomeOf(huge)).toBe('photo-unreadable');
  });

  it('or becomes a picture: any bytes changed in a photo never do anything else', async () => {
    const change = fc.tuple(fc.nat(), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (changes) => {
        const bytes = Uint8Array.from(photo);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const outcome = await outcomeOf(bytes);
        expect(typeof outcome === 'string' ? outcome : 'picture').toMatch(/^(picture|photo-unreadable)$/);
      }),
      { numRuns: 60 },
    );
  });
});
