import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { fileWord, putFile } from './folder.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('a file is put there whole, and never in the place of another: however many come at once', async () => {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'b.csv'), 'somebody else’s');
  const given = await Promise.all(
    Array.from({ length: 8 }, (_, n) => putFile(folder, { name: 'b.csv', bytes: bytes(`mine ${n}`) })),
  );
  expect(new Set(given).size).toBe(8);
  expect(given).toContain('b (2).csv');
  expect((await readdir(folder)).sort()).toEqual(['b.csv', ...given].sort());
  expect(await readFile(join(folder, 'b.csv'), 'utf8')).toBe('somebody else’s');
  const texts = await Promise.all(given.map((name) => readFile(join(folder, name), 'utf8')));
  expect(texts.sort()).toEqual(Array.from({ length: 8 }, (_, n) => `mine ${n}`));
});

test('a folder that is not there, or is none, is refused, and not made', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  await writeFile(file, '');
  await mkdir(join(folder, 'full'));
  for (const wrong of [undefined, join(folder, 'none'), file])
    await expect(putFile(wrong, { name: 'b.csv', bytes: bytes('x') })).rejects.toMatchObject({
      reason: 'folder-unusable',
    });
  expect((await readdir(folder)).sort()).toEqual(['file', 'full']);
  // A name that no file system takes.
  const long = { name: `${'长'.repeat(200)}.csv`, bytes: bytes('x') };
  await expect(putFile(join(folder, 'full'), long)).rejects.toMatchObject({ reason: 'folder-unusable' });
  expect(await readdir(join(folder, 'full'))).toEqual([]);
  await chmod(file, 0o600);
  await rm(file);
});

test.each([
  ['滨江县', '滨江县'],
  ['../../etc/passwd', 'etc passwd'],
  [' a\\b:c*?"<>|\u0000d. ', 'a b c       d'],
  ['...', 'center'],
  ['名'.repeat(100), '名'.repeat(60)],
])('the name %j is %j in that of a file', (name, word) => {
  expect(fileWord(name)).toBe(word);
});
