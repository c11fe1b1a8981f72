/** A zip of files as they are, for a course that is put together here: nothing is packed, and no file is held in memory. */

export type Entry = { readonly name: string; readonly bytes: Blob };

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

async function checksum(bytes: Blob): Promise<number> {
  let rest = 0xffffffff;
  const pieces = bytes.stream().getReader();
  for (let piece = await pieces.read(); !piece.done; piece = await pieces.read())
    for (const byte of piece.value) rest = (TABLE[(rest ^ byte) & 0xff] as number) ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}

/** Numbers one behind the other, little end first: two bytes or four each. */
function fields(...all: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(all.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, value] of all) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}

/** Names are UTF-8. */
const UTF8 = 0x0800;
/** The first of January 1980: the same files make the same zip. */
const DAY = 0x21;

export async function zipOf(entries: readonly Entry[]): Promise<Blob> {
  const [parts, directory]: [BlobPart[], BlobPart[]] = [[], []];
  let [at, length] = [0, 0];
  for (const { name, bytes } of entries) {
    const text = new TextEncoder().encode(name);
    const said = [
      ...([
        [2, 20],
        [2, UTF8],
        [2, 0],
        [2, 0],
        [2, DAY],
      ] as const),
      ...([
        [4, await checksum(bytes)],
        [4, bytes.size],
        [4, bytes.size],
        [2, text.length],
        [2, 0],
      ] as const),
    ] as const;
    const head = fields([4, 0x04034b50], ...said);
    const listed = fields([4, 0x02014b50], [2, 20], ...said, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]);
    parts.push(head, text, bytes);
    directory.push(listed, text);
    at += head.length + text.length + bytes.size;
    length += listed.length + text.length;
  }
  const count = entries.length;
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, length], [4, at], [2, 0]);
  return new Blob([...parts, ...directory, end]);
}
