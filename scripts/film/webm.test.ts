import { expect, it } from 'vitest';
import { type Chunk, webm } from './webm.ts';

const MASTERS = new Set([0x18538067, 0x1549a966, 0x1654ae6b, 0xae, 0xe0, 0x1f43b675, 0x1a45dfa3]);
type Element = { readonly id: number; readonly content: Buffer; readonly inside: readonly Element[] };

/** Reads elements as a player does: an id and a size of as many bytes as their first bits say. */
function elementsIn(bytes: Buffer): readonly Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const idLength = Math.clz32(bytes[at] ?? 0) - 23;
    const id = bytes.readUIntBE(at, idLength);
    const sizeAt = at + idLength;
    const sizeLength = Math.clz32(bytes[sizeAt] ?? 0) - 23;
    expect(sizeLength).toBe(8);
    const from = sizeAt + sizeLength;
    const to = from + bytes.readUIntBE(sizeAt + 2, 6);
    expect(to).toBeLessThanOrEqual(bytes.length);
    const content = bytes.subarray(from, to);
    found.push({ id, content, inside: MASTERS.has(id) ? elementsIn(content) : [] });
    at = to;
  }
  return found;
}

const within = (elements: readonly Element[], ...ids: readonly number[]): readonly Element[] =>
  ids.reduce<readonly Element[]>(
    (level, id, depth) => (depth === 0 ? level : level.flatMap(({ inside }) => inside)).filter((one) => one.id === id),
    elements,
  );
const chunk = (atMs: number, key: boolean): Chunk => ({ atMs, key, bytes: Uint8Array.of(atMs % 256, 7) });

it('writes what a player reads: the size, how long it takes, each picture at its time', () => {
  const chunks = [chunk(0, true), chunk(80, false), chunk(10_000, true), chunk(10_160, false)];
  const read = elementsIn(Buffer.from(webm(chunks, { width: 1280, height: 720, durationMs: 10_240 })));
  expect(read.map(({ id }) => id)).toEqual([0x1a45dfa3, 0x18538067]);
  const [size] = within(read, 0x18538067, 0x1654ae6b, 0xae, 0xe0);
  expect(size?.inside.map(({ content }) => content.readUIntBE(0, content.length))).toEqual([1280, 720]);
  const [duration] = within(read, 0x18538067, 0x1549a966, 0x4489);
  expect(duration?.content.readDoubleBE()).toBe(10_240);
  const clusters = within(read, 0x18538067, 0x1f43b675);
  const blocks = clusters.flatMap(({ inside }) => {
    const [time, ...rest] = inside;
    const from = time?.content.readUIntBE(0, time.content.length) ?? Number.NaN;
    return rest.map(({ content }) => [from + content.readInt16BE(1), content[3] === 0x80, content.subarray(4)]);
  });
  expect(blocks).toEqual(chunks.map(({ atMs, key, bytes }) => [atMs, key, Buffer.from(bytes)]));
  expect(clusters).toHaveLength(2);
});

it('refuses a stretch without a key picture that its times cannot say', () => {
  const chunks = [chunk(0, true), chunk(40_000, false)];
  expect(() => webm(chunks, { width: 2, height: 2, durationMs: 40_000 })).toThrow(RangeError);
});
