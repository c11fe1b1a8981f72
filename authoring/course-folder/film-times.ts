import { open } from 'node:fs/promises';

/** Where a box of an MP4 begins and ends (ISO/IEC 14496-12), and where what is in it begins: bytes from the start of the piece. */
type Box = { readonly type: string; readonly start: number; readonly body: number; readonly end: number };

const HEAD_BYTES = 16;
/** Boxes that say when something was made and changed, and those that they lie in. */
const TIMED = ['mvhd', 'tkhd', 'mdhd'];
const HOLDING = ['moov', 'trak', 'mdia'];

/** @returns nothing where there is no box, or one that says that it is shorter than its own head or longer than the piece */
function boxAt(bytes: Uint8Array, start: number, pieceEnd: number): Box | undefined {
  if (start + 8 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const short = view.getUint32(start);
  const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
  if (short === 1 && start + HEAD_BYTES > bytes.length) return undefined;
  const body = start + (short === 1 ? HEAD_BYTES : 8);
  const end = short === 0 ? pieceEnd : start + (short === 1 ? Number(view.getBigUint64(start + 8)) : short);
  return end < body || end > pieceEnd ? undefined : { type, start, body, end };
}

/** The same boxes, with no word of when they were made or changed. */
export function withoutTimes(boxes: Uint8Array): Uint8Array {
  const bytes = boxes.slice();
  const clear = (from: number, to: number): void => {
    for (let box = boxAt(bytes, from, to); box; box = boxAt(bytes, box.end, to)) {
      if (HOLDING.includes(box.type)) clear(box.body, box.end);
      // After version and flags: both times, of four bytes each, or of eight.
      if (TIMED.includes(box.type))
        bytes.fill(0, box.body + 4, Math.min(box.end, box.body + 4 + (bytes[box.body] === 1 ? 16 : 8)));
    }
  };
  clear(0, bytes.length);
  return bytes;
}

/** Leaves an MP4 file as it would be whenever it had been made. What its samples are made of is not read. */
export async function forgetTimes(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const read = async (at: number, length: number): Promise<Uint8Array> =>
      (await file.read(new Uint8Array(length), 0, length, at)).buffer;
    for (let at = 0; at < size; ) {
      const box = boxAt(await read(at, Math.min(HEAD_BYTES, size - at)), 0, size - at);
      if (!box) return;
      if (box.type === 'moov') await file.write(withoutTimes(await read(at, box.end)), 0, box.end, at);
      at += box.end;
    }
  } finally {
    await file.close();
  }
}
