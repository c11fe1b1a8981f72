import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sharedFolder } from '../tests/kit/folders.ts';
import { openPackageHost } from './index.ts';
import { zipOf } from './package.fixture.ts';

const root = sharedFolder();
const [page, media] = [join(root, 'page'), join(root, 'media')];
const FILM = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251));
const PACKAGE = zipOf({ 'index.html': '<p>课</p>', 'a b/film.mp4': FILM, 'empty.js': '', 'x.swf': 'x' });
const BROKEN = Buffer.from('PK\u0003\u0004 is how it begins');
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const [HASH, BROKEN_HASH] = [hashOf(PACKAGE), hashOf(BROKEN)];

beforeAll(() => {
  mkdirSync(media);
  mkdirSync(join(page, 'player/assets'), { recursive: true });
  writeFileSync(join(page, 'player/player.html'), '<p>player</p>');
  writeFileSync(join(page, 'index.html'), 'secret');
  writeFileSync(join(page, 'player/assets/player.js'), '// player');
  writeFileSync(join(root, 'secret.txt'), 'secret');
  for (const bytes of [PACKAGE, BROKEN]) writeFileSync(join(media, hashOf(bytes)), bytes);
  writeFileSync(join(media, `${HASH}.part`), 'secret');
});

function open() {
  const troubles: string[] = [];
  const host = openPackageHost({
    ...{ page, media, station: ['app://station'] },
    onTrouble: ({ error }) => void troubles.push(error),
  });
  onTestFinished(host.close);
  return { host, troubles };
}

describe('what is answered', () => {
  it('is a file of the package with its type, and the policy of a package', async () => {
    const answer = await open().host.answer(`/${HASH}/index.html`, null);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/html', 'content-length': '10' } });
    expect(answer.headers['content-security-policy']).toContain("connect-src 'self'");
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(answer.body && (await text(answer.body))).toBe('<p>课</p>');
  });

  it.each([
    ['bytes=0-9', 0, 10],
    ['bytes=65530-131080', 65_530, 131_081],
    ['bytes=-7', 199_993, 200_000],
    ['bytes=199999-', 199_999, 200_000],
  ])('is %s of a film that is packed', async (range, from, to) => {
    const answer = await open().host.answer(`/${HASH}/a%20b/film.mp4`, range);
    expect([answer.status, answer.headers['content-range']]).toEqual([206, `bytes ${from}-${to - 1}/200000`]);
    expect(answer.body && (await buffer(answer.body)).equals(FILM.subarray(from, to))).toBe(true);
  });

  it('is nothing where a film has no more, or a file has nothing in it', async () => {
    const { host } = open();
    expect(await host.answer(`/${HASH}/a%20b/film.mp4`, 'bytes=200000-')).toMatchObject({ status: 416 });
    const empty = await host.answer(`/${HASH}/empty.js`, null);
    expect([empty.status, empty.headers['content-length'], empty.body]).toEqual([200, '0', undefined]);
  });

  it('is the player, and nothing else of the page', async () => {
    const { host } = open();
    const player = await host.answer('/player.html', null);
    expect(player.headers['content-security-policy']).toContain("default-src 'none'");
    expect(player.body && (await text(player.body))).toBe('<p>player</p>');
    expect(await host.answer('/assets/player.js', null)).toMatchObject({
      headers: { 'content-type': 'text/javascript' },
    });
    const others = [
      '/index.html',
      '/',
      '/secret.txt',
      '/assets/..%2findex.html',
      '/assets',
      `/media/${HASH}`,
      '/assets/none.js',
    ];
    for (const path of others) expect([path, (await host.answer(path, null)).status]).toEqual([path, 404]);
  });

  it.each([
    `/${HASH}/none.html`,
    `/${HASH}/INDEX.html`,
    `/${HASH}/a%20b`,
    `/${HASH}/../secret.txt`,
    `/${HASH}/%2e%2e/secret.txt`,
    `/${HASH}.part/x`,
    `/${'0'.repeat(64)}/index.html`,
  ])('is nothing where there is none: %s', async (path) => {
    const { host, troubles } = open();
    expect(await host.answer(path, null)).not.toHaveProperty('body');
    expect((await host.answer(path, null)).status).toBe(404);
    expect(troubles).toEqual([]);
  });

  it('is nothing of what is no package, and somebody is told', async () => {
    const { host, troubles } = open();
    expect((await host.answer(`/${BROKEN_HASH}/index.html`, null)).status).toBe(404);
    expect(troubles).toHaveLength(1);
    expect((await host.answer(`/${HASH}/x.swf`, null)).headers['content-type']).toBe('application/octet-stream');
  });
});
