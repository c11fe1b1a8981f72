import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openPackage, PACKAGE_LIMITS, type PackageReason, PackageTrouble } from './index.ts';
import { fileOf, patched, zipOf } from './package.fixture.ts';

/** Where a record of the zip's directory begins. */
const DIRECTORY = Buffer.from('PK\u0001\u0002', 'latin1');

async function troubleOf(bytes: Uint8Array, limits = PACKAGE_LIMITS as Parameters<typeof openPackage>[1]) {
  try {
    (await openPackage(fileOf(bytes), limits)).close();
    return 'none';
  } catch (error) {
    return error instanceof PackageTrouble ? error.reason : String(error);
  }
}
/** Changes one number of the directory's first record. */
function withNumber(bytes: Buffer, offset: number, write: (at: number, copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  write(copy.indexOf(DIRECTORY) + offset, copy);
  return copy;
}

describe('a package', () => {
  it('is read by entry, folders left out', async () => {
    const open = await openPackage(fileOf(zipOf({ 'a.html': '<p>', 'b/c.txt': 'x'.repeat(9_000), 'b/': '' })));
    expect([...open.files]).toEqual([
      ['a.html', 3],
      ['b/c.txt', 9_000],
    ]);
    const bytes = await open.read('b/c.txt');
    expect(bytes && (await buffer(bytes)).length).toBe(9_000);
    expect(await open.read('c.txt')).toBeUndefined();
    open.close();
  });

  it('may be packed on Windows: with backslashes, and names in GBK', async () => {
    const gbk = Buffer.from([0xb0, 0xb2, 0xc8, 0xab]);
    const open = await openPackage(fileOf(patched(zipOf({ 'a\\b.txt': '1', 'XXXX.htm': '2' }), 'XXXX', gbk)));
    expect([...open.files.keys()]).toEqual(['a/b.txt', '安全.htm']);
    open.close();
  });

  it.each<[string, Uint8Array, PackageReason]>([
    ['that is none', Buffer.from('PK no zip'), 'package-unreadable'],
    ['that is empty', Buffer.alloc(0), 'package-unreadable'],
    ['that is cut off', zipOf({ 'a.txt': 'x'.repeat(500) }).subarray(0, 60), 'package-unreadable'],
    ['with a file above it', patched(zipOf({ 'xx/evil.txt': '1' }), 'xx/', '../'), 'package-path-outside'],
    ['with a file above it, as Windows writes it', zipOf({ '..\\evil.txt': '1' }), 'package-path-outside'],
    ['with a file of a drive', zipOf({ 'C:/evil.txt': '1' }), 'package-path-outside'],
    ['with a file from the root', zipOf({ '/etc/x': '1' }), 'package-path-outside'],
    ['with one name twice', patched(zipOf({ 'a.txt': '1', 'b.txt': '2' }), 'b.txt', 'a.txt'), 'package-entry-twice'],
    ['with one name twice, spelt otherwise', zipOf({ 'a/b': '1', 'a\\b': '2' }), 'package-entry-twice'],
    [
      'that is encrypted',
      withNumber(zipOf({ 'a.txt': 'x'.repeat(99) }), 8, (at, copy) => copy.writeUInt16LE(1, at)),
      'package-encrypted',
    ],
    [
      'packed by another method',
      withNumber(zipOf({ 'a.txt': 'x'.repeat(99) }), 10, (at, copy) => copy.writeUInt16LE(14, at)),
      'package-unreadable',
    ],
  ])('%s is refused', async (_, bytes, reason) => {
    expect(await troubleOf(bytes)).toBe(reason);
  });

  it('that would unpack to too much is refused before anything is inflated', async () => {
    const bomb = zipOf({ a: new Uint8Array(3_000_000), b: new Uint8Array(3_000_000) });
    expect(await troubleOf(bomb)).toBe('none');
    expect(await troubleOf(bomb, { ...PACKAGE_LIMITS, entries: 1 })).toBe('package-too-large');
    expect(await troubleOf(bomb, { ...PACKAGE_LIMITS, bytes: 5_999_999 })).toBe('package-too-large');
    expect(await troubleOf(bomb, { ...PACKAGE_LIMITS, freeBytes: 5_999_999 })).toBe('package-too-large');
    // One stream that several entries point at.
    const [single, size] = [zipOf({ a: new Uint8Array(3_000_000) }), 20];
    const lying = withNumber(single, size, (at, copy) => copy.writeUInt32LE(single.length + 1, at));
    expect(await troubleOf(lying)).toBe('package-unreadable');
  });

  it('that has more in it than its directory says gives no more than that', async () => {
    const said = 10;
    const lying = withNumber(zipOf({ a: 'x'.repeat(50_000) }), 24, (at, copy) => copy.writeUInt32LE(said, at));
    const open = await openPackage(fileOf(lying));
    const got: Buffer[] = [];
    const reading = async (): Promise<void> => {
      for await (const chunk of (await open.read('a')) ?? []) got.push(chunk);
    };
    await expect(reading()).rejects.toThrow(/bytes/);
    expect(Buffer.concat(got).length).toBeLessThanOrEqual(said);
    open.close();
  });
});
