import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explain, translator } from '../../messages/index.ts';
import { openTestCenter, type TestCenter } from '../testing/index.ts';
import { ACCESS_WORDS } from './access-words.ts';
import { MESSAGES } from './messages.ts';

/** What whoever sits before a browser is told where something goes wrong, and what a program is. */
let open: TestCenter;
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

beforeAll(async () => {
  open = await openTestCenter();
});
afterAll(() => open.close());

const ask = (url: string, accept: string | undefined = BROWSER, more: object = {}) =>
  open.app.inject({ url, headers: { ...(accept ? { accept } : {}), ...more } });

describe('to a browser', () => {
  test.each([
    ['a path that is none', '/nowhere', 404, MESSAGES.zh.errors.missing],
    ['the same in English', '/nowhere?lang=en', 404, MESSAGES.en.errors.missing],
    ['a proof file of nobody', `/proof/${'a'.repeat(64)}?lang=en`, 404, MESSAGES.en.errors.missing],
    ['a path of programs, without a token', '/v1/operator/overview', 401, MESSAGES.zh.errors.denied],
    ['an address that cannot be read', '/%zz', 400, MESSAGES.zh.errors.refused],
  ])('%s is a page with what to do next', async (_, url, status, { title, next }) => {
    const reply = await ask(url);
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
    expect(reply.body).toContain(`<h1>${title}</h1>`);
    expect(reply.body).toContain(next);
    expect(reply.body).toContain(`lang="${url.includes('lang=en') ? 'en' : 'zh-CN'}"`);
    expect(reply.body).toContain(url.includes('lang=en') ? 'href="/?lang=en"' : 'href="/"');
    expect(reply.headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  test('a refusal is in words, and says how long to wait', async () => {
    const headers = { authorization: 'Bearer wrong' };
    const see = () =>
      open.app.inject({ url: '/stations', headers: { accept: BROWSER, ...headers }, remoteAddress: '10.0.0.5' });
    const first = await see();
    expect(first.statusCode).toBe(401);
    expect(first.body).toContain(explain('unauthorised', 'zh'));
    for (let n = 1; n < 20; n++) await see();
    const waits = await see();
    const seconds = Number(waits.headers['retry-after']);
    expect(waits.statusCode).toBe(429);
    expect(waits.body).toContain(`${explain('try-later', 'zh')} ${ACCESS_WORDS.zh.tryLater(seconds)}`);
    expect(waits.body).not.toContain(MESSAGES.zh.errors.refused.next);
  });

  test.each([
    ['/home/api/overview', 401, 'home.signed-out'],
    [`/home/media/${'a'.repeat(64)}`, 401, 'home.signed-out'],
    ['/home/none', 404, 'home.nothing-here'],
    ['/home/%zz', 400, undefined],
  ] as const)('%s is of learning at home: plain, in both languages, and of no token', async (url, status, key) => {
    const reply = await ask(url);
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
    for (const locale of ['zh', 'en'] as const)
      expect(reply.body).toContain(key ? translator(locale)(key) : explain('bad-message', locale));
    expect(reply.headers['content-security-policy']).toContain("style-src 'self'");
    expect(reply.body).not.toMatch(/<style|令牌|token/);
    expect(reply.body).toContain('href="/home/"');
  });

  test('a fault says that it is one, with what the log calls the request, and nothing of what broke', async () => {
    const broken = await openTestCenter();
    const { operatorToken } = broken.secrets;
    await broken.center.db.query('DROP TABLE operators CASCADE');
    const reply = await broken.app.inject({
      url: '/',
      headers: { accept: BROWSER, authorization: `Bearer ${operatorToken}` },
    });
    await broken.close();
    expect(reply.statusCode).toBe(500);
    expect(reply.body).toContain(MESSAGES.zh.errors.fault.next);
    expect(reply.body).toMatch(/<code>internal · [\da-f-]{36}<\/code>/);
    expect(reply.body).not.toMatch(/operators|Error/);
  });

  test('the page says nothing of what was asked for that a browser would run', async () => {
    const { body } = await ask('/%3Cscript%3Ealert(1)%3C/script%3E');
    expect(body).not.toContain('<script');
  });
});

describe('to a program', () => {
  test.each([undefined, '*/*', 'application/json', 'application/json, text/html;q=0', 'text/htmlx'])(
    'that accepts %s it is JSON with a reason code',
    async (accept) => {
      const reply = await ask('/nowhere', accept ?? '');
      expect(reply.statusCode).toBe(404);
      expect(reply.json()).toMatchObject({ reason: 'method-unknown' });
    },
  );

  test('that sends an address that cannot be read, too', async () => {
    const reply = await ask('/%zz', 'application/json');
    expect([reply.statusCode, reply.json().reason]).toEqual([400, 'bad-message']);
  });
});
