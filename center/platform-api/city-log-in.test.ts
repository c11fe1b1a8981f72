import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addPlace,
  cookieOf,
  FROM_HERE,
  joinAt,
  openTestCenter,
  type Person,
  personAt,
  roleAt,
  setUpAt,
  type TestCenter,
} from '../testing/index.ts';

/** A real provider on this machine, where whoever logs in says who they are; and a center that knows it. */
const RETURNS = 'http://localhost/v1/platform/oidc/callback';
const SECRET = 'a-secret-of-this-center';
let server: Server;
let issuer: string;
let open: TestCenter;
let chief: Person;

const configuration: Configuration = {
  clients: [
    { client_id: 'exam', client_secret: SECRET, redirect_uris: [RETURNS], grant_types: ['authorization_code'] },
  ],
  pkce: { required: () => true },
  claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  findAccount: (_context, sub) => ({
    accountId: sub,
    claims: () => ({ sub, preferred_username: sub.split('#')[0], email: `${sub}@city.example`, email_verified: false }),
  }),
  cookies: { keys: ['for-this-test'] },
};

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', new Provider(issuer, configuration).callback());
  const oidc = { issuer, clientId: 'exam', clientSecret: SECRET, loginClaim: 'preferred_username' };
  open = await openTestCenter({ oidc });
  chief = await setUpAt(open);
  await addPlace(open.center.db, 'og_shop', 'firm');
});
afterAll(async () => {
  await open.close();
  await new Promise((done) => server.close(done));
});

/** A browser at the provider, as whoever it says, until it is sent back. */
async function atProvider(url: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  let [next, form]: [string, string | undefined] = [url, undefined];
  for (let hop = 0; hop < 12; hop++) {
    const reply = await fetch(next, {
      ...{ redirect: 'manual', method: form === undefined ? 'GET' : 'POST' },
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = reply.headers.get('location');
    if (location) {
      next = new URL(location, next).href;
      form = undefined;
      if (next.startsWith(RETURNS)) return next;
      continue;
    }
    const page = await reply.text();
    const action = page.match(/action="([^"]+)"/)?.[1];
    if (!action) throw new Error(`${reply.status} ${page.slice(0, 300)}`);
    next = new URL(action, next).href;
    form = page.includes('name="login"')
      ? `prompt=login&login=${encodeURIComponent(login)}&password=x`
      : 'prompt=consent';
  }
  throw new Error('never sent back');
}

const start = async () => {
  const reply = await open.app.inject('/v1/platform/oidc/start');
  return { url: String(reply.headers.location), cookie: cookieOf(reply) };
};
const back = (url: string, cookie: string) => {
  const { pathname, search } = new URL(url);
  return open.app.inject({ url: `${pathname}${search}`, headers: { cookie, 'sec-fetch-site': 'cross-site' } });
};
async function through(login: string) {
  const { url, cookie } = await start();
  return back(await atProvider(url, login), cookie);
}
const sessionOf = (reply: { headers: Record<string, unknown> }): string =>
  [reply.headers['set-cookie']]
    .flat()
    .map(String)
    .find((one) => one.startsWith('exam_platform=')) ?? '';
const me = async (reply: Awaited<ReturnType<typeof through>>) =>
  (await personAt(open.app, sessionOf(reply).split(';')[0]).get('/v1/platform/me')).json();

test('whoever the city’s log-in vouches for comes in as the account with that login, and as it ever after', async () => {
  const { oidc } = (await personAt(open.app).get('/v1/platform/welcome')).json();
  expect(oidc).toBe('/v1/platform/oidc/start');
  const wang = await joinAt(open.app, chief, 'wang', roleAt('firm', 'og_shop'));
  const first = await through('wang');
  expect([first.statusCode, first.headers.location]).toEqual([302, '/platform/']);
  expect(await me(first)).toMatchObject({ id: wang.id, factors: ['oidc'] });
  expect(await me(await through('wang'))).toMatchObject({ id: wang.id });
  // Somebody who was later given the same login there is somebody else.
  const other = await through('wang#2');
  expect([other.headers.location, sessionOf(other)]).toEqual(['/platform/#refused=oidc-refused', '']);
});

test('nobody else comes in: who has no account, whose account is over, or who has another browser', async () => {
  expect((await through('nobody')).headers.location).toBe('/platform/#refused=oidc-refused');
  const lily = await joinAt(open.app, chief, 'lily', roleAt('firm', 'og_shop'));
  await through('lily');
  await chief.send('POST', `/v1/platform/accounts/${lily.id}/end`);
  expect((await through('lily')).headers.location).toBe('/platform/#refused=oidc-refused');
  const [mine, theirs] = [await start(), await start()];
  const url = await atProvider(mine.url, 'wang');
  expect((await back(url, theirs.cookie)).headers.location).toBe('/platform/#refused=oidc-refused');
  expect((await back(url, '')).headers.location).toBe('/platform/#refused=ticket-over');
  const again = await atProvider(mine.url, 'wang');
  expect((await back(again, mine.cookie)).headers.location).toBe('/platform/');
  expect((await back(again, mine.cookie)).headers.location).toBe('/platform/#refused=ticket-over');
  const elsewhere = { url: '/v1/platform/oidc/start', headers: { 'sec-fetch-site': 'cross-site' } };
  expect((await open.app.inject(elsewhere)).json().reason).toBe('origin-refused');
});

test('somebody who is logged in links their own, whatever they are called there', async () => {
  const zhou = await joinAt(open.app, chief, 'zhou', roleAt('firm', 'og_shop'));
  const asked = await open.app.inject({
    ...{ method: 'POST', url: '/v1/platform/me/oidc', payload: {} },
    headers: { ...FROM_HERE, cookie: zhou.cookie },
  });
  const done = await back(await atProvider(asked.json().url, '420106'), cookieOf(asked));
  expect(done.headers.location).toBe('/platform/#linked');
  expect(await me(await through('420106'))).toMatchObject({ id: zhou.id });
  const taken = await open.app.inject({
    ...{ method: 'POST', url: '/v1/platform/me/oidc', payload: {} },
    headers: { ...FROM_HERE, cookie: chief.cookie },
  });
  const refused = await back(await atProvider(taken.json().url, '420106'), cookieOf(taken));
  expect(refused.headers.location).toBe('/platform/#refused=oidc-refused');
});

test('without a claim only who was linked comes in, and an address counts only once it was tried', async () => {
  await joinAt(open.app, chief, 'sun@city.example', roleAt('firm', 'og_shop'));
  for (const loginClaim of [undefined, 'email']) {
    const other = await openTestCenter({ oidc: { issuer, clientId: 'exam', clientSecret: SECRET, loginClaim } });
    const first = await setUpAt(other);
    await addPlace(other.center.db, 'og_shop', 'firm');
    await joinAt(other.app, first, 'sun@city.example', roleAt('firm', 'og_shop'));
    const begun = await other.app.inject('/v1/platform/oidc/start');
    const { pathname, search } = new URL(await atProvider(String(begun.headers.location), 'sun'));
    const reply = await other.app.inject({ url: `${pathname}${search}`, headers: { cookie: cookieOf(begun) } });
    expect(reply.headers.location).toBe('/platform/#refused=oidc-refused');
    await other.close();
  }
});

test('a second factor is asked for as it is after a password', async () => {
  const chen = await joinAt(open.app, chief, 'chen', roleAt('firm', 'og_shop'));
  await through('chen');
  await open.center.db.query("UPDATE accounts SET totp = 'x' WHERE id = $1", [chen.id]);
  const reply = await through('chen');
  expect(reply.headers.location).toMatch(/^\/platform\/#factor=[\w-]{32}&factors=totp$/);
  expect(sessionOf(reply)).toBe('');
});
