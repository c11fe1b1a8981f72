import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { zipOf } from '../../courseware/package.fixture.ts';
import { sharedFolder } from '../../tests/kit/folders.ts';
import { openPackageFiles } from './package-files.ts';

const root = sharedFolder();
const PACKAGE = zipOf({ 'index.html': '<p>课</p>' });
const HASH = createHash('sha256').update(PACKAGE).digest('hex');
const ORIGIN = `package://p-${'0'.repeat(32)}`;
const answer = openPackageFiles({ page: join(root, 'page'), media: join(root, 'media') }, () => undefined);

beforeAll(() => {
  mkdirSync(join(root, 'media'));
  mkdirSync(join(root, 'page/player'), { recursive: true });
  writeFileSync(join(root, 'page/player/player.html'), '<p>player</p>');
  writeFileSync(join(root, 'media', HASH), PACKAGE);
});

test('a package and its player are there, for the page alone to show', async () => {
  const response = await answer(new Request(`${ORIGIN}/${HASH}/index.html?page=2`));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
  expect(await response.text()).toBe('<p>课</p>');
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'self' app://station");
  expect(await (await answer(new Request(`${ORIGIN}/player.html`))).text()).toBe('<p>player</p>');
});

test.each([
  `package://station/${HASH}/index.html`,
  `app://station/${HASH}/index.html`,
  `${ORIGIN}/${HASH}/none.html`,
  `${ORIGIN}/index.html`,
])('nothing else is: %s', async (url) => expect((await answer(new Request(url))).status).toBe(404));

test('and it is only read', async () => {
  expect((await answer(new Request(`${ORIGIN}/player.html`, { method: 'POST' }))).status).toBe(404);
});
