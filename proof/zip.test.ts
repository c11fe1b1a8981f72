import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { listedOften } from '../tests/attacks/on-files.ts';
import { openZip } from './zip.ts';

const LIMITS = { entries: 100, each: 1_000, all: 2_500 };
const bytes = (length: number, of = 7): Uint8Array => new Uint8Array(length).fill(of);
const any = (): boolean => true;

describe('a zip', () => {
  it('gives what is wanted, one by one or all at once, in the order of names', () => {
    const zip = openZip(zipSync({ b: bytes(3), a: bytes(2), other: bytes(1) }), (name) => name !== 'other', LIMITS);
    expect(zip.names).toEqual(['b', 'a']);
    expect(zip.read('b')).toEqual(bytes(3));
    expect([...zip.readAll()]).toEqual([
      ['a', bytes(2)],
      ['b', bytes(3)],
    ]);
    expect(() => zip.read('other')).toThrow('there is no "other"');
  });

  it('may hold more than the limits where nobody wants it', () => {
    const zip = openZip(zipSync({ a: bytes(2), other: bytes(100_000) }), (name) => name === 'a', LIMITS);
    expect([...zip.readAll().keys()]).toEqual(['a']);
  });

  it.each([
    ['that is none', bytes(50), /invalid zip/],
    ['that lists one entry many times', listedOften({}, 'a', 60, 900), /lists "a" twice/],
    [
      'of too many entries',
      zipSync(Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`${at}`, bytes(1)]))),
      /more than 100/,
    ],
    ['with an entry that is too large', zipSync({ a: bytes(1_001) }), /too much/],
    ['of which all is too large', zipSync({ a: bytes(900), b: bytes(900), c: bytes(900) }), /too much/],
  ])('%s is refused before anything is unpacked', (_, zip, why) => {
    expect(() => openZip(zip, any, LIMITS)).toThrow(why);
  });

  it('whose entry is not as long as it is said to be is refused', () => {
    const zip = Buffer.from(zipSync({ a: bytes(900) }));
    const start = zip.readUInt32LE(zip.length - 22 + 16);
    zip.writeUInt32LE(901, start + 24);
    expect(() => openZip(zip, any, LIMITS).read('a')).toThrow('not as long');
    expect(() => openZip(zip, any, LIMITS).readAll()).toThrow('not as long');
  });
});
