import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { homePaths } from '../../contract/home/home-api.ts';
import { type HomeAccessList, operatorPaths } from '../../contract/people-center/operator-api.ts';
import {
  addOtherTenant,
  cookieOf,
  enterAt,
  FROM_HERE,
  inviteAt,
  openTestCenter,
  signInAt,
  type TestCenter,
} from '../testing/index.ts';

const [ZHANG, LI, ZHAO] = ['110105198001010016', '110105198502020028', '110105199003030031'] as const;
const DAY_MS = 24 * 3_600_000;
let open: TestCenter;
let later = 0;

beforeAll(async () => {
  open = await openTestCenter({ now: () => new Date(Date.now() + later) });
});
afterAll(() => open.close());

const operator = (method: 'GET' | 'POST', url: string, payload?: object) =>
  open.app.inject({
    ...{ method, url, headers: { authorization: `Bearer ${open.secrets.operatorToken}` } },
    ...(payload ? { payload } : {}),
  });
const overview = (cookie: string) => open.app.inject({ url: homePaths.overview, headers: { cookie } });
const people = async () => (await operator('GET', operatorPaths.home)).json<HomeAccessList>().people;

describe('an invitation', () => {
  test('opens a session once, and only once', async () => {
    const invitation = await inviteAt(open, ZHANG);
    expect(invitation).toMatch(/^[\w-]{22}$/);
    expect(await people()).toMatchObject([{ name: '张示范', devices: 0, invitedUntil: expect.any(String) }]);
    const entered = await enterAt(open, invitation);
    expect(entered.headers['set-cookie']).toMatch(
      /^exam_home=[\w-]{22}; Path=\/home; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    );
    expect((await overview(cookieOf(entered))).json()).toMatchObject({ name: '张示范', firm: '示范企业 (Demo Works)' });
    const again = await enterAt(open, invitation);
    expect([again.statusCode, again.json()]).toEqual([404, { reason: 'invitation-unknown' }]);
    const [person] = await people();
    expect(person).toMatchObject({ devices: 1, seenAt: expect.any(String) });
    expect(person?.invitedUntil).toBeUndefined();
  });

  test('is not spent by whoever only looks at where it leads', async () => {
    const invitation = await inviteAt(open, LI);
    for (const method of ['GET', 'HEAD'] as const) await open.app.inject({ method, url: homePaths.page });
    await open.app.inject({ url: `${homePaths.sessions}?invitation=${invitation}` });
    expect((await enterAt(open, invitation)).statusCode).toBe(200);
  });

  test('works no more once another was made, after 14 days, or after it was taken back', async () => {
    const [first, second] = [await inviteAt(open, ZHAO), await inviteAt(open, ZHAO)];
    expect((await enterAt(open, first)).statusCode).toBe(404);
    later = 14 * DAY_MS + 1_000;
    expect((await enterAt(open, second)).statusCode).toBe(404);
    later = 0;
    const third = await inviteAt(open, ZHAO);
    await operator('POST', operatorPaths.homeEnd, { number: ZHAO });
    expect((await enterAt(open, third)).statusCode).toBe(404);
  });

  test('is kept as a hash, as a session is', async () => {
    const invitation = await inviteAt(open, ZHAO);
    const { cookie } = await signInAt(open, LI);
    const kept = await open.center.db.query(
      'SELECT secret_hash AS h FROM home_invitations UNION ALL SELECT secret_hash FROM home_sessions',
    );
    expect(kept.length).toBeGreaterThan(1);
    for (const secret of [invitation, cookie.split('=')[1]]) expect(JSON.stringify(kept)).not.toContain(secret);
  });

  test('is refused from another site, from what is no browser, and to whoever is on no roster', async () => {
    const invitation = await inviteAt(open, ZHAO);
    const from = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://elsewhere.example', host: 'center.example' },
      { origin: 'null', host: 'center.example' },
    ];
    for (const headers of from) {
      const reply = await enterAt(open, invitation, headers);
      expect([headers, reply.statusCode, reply.json()]).toMatchObject([headers, 403, { reason: 'origin-refused' }]);
    }
    const ours = { origin: 'https://center.example', host: 'center.example' };
    expect((await enterAt(open, invitation, ours)).headers['set-cookie']).toContain('; Secure');
    expect((await operator('POST', operatorPaths.home, { number: '11010519491231002X' })).json()).toMatchObject({
      reason: 'not-on-roster',
    });
  });
});

describe('a session', () => {
  test('ends when somebody signs out, and only that one', async () => {
    const [phone, computer] = [await signInAt(open, ZHANG), await signInAt(open, ZHANG)];
    expect((await phone.post(homePaths.signOut)).headers['set-cookie']).toContain('Max-Age=0');
    expect((await overview(phone.cookie)).statusCode).toBe(401);
    expect((await overview(computer.cookie)).statusCode).toBe(200);
  });

  test('ends when the operator ends it, on every device', async () => {
    const [phone, computer] = [await signInAt(open, LI), await signInAt(open, LI)];
    await operator('POST', operatorPaths.homeEnd, { number: LI });
    for (const { cookie } of [phone, computer]) expect((await overview(cookie)).statusCode).toBe(401);
    expect((await people()).some(({ number }) => number === LI)).toBe(false);
  });

  test('ends when somebody is taken off the roster', async () => {
    const { cookie } = await signInAt(open, ZHAO);
    await open.center.db.query(`DELETE FROM candidates WHERE id = 'cd_demo-3'`);
    expect((await overview(cookie)).statusCode).toBe(401);
  });

  test('goes on for 30 days from when it was last used', async () => {
    const { cookie } = await signInAt(open, ZHANG);
    for (const [days, status] of [
      [29, 200],
      [58, 200],
      [89, 401],
    ] as const) {
      later = days * DAY_MS;
      expect([days, (await overview(cookie)).statusCode]).toEqual([days, status]);
    }
    later = 0;
  });

  test('does nothing for a page of another site', async () => {
    const { cookie } = await signInAt(open, ZHANG);
    const asked = { method: 'POST', url: homePaths.signOut, payload: {} } as const;
    const foreign = await open.app.inject({ ...asked, headers: { cookie, 'sec-fetch-site': 'cross-site' } });
    expect([foreign.statusCode, foreign.json()]).toEqual([403, { reason: 'origin-refused' }]);
    expect((await open.app.inject({ ...asked, headers: { cookie } })).statusCode).toBe(403);
    expect((await overview(cookie)).statusCode).toBe(200);
  });

  test('is one firm’s: an operator of another one ends nothing and invites nobody', async () => {
    const { token } = await addOtherTenant(open);
    const { cookie } = await signInAt(open, ZHANG);
    for (const url of [operatorPaths.home, operatorPaths.homeEnd]) {
      const headers = { authorization: `Bearer ${token}` };
      const reply = await open.app.inject({ method: 'POST', url, payload: { number: ZHANG }, headers });
      expect(reply.json()).toMatchObject({ reason: 'not-on-roster' });
    }
    expect((await overview(cookie)).statusCode).toBe(200);
  });
});

test('whoever tries many invitations has to wait, and nobody else does', async () => {
  const enter = (remoteAddress: string, invitation: string) =>
    open.app.inject({
      method: 'POST',
      url: homePaths.sessions,
      payload: { invitation },
      headers: FROM_HERE,
      remoteAddress,
    });
  const right = await inviteAt(open, ZHANG);
  for (let n = 0; n < 20; n++) expect((await enter('127.0.0.9', `${n}`.padStart(22, 'x'))).statusCode).toBe(404);
  const closed = await enter('127.0.0.9', right);
  expect([closed.statusCode, closed.json()]).toMatchObject([429, { reason: 'try-later' }]);
  expect((await enter('127.0.0.8', right)).statusCode).toBe(200);
  later = 601_000;
  expect((await enter('127.0.0.9', await inviteAt(open, ZHANG))).statusCode).toBe(200);
  later = 0;
});
