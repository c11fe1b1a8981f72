/** One picture of a film as a codec wrote it. */
export type Chunk = { readonly atMs: number; readonly key: boolean; readonly bytes: Uint8Array };
export type Track = { readonly width: number; readonly height: number; readonly durationMs: number };

/**
 * A WebM file with one silent VP9 track: https://www.matroska.org/technical/elements.html. A cluster begins with each key
 * picture, so that players can jump there.
 */
export function webm(chunks: readonly Chunk[], { width, height, durationMs }: Track): Uint8Array {
  const info = element(
    0x1549a966,
    element(0x2ad7b1, unsigned(1_000_000)),
    element(0x4489, float(durationMs)),
    element(0x4d80, text('exam-station')),
    element(0x5741, text('exam-station')),
  );
  const video = element(0xe0, element(0xb0, unsigned(width)), element(0xba, unsigned(height)));
  const entry = element(
    0xae,
    ...[element(0xd7, unsigned(1)), element(0x73c5, unsigned(1)), element(0x9c, unsigned(0))],
    ...[element(0x83, unsigned(1)), element(0x86, text('V_VP9')), video],
  );
  const segment = element(0x18538067, info, element(0x1654ae6b, entry), ...clustersOf(chunks));
  return join([HEAD, segment]);
}

function clustersOf(chunks: readonly Chunk[]): readonly Uint8Array[] {
  const groups: Chunk[][] = [];
  for (const chunk of chunks) {
    if (chunk.key || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(chunk);
  }
  return groups.map((group) => {
    const from = Math.round(group[0]?.atMs ?? 0);
    return element(0x1f43b675, element(0xe7, unsigned(from)), ...group.map((chunk) => simpleBlock(chunk, from)));
  });
}

/** @throws RangeError where a cluster is longer than its 16 bits can say, which is half a minute */
function simpleBlock({ atMs, key, bytes }: Chunk, clusterMs: number): Uint8Array {
  const head = Buffer.alloc(4);
  head.writeUInt8(0x81, 0);
  head.writeInt16BE(Math.round(atMs) - clusterMs, 1);
  head.writeUInt8(key ? 0x80 : 0, 3);
  return element(0xa3, head, bytes);
}

const text = (words: string): Uint8Array => Buffer.from(words, 'utf8');

/** As few bytes as it takes. */
function unsigned(value: number): Uint8Array {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
}

function float(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

/** Ids are written as they are; sizes always in eight bytes. */
function element(id: number, ...content: readonly Uint8Array[]): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE((0x01n << 56n) | BigInt(content.reduce((sum, { length }) => sum + length, 0)));
  return join([unsigned(id), size, ...content]);
}

const join = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

const HEAD = element(
  0x1a45dfa3,
  ...[element(0x4286, unsigned(1)), element(0x42f7, unsigned(1)), element(0x42f2, unsigned(4))],
  ...[element(0x42f3, unsigned(8)), element(0x4282, text('webm'))],
  ...[element(0x4287, unsigned(4)), element(0x4285, unsigned(2))],
);
