import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../tests/kit/folders.ts';
import { throughDraft, writeOut } from './out-file.ts';

test('what is there stays as it was, unless somebody forces it', async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'batch.json');
  await writeOut(out, 'first');
  await expect(writeOut(out, 'second')).rejects.toThrow(`${out} is there already: name another file, or say --force`);
  expect(readFileSync(out, 'utf8')).toBe('first');
  await writeOut(out, 'second', { force: true });
  expect([readFileSync(out, 'utf8'), readdirSync(folder)]).toEqual(['second', ['batch.json']]);
});

test('what breaks off on the way leaves what was there, and nothing besides', async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'exam.zip');
  writeFileSync(out, 'whole');
  const broken = throughDraft(out, { force: true }, (draft) => {
    writeFileSync(draft, 'ha');
    throw new Error('the power went');
  });
  await expect(broken).rejects.toThrow('the power went');
  expect([readFileSync(out, 'utf8'), readdirSync(folder)]).toEqual(['whole', ['exam.zip']]);
});

test('what another program wrote meanwhile is not replaced either', async () => {
  const out = join(temporaryFolder(), 'a');
  const raced = throughDraft(out, {}, (draft) => {
    writeFileSync(draft, 'ours');
    writeFileSync(out, 'theirs');
  });
  await expect(raced).rejects.toThrow('is there already');
  expect(readFileSync(out, 'utf8')).toBe('theirs');
});

test('a folder, and a folder that is not there, are said as what they are', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'file'), '');
  for (const options of [{}, { force: true }]) {
    await expect(writeOut(join(folder, 'sub'), '', options)).rejects.toThrow('is a folder: name a file in it');
    await expect(writeOut(join(folder, 'no', 'a'), '', options)).rejects.toThrow(
      'is not there: make that folder first',
    );
    await expect(writeOut(join(folder, 'file', 'a'), '', options)).rejects.toThrow();
  }
});

test('through a link it is the file behind it that is replaced, and a device is written to', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'real'), 'old');
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  await expect(writeOut(join(folder, 'link'), 'new')).rejects.toThrow('is there already');
  await writeOut(join(folder, 'link'), 'new', { force: true });
  expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
  await writeOut('/dev/null', 'gone');
  chmodSync(folder, 0o700);
  expect(statSync('/dev/null').isFile()).toBe(false);
});
