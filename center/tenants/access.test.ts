import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditPage } from '../../contract/people-center/audit.ts';
import { type NewToken, operatorPaths, type TokenList } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { instant, TokenId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import {
  addOtherTenant,
  enrolStation,
  FROM_HERE,
  formTokenIn,
  newCode,
  newSigner,
  openTestCenter,
  signIn,
  type TestCenter,
} from '../testing/index.ts';
import {
  addAdministrator,
  endAdministrator,
  guarded,
  listAdministrators,
  ofAccount,
  ofAddress,
  type System,
} from './index.ts';

const SYSTEM: System = { kind: 'system' };
let open: TestCenter;
let now = new Date();
beforeAll(async () => {
  open = await openTestCenter({ now: () => now });
});
afterAll(() => open.close());

const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, token: string, payload?: object) =>
  open.app.inject({ method, url, ...(payload ? { payload } : {}), headers: { authorization: `Bearer ${token}` } });
const add = async (wish: object): Promise<NewToken> =>
  (await ask('POST', operatorPaths.tokens, open.secrets.operatorToken, wish)).json();
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

describe('a token', () => {
  test('is one of several, has a name, and ends when it is ended, with whoever signed in by it', async () => {
    const { id, token } = await add({ name: '李处' });
    const cookie = await signIn(open.app, token);
    const see = async () => (await open.app.inject({ url: '/', headers: { cookie } })).statusCode;
    expect([(await ask('GET', operatorPaths.overview, token)).statusCode, await see()]).toEqual([200, 200]);
    const { tokens } = (await ask('GET', operatorPaths.tokens, token)).json<TokenList>();
    expect(tokens.find((one) => one.id === id)).toMatchObject({ name: '李处', endedAt: null });
    expect(JSON.stringify(tokens)).not.toContain(token);
    expect((await ask('DELETE', `${operatorPaths.tokens}/${id}`, open.secrets.operatorToken)).statusCode).toBe(200);
    expect([(await ask('GET', operatorPaths.overview, token)).statusCode, await see()]).toEqual([401, 401]);
  });

  test('ends by itself, and the last one is not ended by anybody', async () => {
    const { token } = await add({ name: '临时', expiresAt: new Date(now.getTime() + 60_000).toISOString() });
    expect((await ask('GET', operatorPaths.overview, token)).statusCode).toBe(200);
    later(61_000);
    expect((await ask('GET', operatorPaths.overview, token)).statusCode).toBe(401);
    // One that works for a while yet leaves nobody a way in.
    await add({ name: '还有一小时', expiresAt: new Date(now.getTime() + 3_600_000).toISOString() });
    const { tokens } = (await ask('GET', operatorPaths.tokens, open.secrets.operatorToken)).json<TokenList>();
    const first = tokens.find(({ name }) => name === 'first');
    const reply = await ask('DELETE', `${operatorPaths.tokens}/${first?.id}`, open.secrets.operatorToken);
    expect(reply.json().reason).toBe('not-allowed-now');
  });
});

describe('a session of the pages', () => {
  test('is over after twelve hours, and is ended from another', async () => {
    const mine = await signIn(open.app, open.secrets.operatorToken);
    later(1_000);
    const theirs = await signIn(open.app, open.secrets.operatorToken);
    const page = (cookie: string) => open.app.inject({ url: '/sessions', headers: { cookie } });
    const { body } = await page(mine);
    const ids = [...body.matchAll(/name="id" value="(ps_\w+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThanOrEqual(2);
    const end = (payload: Record<string, string>) =>
      open.app.inject({
        ...{ method: 'POST', url: '/sessions', payload: new URLSearchParams(payload).toString() },
        headers: { ...FROM_HERE, cookie: mine, 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await end({ id: ids[0] ?? '' })).json().reason).toBe('origin-refused');
    // The newest stands first.
    expect((await end({ id: ids[0] ?? '', form: formTokenIn(body) })).statusCode).toBe(303);
    expect((await page(mine)).statusCode).toBe(200);
    expect((await page(theirs)).statusCode).toBe(401);
    const again = await signIn(open.app, open.secrets.operatorToken);
    later(12 * 3_600_000 + 1);
    expect((await page(again)).statusCode).toBe(401);
  });
});

describe('wrong tries', () => {
  const wrong = () => Promise.reject(new Refusal('pin-wrong'));
  const guess = (who: string, attempt: () => Promise<unknown> = wrong) =>
    guarded(open.center.db, now, [ofAccount('proctor-pin', who)], ['pin-wrong'], attempt).catch((error) => error);

  test('are free three times, then cost twice as long each time, and the right one frees them', async () => {
    for (let n = 0; n < 3; n++) expect(await guess('a')).toMatchObject({ reason: 'pin-wrong' });
    for (const seconds of [5, 10, 20]) {
      expect(await guess('a', async () => 'in')).toMatchObject({ reason: 'try-later', seconds });
      later(seconds * 1_000);
      expect(await guess('a')).toMatchObject({ reason: 'pin-wrong' });
    }
    later(40_000);
    expect(await guess('a', async () => 'in')).toBe('in');
    expect(await guess('a')).toMatchObject({ reason: 'pin-wrong' });
  });

  test('sent side by side do not slip past, and what was no guess is not counted', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => guess('b')));
    expect(all.filter((said) => said instanceof Refusal && said.reason === 'pin-wrong')).toHaveLength(3);
    for (let n = 0; n < 9; n++)
      expect(await guess('c', () => Promise.reject(new Refusal('no-exam')))).toMatchObject({ reason: 'no-exam' });
  });

  test('from one address are counted together, whatever is guessed at', async () => {
    const try_ = (code: string) =>
      open.app.inject({
        ...{ method: 'POST', url: paths.enrol },
        payload: { code, publicKey: newSigner().publicKey, name: '考站' },
      });
    const said: string[] = [];
    for (let n = 0; n < 25; n++) said.push((await try_(`AAAA-BBBB-${1_000 + n}`)).json().reason);
    expect(said.indexOf('try-later')).toBeGreaterThan(10);
    const waits = await try_('AAAA-BBBB-CCCC');
    expect([waits.statusCode, waits.headers['retry-after']]).toEqual([429, String(waits.json().seconds)]);
    const free = ofAddress('enrolment-code', '10.0.0.9');
    expect(await guarded(open.center.db, now, [free], ['code-unknown'], async () => 'in')).toBe('in');
  });
});

test('wrong tokens are counted at the pages as at programs’ own paths, and the right one never waits', async () => {
  const see = (url: string, headers: Record<string, string>) =>
    open.app.inject({ url, headers, remoteAddress: '10.0.0.7' });
  const said: string[] = [];
  for (let n = 0; n < 24; n++) {
    const url = n % 2 === 0 ? '/stations' : operatorPaths.overview;
    said.push((await see(url, { authorization: `Bearer wrong-${n}` })).json().reason);
  }
  expect(said.slice(0, 20)).toEqual(Array(20).fill('unauthorised'));
  expect(said.slice(20)).toEqual(Array(4).fill('try-later'));
  const cookie = await signIn(open.app, open.secrets.operatorToken);
  for (const headers of [{ authorization: `Bearer ${open.secrets.operatorToken}` }, { cookie }])
    expect((await see('/stations', headers)).statusCode).toBe(200);
});

describe('whoever runs the center', () => {
  test('is one no more once their token was ended, wherever they had signed in', async () => {
    const { id, token } = await addAdministrator(SYSTEM, open.center.db, '离任', now);
    const headers = { cookie: await signIn(open.app, token) };
    const seen = async () => (await open.app.inject({ url: '/firms', headers })).statusCode;
    expect(await seen()).toBe(200);
    await endAdministrator(SYSTEM, open.center.db, id, now);
    expect(await seen()).toBe(401);
    expect(await listAdministrators(SYSTEM, open.center.db)).toContainEqual({
      ...{ id, name: '离任', createdAt: instant(now), endedAt: instant(now) },
    });
    const none = endAdministrator(SYSTEM, open.center.db, TokenId.parse('tk_none'), now);
    await expect(none).rejects.toMatchObject({ reason: 'method-unknown' });
  });

  test('takes in a firm by a page, and sees nothing of any', async () => {
    const { token } = await addAdministrator(SYSTEM, open.center.db, '中心', now);
    const cookie = await signIn(open.app, token);
    const page = (url: string) => open.app.inject({ url, headers: { cookie } });
    const { body } = await page('/firms');
    const post = (payload: Record<string, string>) =>
      open.app.inject({
        ...{ method: 'POST', url: '/firms', payload: new URLSearchParams(payload).toString() },
        headers: { ...FROM_HERE, cookie, 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await post({ name: '丁公司' })).json().reason).toBe('origin-refused');
    const added = await post({ name: '丁公司', form: formTokenIn(body) });
    const [, made = ''] = added.body.match(/role="status">.*<code>([\w-]+)</) ?? [];
    expect((await ask('GET', operatorPaths.overview, made)).json()).toMatchObject({ exams: [], proctors: [] });
    for (const url of ['/stations', '/audit', '/sessions']) expect((await page(url)).statusCode).toBe(401);
    expect((await ask('GET', operatorPaths.overview, token)).statusCode).toBe(401);
    const asOperator = await signIn(open.app, open.secrets.operatorToken);
    expect((await open.app.inject({ url: '/firms', headers: { cookie: asOperator } })).statusCode).toBe(401);
  });
});

describe('what a firm is called', () => {
  const deedsOf = async (): Promise<readonly string[]> =>
    (await ask('GET', operatorPaths.audit, open.secrets.operatorToken)).json<AuditPage>().lines.map(({ what }) => what);

  test('its operator says, and a station hears it with what it is told next', async () => {
    now = new Date();
    const station = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
    const rename = (name: string, token = open.secrets.operatorToken) =>
      open.app.inject({
        method: 'PUT',
        url: operatorPaths.firm,
        payload: { name },
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await rename(' 北方电力 ')).json()).toMatchObject({ name: '北方电力' });
    const { tenant } = await station.assignment();
    expect(tenant.name).toBe('北方电力');
    expect((await rename('  ')).statusCode).toBe(400);
    expect(await deedsOf()).toContain('tenant-renamed');
  });

  test('whoever sees its page changes it there, and whoever runs the center for all firms at theirs', async () => {
    const { token: other } = await addOtherTenant(open, 'tn_renamed', '乙企业');
    const post = (url: string, cookie: string, form: Record<string, string>) =>
      open.app.inject({
        ...{ method: 'POST', url, payload: new URLSearchParams(form).toString() },
        headers: { cookie, ...FROM_HERE, 'content-type': 'application/x-www-form-urlencoded' },
      });
    const see = async (url: string, cookie: string) => (await open.app.inject({ url, headers: { cookie } })).body;
    const own = await signIn(open.app, other);
    const form = formTokenIn(await see('/firm', own));
    // Another firm's id in the form changes nothing: it is whose page it is.
    expect((await post('/firm', own, { form, firm: 'tn_demo', name: '丙企业' })).statusCode).toBe(303);
    expect(await see('/firm', own)).toContain('丙企业');
    const { token } = await addAdministrator(SYSTEM, open.center.db, '平台', now);
    const platform = await signIn(open.app, token);
    const all = formTokenIn(await see('/firms', platform));
    expect((await post('/firms/name', platform, { form: all, firm: 'tn_renamed', name: '<丁>' })).statusCode).toBe(303);
    expect(await see('/firms', platform)).toContain('&lt;丁&gt;');
    expect((await post('/firms/name', platform, { form: all, firm: 'tn_nobody', name: '戊' })).statusCode).toBe(400);
    expect((await post('/firms/name', own, { form, firm: 'tn_demo', name: '己' })).statusCode).toBe(401);
  });
});
