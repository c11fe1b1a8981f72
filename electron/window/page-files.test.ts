import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedFolder } from '../../tests/kit/folders.ts';
import { openPageFiles, resolvePageFile } from './page-files.ts';

const FILM = Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.from('a film')]);
const FILM_HASH = createHash('sha256').update(FILM).digest('hex');

const outside = [
  'app://station/../secret.txt',
  'app://station/%2e%2e/secret.txt',
  'app://station/%2E%2E%2Fsecret.txt',
  'app://station/assets/%2e%2e/%2e%2e/secret.txt',
  'app://station/..%5csecret.txt',
  'app://station/assets%2f..%2f..%2fsecret.txt',
  'app://station/%252e%252e/secret.txt',
  'app://station//etc/passwd',
  'app://station/C:/Windows/win.ini',
  'app://station/index.html%00.js',
  'app://station/index.html::$DATA',
  'app://station/.env',
  'app://station/%E0%A4%A',
  'https://station/index.html',
  'app://elsewhere/index.html',
];

describe('a page file', () => {
  test('lies in the folder of the page', () => {
    expect(resolvePageFile('/page', 'app://station/')).toBe(join('/page', 'index.html'));
    expect(resolvePageFile('/page', 'app://station/assets/index-B7Y8IHmh.css?v=1#top')).toBe(
      join('/page', 'assets', 'index-B7Y8IHmh.css'),
    );
  });

  test.each(outside)('never comes from outside: %s', (address) => {
    const file = resolvePageFile('/page', address);
    // The address parser itself folds plain and encoded dots; what it leaves must be refused here.
    expect(file === undefined || file === join('/page', 'secret.txt')).toBe(true);
  });
});

describe('the page handler', () => {
  const root = sharedFolder();
  const missing: string[] = [];
  const answer = openPageFiles(join(root, 'page'), join(root, 'media'), (address) => missing.push(address));
  beforeAll(() => {
    mkdirSync(join(root, 'page'));
    writeFileSync(join(root, 'page/index.html'), '<p>exam</p>');
    writeFileSync(join(root, 'secret.txt'), 'secret');
    mkdirSync(join(root, 'media'));
    writeFileSync(join(root, 'media', FILM_HASH), FILM);
    writeFileSync(join(root, 'media', `${FILM_HASH}.part`), 'secret');
  });

  test('sends the file with its type and the policy', async () => {
    const response = await answer(new Request('app://station/index.html'));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<p>exam</p>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).not.toContain('ws:');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(outside)('answers 404 to %s', async (address) => {
    const response = await answer(new Request(address));
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  test('sends what a course shows, whole and in parts', async () => {
    const address = `app://station/media/${FILM_HASH}`;
    const whole = await answer(new Request(address));
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'video/webm']);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(FILM);
    expect(whole.headers.get('content-security-policy')).toContain("media-src 'self'");
    const part = await answer(new Request(address, { headers: { range: 'bytes=4-5' } }));
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 4-5/${FILM.length}`]);
    expect(await part.text()).toBe('a ');
    expect((await answer(new Request(address, { headers: { range: 'bytes=99-' } }))).status).toBe(416);
  });

  test.each([
    `app://station/media/${FILM_HASH}.part`,
    `app://station/media/%2e%2e/secret.txt`,
    `app://station/media/..%2fsecret.txt`,
    `app://elsewhere/media/${FILM_HASH}`,
    `app://station/media/${'0'.repeat(64)}`,
  ])('has nothing else of it: %s', async (address) => {
    expect((await answer(new Request(address))).status).toBe(404);
  });

  test('answers only reading, and says what was missing', async () => {
    expect((await answer(new Request('app://station/index.html', { method: 'POST' }))).status).toBe(404);
    expect(missing).toContain('app://station/index.html');
  });
});
