import { crc32 } from 'node:zlib';
import { zlibSync } from 'fflate';

/** Rows from the top, four bytes for each pixel: red, green, blue, and how opaque it is. */
export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8Array };

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A PNG of some pixels. Packed by a program that does it alike on every machine: pictures are named by their bytes, and a library
 * that counts on what a processor can do names them otherwise on another. Source: W3C PNG.
 */
export function pngOf({ width, height, data }: Pixels): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits for each of four colours; neither another packing nor filtering is known, and rows are in their order.
  head.set([8, 6, 0, 0, 0], 8);
  const rows = zlibSync(filtered(width, height, data), { level: 6 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', new Uint8Array())]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const PAETH = 4;

/** Each byte as what it differs from the best guess by its neighbours: photos pack to half of what they would. */
function filtered(width: number, height: number, data: Uint8Array): Uint8Array {
  const length = width * 4;
  const rows = new Uint8Array((length + 1) * height);
  for (let y = 0; y < height; y += 1) {
    const [from, to] = [y * length, y * (length + 1)];
    rows[to] = PAETH;
    for (let x = 0; x < length; x += 1) {
      const left = x < 4 ? 0 : (data[from + x - 4] as number);
      const above = y === 0 ? 0 : (data[from + x - length] as number);
      const corner = x < 4 || y === 0 ? 0 : (data[from + x - length - 4] as number);
      rows[to + 1 + x] = (data[from + x] as number) - nearest(left, above, corner);
    }
  }
  return rows;
}

function nearest(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}
