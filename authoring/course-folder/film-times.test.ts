import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { forgetTimes, withoutTimes } from './film-times.ts';

const number = (value: number, bytes = 4): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, bytes - Math.min(6, bytes), Math.min(6, bytes));
  return buffer;
};
const box = (type: string, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([number(8 + body.length), Buffer.from(type), body]);
};
/** One whose length takes eight bytes. */
const longBox = (type: string, body: Uint8Array): Buffer =>
  Buffer.concat([number(1), Buffer.from(type), number(16 + body.length, 8), body]);
const timed = (type: string, [made, changed]: readonly [number, number], version: 0 | 1 = 0): Buffer =>
  box(
    type,
    Buffer.from([version, 0, 0, 7]),
    ...[made, changed].map((time) => number(time, version ? 8 : 4)),
    Buffer.from('rest'),
  );
const movie = (made: number, changed = made): Buffer =>
  box(
    'moov',
    timed('mvhd', [made, changed]),
    box(
      'trak',
      timed('tkhd', [made, changed], 1),
      box('mdia', timed('mdhd', [made, changed]), box('minf', timed('mvhd', [7, 7]))),
    ),
  );

describe('boxes without times', () => {
  it('are the same whenever they were made, of both versions', () => {
    expect(withoutTimes(movie(3_900_000_000))).toEqual(withoutTimes(movie(3_900_000_001, 3_900_000_009)));
    expect(Buffer.from(withoutTimes(movie(5)))).toEqual(Buffer.from(withoutTimes(movie(0))));
  });

  it('are otherwise as they were: as long, the rest of each, and what is called so elsewhere', () => {
    const [before, after] = [movie(5), Buffer.from(withoutTimes(movie(5)))];
    expect(after).toHaveLength(before.length);
    expect(after.toString('latin1').match(/rest/g)).toHaveLength(4);
    expect(after.includes(timed('mvhd', [7, 7]))).toBe(true);
    expect([...after].filter((byte, at) => byte !== before[at])).toHaveLength(6);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['half a head', Buffer.from([0, 0, 0])],
    ['a box that is longer than there is', Buffer.concat([number(900), Buffer.from('mvhd'), Buffer.alloc(20, 9)])],
    ['a box that is shorter than its head', Buffer.concat([number(3), Buffer.from('mvhd'), Buffer.alloc(20, 9)])],
    ['a box that ends before its times do', box('mvhd', Buffer.from([0, 0]))],
  ])('of %s are what was there', (_, bytes) => {
    expect(Buffer.from(withoutTimes(bytes))).toEqual(bytes);
  });
});

describe('a file', () => {
  const forgotten = async (...boxes: readonly Buffer[]): Promise<Buffer> => {
    const path = join(temporaryFolder(), 'film.mp4');
    writeFileSync(path, Buffer.concat(boxes));
    await forgetTimes(path);
    return readFileSync(path);
  };
  const samples = box('mdat', timed('mvhd', [9, 9]));

  it('loses them before its samples and after, and keeps its samples', async () => {
    const type = box('ftyp', Buffer.from('isom'));
    expect(await forgotten(type, movie(5), samples)).toEqual(Buffer.concat([type, movie(0), samples]));
    expect(await forgotten(type, longBox('mdat', samples), movie(5))).toEqual(
      Buffer.concat([type, longBox('mdat', samples), movie(0)]),
    );
  });

  it('that is no film stays what it is', async () => {
    const text = Buffer.from('nothing of the kind, only words');
    expect(await forgotten(text)).toEqual(text);
    expect(await forgotten()).toEqual(Buffer.alloc(0));
  });
});
