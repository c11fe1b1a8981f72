import { chmodSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { makePrivateFolder } from './private-files.ts';

const modeOf = (path: string): string => (lstatSync(path).mode & 0o777).toString(8);

it.skipIf(process.platform === 'win32')(
  'a folder that was open to everybody is its owner’s, and links lead nowhere',
  () => {
    const [folder, outside] = [join(temporaryFolder(), 'data'), join(temporaryFolder(), 'outside')];
    mkdirSync(join(folder, 'inbox'), { recursive: true });
    for (const file of [outside, join(folder, 'a.db'), join(folder, 'inbox/a.zip')]) {
      writeFileSync(file, 'x');
      chmodSync(file, 0o666);
    }
    for (const one of [folder, join(folder, 'inbox')]) chmodSync(one, 0o777);
    symlinkSync(outside, join(folder, 'link'));
    makePrivateFolder(folder);
    const modes = ['', 'inbox', 'a.db', 'inbox/a.zip'].map((name) => modeOf(join(folder, name)));
    expect([...modes, modeOf(outside)]).toEqual(['700', '700', '600', '600', '666']);
  },
);

it('a folder that is not there yet is made', () => {
  const folder = join(temporaryFolder(), 'a', 'b');
  makePrivateFolder(folder);
  expect(lstatSync(folder).isDirectory()).toBe(true);
});
