import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../proof/index.ts';
import { edited, type PictureEdit, seen, WHOLE } from './picture-edit.ts';
import { type Pixels, pngOf } from './png.ts';

/** Pixels named by letters, a row a word. */
const pixels = (...rows: readonly string[]): Pixels => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: new Uint8Array(
    Buffer.from(
      rows.join('').replaceAll(/./g, (letter) => `${letter}00!`),
      'latin1',
    ),
  ),
});
const letters = ({ width, height, data }: Pixels): readonly string[] =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const code = data[(y * width + x) * 4] as number;
      return code === 0 ? '.' : String.fromCharCode(code);
    }).join(''),
  );
const edit = (more: Partial<PictureEdit>): PictureEdit => ({ ...WHOLE, ...more });
const crop = (left: number, top: number, right: number, bottom: number) => edit({ crop: { left, top, right, bottom } });

const anyPixels = fc
  .record({ width: fc.integer({ min: 1, max: 7 }), height: fc.integer({ min: 1, max: 7 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
      .map((data) => ({ width, height, data })),
  );

describe('a picture as it is seen', () => {
  it.each<[string, PictureEdit, readonly string[]]>([
    ['turned to the right', edit({ turns: 1 }), ['da', 'eb', 'fc']],
    ['turned over', edit({ turns: 2 }), ['fed', 'cba']],
    ['turned to the left', edit({ turns: 3 }), ['cf', 'be', 'ad']],
    ['mirrored', edit({ mirrored: true }), ['cba', 'fed']],
    ['upside down', edit({ upsideDown: true }), ['def', 'abc']],
    ['mirrored and then turned', edit({ mirrored: true, turns: 1 }), ['fc', 'eb', 'da']],
    ['cropped at the right', crop(0, 0, 1 / 3, 0), ['ab', 'de']],
    ['cropped at the top left', crop(1 / 3, 0.5, 0, 0), ['ef']],
    ['cropped before it is mirrored', { ...crop(0, 0, 2 / 3, 0), mirrored: true }, ['a', 'd']],
    ['with margins', crop(-1 / 3, 0, -1 / 3, 0), ['.abc.', '.def.']],
  ])('%s', (_, how, rows) => {
    expect(letters(seen(pixels('abc', 'def'), how))).toEqual(rows);
  });

  it('and back again is the picture', () => {
    fc.assert(
      fc.property(anyPixels, fc.nat(3), fc.boolean(), fc.boolean(), (picture, turns, mirrored, upsideDown) => {
        const turned = seen(seen(picture, edit({ turns, mirrored, upsideDown })), edit({ turns: (4 - turns) % 4 }));
        expect(seen(turned, edit({ mirrored, upsideDown }))).toEqual(picture);
      }),
    );
  });
});

describe('a PNG', () => {
  it('of any pixels has those pixels', () =>
    fc.assert(
      fc.asyncProperty(anyPixels, async (picture) => {
        const { data, info } = await sharp(pngOf(picture)).raw().toBuffer({ resolveWithObject: true });
        expect([info.width, info.height, info.channels]).toEqual([picture.width, picture.height, 4]);
        expect(new Uint8Array(data)).toEqual(picture.data);
      }),
      { numRuns: 40 },
    ));

  it('is the same on every machine', () => {
    expect(sha256(pngOf(pixels('abc', 'def')))).toMatchInlineSnapshot(
      `"be5822b472b0f80abb9158254b4a74d738baf3cbb1ba4123a3f8dcc1a3ea85e8"`,
    );
  });
});

describe('a picture that is edited', () => {
  it('may be of any kind', async () => {
    const source = sharp(Buffer.from([255, 0, 0, 0, 0, 255]), { raw: { width: 2, height: 1, channels: 3 } });
    for (const bytes of [await source.png().toBuffer(), await source.webp({ lossless: true }).toBuffer()]) {
      const { data } = await sharp(await edited(bytes, edit({ mirrored: true })))
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([...data]).toEqual([0, 0, 255, 255, 255, 0, 0, 255]);
    }
  });

  it.each([
    ['of which nothing is left', crop(0.999, 0, 0, 0), undefined],
    ['that is none', edit({ turns: 1 }), Buffer.from('<svg/>')],
  ])('%s is none', async (_, how, bytes) => {
    const source = sharp({ create: { width: 4, height: 4, channels: 3, background: '#f00' } }).png();
    expect(await edited(bytes ?? (await source.toBuffer()), how)).toHaveLength(0);
  });
});
