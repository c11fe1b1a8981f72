import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestCenter, type TestCenter } from '../testing/index.ts';
import { MESSAGES } from './messages.ts';

/** What whoever sits before a browser is told where something goes wrong, and what a program is. */
let open: TestCenter;
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

beforeAll(async () => {
  open = await openTestCenter();
}, 30_000);
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
    expect(reply.body).toMatch(/<code>internal · req-\w+<\/code>/);
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
