import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EntryToWrite, unicodeName, writeOddZip } from './zip.fixture.ts';
import { openZip } from './zip.ts';
import { readZipDirectory } from './zip-directory.ts';

const GBK = Buffer.from([0xcd, 0xbc, 0xc6, 0xac, 0x2f, 0xb1, 0xea, 0xd6, 0xbe, 0x31, 0x2e, 0x70, 0x6e, 0x67]);
const namesOf = (...entries: readonly EntryToWrite[]): readonly string[] =>
  readZipDirectory(writeOddZip(entries), 100).map(({ name }) => name);
const LIMITS = { entries: 100, each: 1e6, all: 1e7 };
const textIn = (zip: Uint8Array): readonly string[] =>
  [
    ...openZip(zip, () => true, LIMITS)
      .readAll()
      .values(),
  ].map((bytes) => Buffer.from(bytes).toString());

describe('the name of a file in a zip', () => {
  it.each<[string, EntryToWrite['name'], Partial<EntryToWrite>, string]>([
    ['of Windows in Chinese', GBK, {}, '图片/标志1.png'],
    ['that is said to be UTF-8', '图片/标志1.png', { flags: 0x800 }, '图片/标志1.png'],
    ['that is UTF-8 and is not said to be', '图片/标志1.png', {}, '图片/标志1.png'],
    ['with back-slashes', 'xl\\workbook.xml', {}, 'xl/workbook.xml'],
    ['with half a character that looks like one', Buffer.from([0x81, 0x5c, 0x2e, 0x70]), {}, '乗.p'],
    ['from the root', '/a.xml', {}, 'a.xml'],
    ['from here', './a.xml', {}, 'a.xml'],
    ['that Info-ZIP says again', 'mingzi', { extra: unicodeName(Buffer.from('mingzi'), '名字') }, '名字'],
    ['that was changed since', 'other', { extra: unicodeName(Buffer.from('mingzi'), '名字') }, 'other'],
    ['in no encoding', Buffer.from([0x61, 0xff, 0x2e]), {}, 'a\u00ff.'],
  ])('%s', (_, name, more, read) => {
    expect(namesOf({ name, data: '', ...more })).toEqual([read]);
  });

  it('that is well-formed in two encodings is read in that of the others, and its other reading is kept', () => {
    const both = Buffer.from([0xcd, 0xbc, 0xc6, 0xac]);
    const surely = (name: string) =>
      writeOddZip([
        { name: both, data: '' },
        { name, data: '' },
      ]);
    expect(readZipDirectory(surely('x'), 9)[0]).toMatchObject({ name: '图片', otherName: 'ͼƬ' });
    // Müller, which GBK would have as M眉ller.
    expect(readZipDirectory(writeOddZip([{ name: 'M\u00fcller', data: '' }]), 9)[0]).toMatchObject({
      otherName: 'Müller',
    });
    // Of two bytes each, and none of them common in GBK.
    expect(namesOf({ name: 'Тест', data: '' })).toEqual(['Тест']);
    const odd = Buffer.from([0xc3, 0x84]);
    expect(namesOf({ name: odd, data: '' }, { name: GBK.subarray(5), data: '' })[0]).toBe('脛');
  });

  it('of a folder is none', () => {
    expect(namesOf({ name: 'xl/', data: '' }, { name: 'xl/a', data: '' })).toEqual(['xl/a']);
  });
});

describe('a zip', () => {
  it.each([
    ['with sizes behind the data', writeOddZip([{ name: 'a', data: '甲'.repeat(50), flags: 8 }])],
    ['with sizes in eight bytes', writeOddZip([{ name: 'a', data: '甲'.repeat(50), long: true }], true)],
    ['that is not packed', writeOddZip([{ name: 'a', data: '甲'.repeat(50), method: 0 }])],
    ['with a note behind it', Buffer.concat([writeOddZip([{ name: 'a', data: '甲'.repeat(50) }]), Buffer.alloc(9)])],
  ])('%s is read', (_, zip) => {
    expect(textIn(zip)).toEqual(['甲'.repeat(50)]);
  });

  it.each([
    ['encrypted', { flags: 1 }, 'encrypted'],
    ['packed in another way', { method: 9 }, 'nothing here reads (9)'],
  ])('with a file that is %s says so once that is asked for', (_, more, why) => {
    const zip = openZip(writeOddZip([{ name: 'a', data: 'x', ...more }]), () => true, LIMITS);
    expect(() => zip.read('a')).toThrow(why);
  });

  it('that is cut off or overwritten anywhere is read or refused, and nothing else', () => {
    const whole = writeOddZip(
      [
        { name: 'a', data: 'x'.repeat(40), long: true },
        { name: 'b', data: 'y' },
      ],
      true,
    );
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        try {
          textIn(cut ? bytes.subarray(0, at) : bytes);
        } catch (error) {
          expect(error).not.toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('whose file is longer than it is said to be is refused', () => {
    const zip = writeOddZip([{ name: 'a', data: 'x'.repeat(40) }]);
    zip.writeUInt32LE(39, zip.lastIndexOf('PK\x01\x02') + 24);
    expect(() => textIn(zip)).toThrow('not as long');
  });
});
