import { describe, expect, it } from 'vitest';
import { Sha256 } from '../words/ids.ts';
import { isPackageHost, isPackageUrl, launchPath, packageOrigin, packagePath } from './package-address.ts';
import { contentTypeOf, packageHeaders } from './package-headers.ts';

const [RANDOM, HASH] = ['0123456789abcdef'.repeat(2), Sha256.parse('a'.repeat(64))];

describe('an origin of a package', () => {
  it('is a name below localhost in the browser host, and one of a scheme in the kiosk', () => {
    const browser = packageOrigin({ protocol: 'http:', port: '8080' }, RANDOM);
    expect(browser).toBe(`http://p-${RANDOM}.localhost:8080`);
    expect(isPackageHost(URL.parse(browser)?.host, 8080)).toBe(true);
    const kiosk = packageOrigin({ protocol: 'app:', port: '' }, RANDOM);
    expect(kiosk).toBe(`package://p-${RANDOM}`);
    expect(isPackageUrl(`${kiosk}/player.html`)).toBe(true);
  });

  it.each([
    '127.0.0.1:8080',
    'localhost:8080',
    `p-${RANDOM}.localhost`,
    `p-${RANDOM}.localhost:8081`,
    `p-${RANDOM}.localhost.evil.example:8080`,
    `x.p-${RANDOM}.localhost:8080`,
    `p-${RANDOM}0.localhost:8080`,
    undefined,
  ])('is not %s', (host) => expect(isPackageHost(host, 8080)).toBe(false));

  it.each([
    'app://station/',
    'package://station/',
    `package://p-${RANDOM}:80/`,
    `package://user@p-${RANDOM}/`,
    `http://p-${RANDOM}/`,
    `package:p-${RANDOM}`,
    '',
  ])('is not %s either', (url) => expect(isPackageUrl(url)).toBe(false));
});

describe('a path there', () => {
  it('is of the player or of a package, decoded once', () => {
    expect(packagePath('/player.html')).toEqual({ kind: 'player', file: 'player.html' });
    expect(packagePath('/assets/player-abc_1.js')).toEqual({ kind: 'player', file: 'assets/player-abc_1.js' });
    const file = (path: string) => packagePath(`/${HASH}/${path}`);
    expect(file('a%20b/%E5%AE%89.html')).toEqual({ kind: 'content', hash: HASH, file: 'a b/安.html' });
    expect(file('%252e%252e/x')).toMatchObject({ file: '%2e%2e/x' });
    expect(launchPath(HASH, 'index.html?a=1')).toBe(`/${HASH}/index.html?a=1`);
  });

  it.each([
    '/',
    '/index.html',
    `/media/${HASH}`,
    `/${HASH}`,
    `/${HASH}/`,
    `/${HASH.toUpperCase()}/a`,
    `/${HASH}/%E0%A4%A`,
    '/assets/',
    '/assets/../index.html',
    '/assets/%2e%2e/index.html',
    '/assets/.env',
    '//player.html',
    '',
  ])('%s is nothing', (path) => expect(packagePath(path)).toBeUndefined());
});

it('what is not known by its name is bytes', () => {
  expect(['a.HTML', 'b/c.Mp4', 'd.swf', 'e', 'f.html.exe'].map(contentTypeOf)).toEqual([
    'text/html',
    'video/mp4',
    ...Array<string>(3).fill('application/octet-stream'),
  ]);
});

it('a package may reach its own origin alone, and only the station may show it', () => {
  const station = ['http://127.0.0.1:1'];
  const policyOf = (kind: 'player' | 'content') => packageHeaders(kind, station)['content-security-policy'] ?? '';
  expect(policyOf('content')).toContain("connect-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'none'");
  expect(policyOf('content')).toContain("frame-ancestors 'self' http://127.0.0.1:1");
  expect(policyOf('player')).toContain("default-src 'none'; script-src 'self'");
  expect(policyOf('player')).toMatch(/frame-ancestors http:\/\/127\.0\.0\.1:1$/);
  for (const kind of ['player', 'content'] as const)
    expect(policyOf(kind).replace(station[0] ?? '', '')).not.toMatch(/https?:|\s\*/);
});
