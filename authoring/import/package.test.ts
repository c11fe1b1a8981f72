import { describe, expect, it } from 'vitest';
import { writeOddZip } from '../../proof/zip.fixture.ts';
import { openPackage } from './package.ts';

const packed = (...names: readonly string[]) =>
  openPackage(writeOddZip(names.map((name) => ({ name, data: name }))), 100);

describe('a file of a package', () => {
  it.each([
    ['as it is named', 'a/B.xml', 'a/B.xml'],
    ['in another case, as on Windows', 'xl/Workbook.xml', 'XL/workbook.XML'],
    ['escaped in the address', 'pics/红 1.png', 'pics/%E7%BA%A2%201.png'],
    ['escaped in the name', 'pics/red%201.png', 'pics/red 1.png'],
    ['with letters and marks apart, as on macOS', 'cafe\u0301.png', 'caf\u00e9.png'],
    ['with back-slashes', 'xl\\media\\1.png', 'xl/media/1.png'],
    ['from the root', 'xl/a.xml', '/xl/a.xml'],
    ['over another folder', 'xl/a.xml', 'xl/worksheets/../a.xml'],
    ['though it would be another name in GBK', 'M\u00fcller.png', 'M\u00fcller.png'],
    ['with a percent sign of its own', '100%.png', '100%.png'],
  ])('is found %s', (_, name, path) => {
    const pack = packed(name);
    const found = pack.find(path);
    expect(Buffer.from(pack.read(found ?? '')).toString()).toBe(name);
  });

  it('is not guessed: of two that differ by case only, none stands for a third', () => {
    const pack = packed('a.png', 'A.png');
    expect([pack.find('a.png'), pack.find('A.png')]).toEqual(['a.png', 'A.png']);
    expect(packed('Ab.png', 'aB.png').find('ab.png')).toBeUndefined();
  });

  it('is none that a system left behind', () => {
    expect(packed('__MACOSX/._a.xml', '.DS_Store', 'x/.DS_Store', 'x/._b.xml', 'Thumbs.db', 'x/b.xml').names).toEqual([
      'x/b.xml',
    ]);
  });

  it('comes in pieces too, and says how far it is', () => {
    for (const method of [0, 8]) {
      const text = Array.from({ length: 200_000 }, (_, at) => at * 7919).join('');
      const pack = openPackage(writeOddZip([{ name: 'a', data: text, method }]), 1);
      const pieces: Uint8Array[] = [];
      const parts = [...pack.readInPieces('a', (piece) => pieces.push(Buffer.from(piece)))];
      expect(Buffer.concat(pieces).toString()).toBe(text);
      expect([parts.length > 5, parts.at(-1), parts.toSorted((a, b) => a - b)]).toEqual([true, 1, parts]);
    }
  });
});
