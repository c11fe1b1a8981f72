import { describe, expect, test } from 'vitest';
import { isOwnUrl, isTrustedSender, mayNavigate, PAGE_URL } from './origin.ts';

const foreign = [
  undefined,
  '',
  'null',
  'about:blank',
  'https://station/',
  'file:///index.html',
  'app:station',
  'app://stations/',
  'app://station.example/',
  'app://station:80/',
  'app://user@station/',
  'app://example/app://station/',
  'data:text/html,app://station/',
];

describe('the origin', () => {
  test('is app://station, with any path', () => {
    for (const url of ['app://station', 'app://station/', PAGE_URL, 'app://station/assets/a.js?x#y'])
      expect(isOwnUrl(url)).toBe(true);
  });

  test.each(foreign)('is not %s', (url) => expect(isOwnUrl(url)).toBe(false));
});

describe('navigation', () => {
  test('may load the page again', () => {
    expect(mayNavigate({ url: PAGE_URL, isMainFrame: true })).toBe(true);
    expect(mayNavigate({ url: 'app://station/', isMainFrame: true })).toBe(true);
  });

  test('goes nowhere else', () => {
    expect(mayNavigate({ url: 'app://station/assets/index.js', isMainFrame: true })).toBe(false);
    for (const url of foreign) expect(mayNavigate({ url: url ?? '', isMainFrame: true })).toBe(false);
  });

  test('in a frame goes to packages of courses, and to no page of ours', () => {
    const inFrame = (url: string) => mayNavigate({ url, isMainFrame: false });
    const own = `package://p-${'a'.repeat(32)}/player.html`;
    expect([own, 'about:blank'].map(inFrame)).toEqual([true, true]);
    expect(mayNavigate({ url: own, isMainFrame: true })).toBe(false);
    for (const url of [
      ...foreign.filter((one) => one !== 'about:blank'),
      PAGE_URL,
      'package://station/',
      'blob:null/1',
    ])
      expect([url, inFrame(url ?? '')]).toEqual([url, false]);
  });
});

describe('a sender', () => {
  test('is trusted where it is our page', () =>
    expect(isTrustedSender({ url: PAGE_URL, isMainFrame: true })).toBe(true));

  test('is not where it is a frame, a stranger, or gone', () => {
    expect(isTrustedSender({ url: PAGE_URL, isMainFrame: false })).toBe(false);
    expect(isTrustedSender({ url: 'https://example.com/', isMainFrame: true })).toBe(false);
    expect(isTrustedSender(undefined)).toBe(false);
  });
});
