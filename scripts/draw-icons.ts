import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';

/** `npm run -s draw:icons`: the icon of the program in the sizes and formats that installers want, from build/icon.svg. */
const folder = resolve(import.meta.dirname, '../build');
const drawing = readFileSync(join(folder, 'icon.svg'));
const draw = (side: number): Promise<Buffer> => sharp(drawing, { density: 300 }).resize(side, side).png().toBuffer();

/** An icon file of Windows: a directory of pictures, each a PNG as it is. */
function icoOf(pictures: readonly { readonly side: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length + 16 * pictures.length;
  const entries = pictures.map(({ side, png }) => {
    const entry = Buffer.alloc(16);
    // 256 does not fit into a byte and is written as 0.
    entry.writeUInt8(side % 256, 0);
    entry.writeUInt8(side % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(at, 12);
    at += png.length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...pictures.map(({ png }) => png)]);
}

mkdirSync(join(folder, 'icons'), { recursive: true });
for (const side of [16, 32, 48, 64, 128, 256, 512])
  writeFileSync(join(folder, 'icons', `${side}x${side}.png`), await draw(side));
const sides = [16, 32, 48, 256];
writeFileSync(
  join(folder, 'icon.ico'),
  icoOf(await Promise.all(sides.map(async (side) => ({ side, png: await draw(side) })))),
);
