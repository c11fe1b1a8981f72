import { existsSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '../../contract/platform/accounts.ts';
import type { Myself } from '../../contract/platform/roles.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  addPlace,
  cookieOf,
  FROM_HERE,
  joinAt,
  loggedIn,
  openTestCenter,
  PASSWORD,
  type Person,
  personAt,
  roleAt,
  setUpAt,
  type TestCenter,
} from '../testing/index.ts';
import { addApproved, hashPassword, loginOf } from './index.ts';

const at = '/v1/platform';
let open: TestCenter;
let chief: Person;
let now = new Date();
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const HOUR = 3_600_000;

beforeAll(async () => {
  open = await openTestCenter({ now: () => now });
});
afterAll(() => open.close());

const stranger = (address?: string) => personAt(open.app, '', '', address);
const logIn = (login: string, password = PASSWORD, address?: string) =>
  stranger(address).send('POST', `${at}/log-in`, { login, password });
const reason = async (reply: Promise<{ json(): { reason?: string } }>) => (await reply).json().reason;
const isIn = async (person: Person) => (await person.get(`${at}/me`)).statusCode === 200;

describe('an empty center', () => {
  test('is set up once, with the code that only its owner reads', async () => {
    expect((await stranger().get(`${at}/welcome`)).json()).toMatchObject({ isSetUp: false, oidc: null });
    const file = `${open.center.data}/set-up.json`;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const wish = { code: 'wrong', name: 'X', login: 'thief', person: 'X', password: PASSWORD };
    expect(await reason(stranger('10.0.0.1').send('POST', `${at}/set-up`, wish))).toBe('set-up-wrong');
    chief = await setUpAt(open);
    expect((await chief.get(`${at}/me`)).json<Myself>()).toMatchObject({
      ...{ login: 'chief', name: '总管', factors: [] },
      roles: [{ role: 'platform', organisationId: 'og_platform', organisation: '全市安全考试平台' }],
    });
    expect(existsSync(file)).toBe(false);
    expect(await reason(stranger().send('POST', `${at}/set-up`, wish))).toBe('set-up-over');
    expect((await stranger().get(`${at}/welcome`)).json()).toMatchObject({ name: '全市安全考试平台', isSetUp: true });
  });

  test('has a tree then', async () => {
    const { db } = open.center;
    await addPlace(db, 'og_east', 'county');
    await addPlace(db, 'og_lane', 'street', ['og_east']);
    await addPlace(db, 'og_mine', 'firm', ['og_east', 'og_lane']);
    await addPlace(db, 'og_shop', 'firm', ['og_east']);
    await addPlace(db, 'og_west', 'county');
    await addPlace(db, 'og_far', 'firm', ['og_west']);
    // With the root, and the firm of the demo.
    expect(await db.query('SELECT 1 FROM organisations')).toHaveLength(8);
  });
});

describe('a log-in', () => {
  test('says the same, and does as much, of a wrong password and of a login that nobody has', async () => {
    const wrong = await logIn('chief', 'not the password', '10.0.0.2');
    const none = await logIn('nobody', 'not the password', '10.0.0.2');
    expect([wrong.statusCode, wrong.json()]).toEqual([401, { reason: 'login-wrong' }]);
    expect([none.statusCode, none.json()]).toEqual([401, { reason: 'login-wrong' }]);
    expect(none.headers['set-cookie']).toBeUndefined();
    const lines = await open.center.db.query(
      "SELECT subject_id FROM audit_lines WHERE what = 'log-in-refused' ORDER BY sequence",
    );
    expect(lines).toEqual([{ subject_id: chief.id }, { subject_id: 'unknown' }]);
  });

  test('waits after wrong ones, for a login that nobody has as for one that somebody has', async () => {
    for (const login of ['waiting', 'CHIEF']) {
      for (let n = 0; n < 3; n++) await logIn(login, 'not the password', '10.0.0.3');
      expect(await reason(logIn(login, PASSWORD, '10.0.0.3'))).toBe('try-later');
    }
    later(2 * HOUR);
  });

  test('comes under a new secret each time, and ends what the browser had before', async () => {
    const first = loggedIn(open.app, await logIn('  Chief '));
    const again = await open.app.inject({
      ...{ method: 'POST', url: `${at}/log-in`, payload: { login: 'chief', password: PASSWORD } },
      headers: { ...FROM_HERE, cookie: first.cookie },
    });
    const second = loggedIn(open.app, again);
    expect(second.cookie).not.toBe(first.cookie);
    expect([await isIn(first), await isIn(second)]).toEqual([false, true]);
    expect(String(again.headers['set-cookie'])).toMatch(
      /^exam_platform=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const planted = await open.app.inject({
      ...{ method: 'POST', url: `${at}/log-in`, payload: { login: 'chief', password: PASSWORD } },
      headers: { 'sec-fetch-site': 'same-origin', cookie: 'exam_platform=planted', origin: 'https://localhost:80' },
    });
    expect(cookieOf(planted)).not.toContain('planted');
    expect(await isIn(personAt(open.app, 'exam_platform=planted'))).toBe(false);
    chief = second;
  });

  test('is over after twelve hours, or two without a request', async () => {
    const idle = loggedIn(open.app, await logIn('chief'));
    const busy = loggedIn(open.app, await logIn('chief'));
    for (let n = 0; n < 11; n++) {
      later(HOUR);
      expect(await isIn(busy)).toBe(true);
    }
    expect(await isIn(idle)).toBe(false);
    later(HOUR);
    expect(await isIn(busy)).toBe(false);
    chief = loggedIn(open.app, await logIn('chief'));
  });

  test('is not taken from another site, nor is anything done from there', async () => {
    const ask = (url: string, payload: object, headers: Record<string, string>) =>
      open.app.inject({ method: 'POST', url, payload, headers });
    const body = { login: 'chief', password: PASSWORD };
    for (const headers of [{}, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect((await ask(`${at}/log-in`, body, headers)).json().reason).toBe('origin-refused');
      const invite = { login: 'evil', name: '恶', roles: [roleAt('platform', 'og_platform')] };
      const reply = await ask(`${at}/accounts`, invite, { ...headers, cookie: chief.cookie });
      expect(reply.json().reason).toBe('origin-refused');
    }
  });

  test('ends when it is ended, here or from elsewhere, and not by anybody else', async () => {
    const other = loggedIn(open.app, await logIn('chief'));
    const { sessions } = (await chief.get(`${at}/me/sessions`)).json();
    const mine = sessions.find((one: { isThis: boolean }) => one.isThis);
    const theirs = sessions.find((one: { isThis: boolean }) => !one.isThis);
    const east = await joinAt(open.app, chief, 'east', roleAt('bureau', 'og_east'));
    expect(await reason(east.send('DELETE', `${at}/me/sessions/${mine.id}`))).toBe('method-unknown');
    expect((await chief.send('DELETE', `${at}/me/sessions/${theirs.id}`)).statusCode).toBe(200);
    expect([await isIn(chief), await isIn(other)]).toEqual([true, false]);
    expect((await east.send('POST', `${at}/log-out`)).statusCode).toBe(200);
    expect(await isIn(east)).toBe(false);
  });
});

describe('a password', () => {
  test('is changed by whoever knows the one before, and ends all other sessions', async () => {
    const here = await joinAt(open.app, chief, 'wang', roleAt('firm', 'og_mine'));
    const there = loggedIn(open.app, await logIn('wang'));
    const change = (before: string, password: string) => here.send('POST', `${at}/me/password`, { before, password });
    expect(await reason(change('something else', '另一个新密码足够长了吧'))).toBe('login-wrong');
    expect(await reason(change(PASSWORD, 'wangwang12'))).toBe('password-easy');
    expect((await change(PASSWORD, '另一个新密码足够长了吧')).statusCode).toBe(200);
    expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
    expect(await reason(logIn('wang'))).toBe('login-wrong');
    expect((await logIn('wang', '另一个新密码足够长了吧')).json().step).toBe('done');
  });

  test('is set anew by a recovery, which works once and for a day; the old one works no more at once', async () => {
    const liu = await joinAt(open.app, chief, 'liu', roleAt('firm', 'og_mine'));
    const recover = async () =>
      (await chief.send('POST', `${at}/accounts/${liu.id}/recovery`)).json<{ secret: string }>().secret;
    const first = await recover();
    expect(await isIn(liu)).toBe(false);
    expect(await reason(logIn('liu'))).toBe('login-wrong');
    const accept = (secret: string) =>
      stranger().send('POST', `${at}/invitations/accept`, { secret, password: `${PASSWORD}！` });
    const second = await recover();
    expect(await reason(accept(first))).toBe('secret-unknown');
    const read = await stranger().send('POST', `${at}/invitations/read`, { secret: second });
    expect(read.json()).toEqual({ name: '人 liu', login: 'liu', organisation: '名 og_mine', purpose: 'recover' });
    expect((await accept(second)).json().step).toBe('done');
    expect(await reason(accept(second))).toBe('secret-unknown');
    const third = await recover();
    later(25 * HOUR);
    expect(await reason(accept(third))).toBe('secret-unknown');
    chief = loggedIn(open.app, await logIn('chief'));
  });
});

describe('roles', () => {
  const rolesOf = async (person: Person) =>
    (await person.get(`${at}/me`)).json<Myself>().roles.map(({ role, organisationId }) => `${role} ${organisationId}`);
  const set = (by: Person, id: string, ...roles: readonly object[]) =>
    by.send('PUT', `${at}/accounts/${id}/roles`, { roles });

  test('show at the next request, and somebody without any is logged in no longer', async () => {
    const zhao = await joinAt(open.app, chief, 'zhao', roleAt('firm', 'og_mine'));
    expect((await set(chief, zhao.id, roleAt('firm', 'og_shop'))).statusCode).toBe(200);
    expect(await rolesOf(zhao)).toEqual(['firm og_shop']);
    await set(chief, zhao.id);
    expect(await isIn(zhao)).toBe(false);
    expect(await reason(logIn('zhao'))).toBe('roles-none');
  });

  test('at an organisation that is closed count no more', async () => {
    const { db } = open.center;
    const qian = await joinAt(open.app, chief, 'qian', roleAt('firm', 'og_shop'));
    await db.query("UPDATE organisations SET state = 'closed' WHERE id = 'og_shop'");
    expect(await isIn(qian)).toBe(false);
    await db.query("UPDATE organisations SET state = 'approved' WHERE id = 'og_shop'");
    expect(await isIn(qian)).toBe(true);
  });

  test('of others elsewhere stay, and are not shown', async () => {
    const east = loggedIn(open.app, await logIn('east'));
    const both = await joinAt(open.app, chief, 'both', roleAt('firm', 'og_mine'), roleAt('firm', 'og_far'));
    const seen = await set(east, both.id, roleAt('proctor', 'og_mine'));
    expect(seen.json<Account>().roles.map(({ role }) => role)).toEqual(['proctor']);
    expect(await rolesOf(both)).toEqual(['firm og_far', 'proctor og_mine']);
    const alien = await joinAt(open.app, chief, 'alien', roleAt('firm', 'og_far'));
    expect(await reason(set(east, alien.id, roleAt('proctor', 'og_mine')))).toBe('account-unknown');
    const { rows } = (await east.get(`${at}/accounts?search=${encodeURIComponent('人')}`)).json();
    const logins = rows.map((one: Account) => one.login);
    expect(logins).toContain('both');
    expect(logins).not.toContain('alien');
    expect(logins).not.toContain('chief');
  });

  test('are nobody’s own to change, nor an account’s to take into one’s hands that is more', async () => {
    const east = loggedIn(open.app, await logIn('east'));
    const [mine, sub] = [
      await joinAt(open.app, east, 'mine', roleAt('firm', 'og_mine')),
      await joinAt(open.app, east, 'sub', roleAt('bureau', 'og_lane')),
    ];
    expect(await reason(set(chief, chief.id))).toBe('role-beyond');
    expect(await reason(set(east, east.id, roleAt('inspector', 'og_east')))).toBe('role-beyond');
    expect(await reason(set(sub, mine.id, roleAt('bureau', 'og_lane')))).toBe('role-beyond');
    expect(await reason(set(mine, sub.id))).toBe('account-unknown');
    const inspector = await joinAt(open.app, chief, 'insp', roleAt('inspector', 'og_east'));
    for (const verb of ['end', 'recovery']) {
      expect(await reason(east.send('POST', `${at}/accounts/${inspector.id}/${verb}`))).toBe('role-beyond');
      expect(await reason(mine.send('POST', `${at}/accounts/${east.id}/${verb}`))).toBe('account-unknown');
    }
    expect((await set(chief, mine.id, roleAt('firm', 'og_mine'), roleAt('firm', 'og_far'))).statusCode).toBe(200);
    expect(await reason(east.send('POST', `${at}/accounts/${mine.id}/recovery`))).toBe('role-beyond');
  });

  test('follow their organisation where it is moved', async () => {
    const { db } = open.center;
    const [east, mover] = [
      loggedIn(open.app, await logIn('east')),
      await joinAt(open.app, chief, 'mover', roleAt('firm', 'og_shop')),
    ];
    const proctor = roleAt('proctor', 'og_shop');
    expect((await set(east, mover.id, roleAt('firm', 'og_shop'), proctor)).statusCode).toBe(200);
    await db.query("UPDATE organisations SET path = 'og_platform/og_west/og_shop/' WHERE id = 'og_shop'");
    expect(await reason(set(east, mover.id, roleAt('firm', 'og_shop')))).toBe('account-unknown');
    await db.query("UPDATE organisations SET path = 'og_platform/og_east/og_shop/' WHERE id = 'og_shop'");
    expect((await set(east, mover.id, roleAt('firm', 'og_shop'))).statusCode).toBe(200);
  });

  test('are given to whoever registered a firm, by whoever approves it, with the password of then', async () => {
    const { db } = open.center;
    const actorOf = async (login: string): Promise<ActingAccount> => {
      const person = loggedIn(open.app, await logIn(login));
      const known = await loginOf(db, person.cookie.split('=')[1] ?? '', now);
      if (!known) throw new Error(`${login} is not logged in`);
      return { kind: 'account', ...known };
    };
    const wish = {
      ...{ organisationId: OrganisationId.parse('og_mine'), role: 'firm' as const, login: 'founder', name: '何' },
      credential: await hashPassword(PASSWORD),
    };
    const place = { db, now: () => now };
    await expect(addApproved(await actorOf('both'), place, wish)).rejects.toMatchObject({ reason: 'role-beyond' });
    const id = await addApproved(await actorOf('east'), place, wish);
    expect(loggedIn(open.app, await logIn('founder')).id).toBe(id);
    await expect(addApproved(await actorOf('east'), place, wish)).rejects.toMatchObject({ reason: 'login-taken' });
  });

  test('that were given later are not come into by an earlier invitation', async () => {
    const east = loggedIn(open.app, await logIn('east'));
    const wish = { login: 'later', name: '后来', roles: [roleAt('proctor', 'og_mine')] };
    const { account, secret } = (await east.send('POST', `${at}/accounts`, wish)).json();
    await set(chief, account.id, roleAt('proctor', 'og_mine'), roleAt('bureau', 'og_west'));
    const accept = stranger().send('POST', `${at}/invitations/accept`, { secret, password: PASSWORD });
    expect(await reason(accept)).toBe('secret-unknown');
  });
});

describe('an account', () => {
  test('is not made twice under one login, and ends with all that it has', async () => {
    const sun = await joinAt(open.app, chief, 'sun', roleAt('firm', 'og_mine'));
    const wish = { login: 'sun', name: '孙', roles: [roleAt('firm', 'og_mine')] };
    expect(await reason(chief.send('POST', `${at}/accounts`, wish))).toBe('login-taken');
    const token = { name: '程序', ...roleAt('firm', 'og_mine'), days: 30 };
    const made = (await sun.send('POST', `${at}/tokens`, token)).json<{ token: string }>();
    const asProgram = () => open.app.inject({ url: `${at}/me`, headers: { authorization: `Bearer ${made.token}` } });
    expect((await asProgram()).statusCode).toBe(200);
    expect((await chief.send('POST', `${at}/accounts/${sun.id}/end`)).json()).toMatchObject({ state: 'ended' });
    expect([await isIn(sun), (await asProgram()).statusCode]).toEqual([false, 401]);
    expect(await reason(logIn('sun'))).toBe('login-wrong');
  });

  test('is listed page by page', async () => {
    const names: string[] = [];
    let after = '';
    do {
      const page = (await chief.get(`${at}/accounts?size=2${after && `&after=${after}`}`)).json();
      expect(page.rows.length).toBeLessThanOrEqual(2);
      names.push(...page.rows.map((one: Account) => one.login));
      after = page.next ?? '';
    } while (after);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(9);
    expect(await reason(chief.get(`${at}/accounts?after=e30`))).toBe('bad-message');
    const looks = "SELECT 1 FROM audit_lines WHERE what = 'looked' AND subject_id = 'accounts'";
    expect((await open.center.db.query(looks)).length).toBeGreaterThanOrEqual(names.length / 2);
  });
});

describe('a program', () => {
  const ask = (token: string, url = `${at}/me`, method: 'GET' | 'POST' = 'GET', payload?: object) =>
    open.app.inject({
      ...{ method, url, headers: { authorization: `Bearer ${token}` }, remoteAddress: '10.0.0.8' },
      ...(payload ? { payload } : {}),
    });
  const add = (by: Person, wish: object) => by.send('POST', `${at}/tokens`, { name: '程序', days: 30, ...wish });

  test('is what it was made for and no more than whoever made it, and gives nothing', async () => {
    const east = loggedIn(open.app, await logIn('east'));
    expect(await reason(add(east, roleAt('inspector', 'og_east')))).toBe('role-beyond');
    expect(await reason(add(east, roleAt('firm', 'og_far')))).toBe('role-beyond');
    expect(await reason(add(east, { ...roleAt('bureau', 'og_east'), days: 400 }))).toBe('bad-message');
    const { token, id } = (await add(east, roleAt('bureau', 'og_east'))).json();
    expect(token).toMatch(/^xp_[\w-]{32}$/);
    expect((await ask(token)).json<Myself>().roles).toHaveLength(1);
    const wish = { login: 'bot', name: '机', roles: [roleAt('firm', 'og_mine')] };
    for (const [url, body] of [
      [`${at}/accounts`, wish],
      [`${at}/tokens`, { name: 'x', days: 1, ...roleAt('firm', 'og_mine') }],
      [`${at}/me/totp`, {}],
    ] as const)
      expect((await ask(token, url, 'POST', body)).json().reason).toBe('unauthorised');
    const line = await open.center.db.query(
      "SELECT actor_id FROM audit_lines WHERE what = 'token-added' ORDER BY sequence DESC LIMIT 1",
    );
    expect(line).toEqual([{ actor_id: east.id }]);
    await chief.send('PUT', `${at}/accounts/${east.id}/roles`, { roles: [roleAt('bureau', 'og_lane')] });
    expect((await ask(token)).statusCode).toBe(401);
    await chief.send('PUT', `${at}/accounts/${east.id}/roles`, { roles: [roleAt('bureau', 'og_east')] });
    expect((await ask(token)).statusCode).toBe(200);
    const listed = (await east.get(`${at}/tokens`)).json();
    expect(JSON.stringify(listed)).not.toContain(token);
    expect((await east.send('DELETE', `${at}/tokens/${id}`)).statusCode).toBe(200);
    expect((await ask(token)).statusCode).toBe(401);
  });

  test('ends by itself; and wrong tokens wait, while the right one never does', async () => {
    const { token } = (await add(chief, { ...roleAt('auditor', 'og_east'), days: 1 })).json();
    for (let n = 0; n < 22; n++) await ask(`xp_wrong${n}`);
    expect((await ask('xp_wrong')).statusCode).toBe(429);
    expect((await ask(token)).statusCode).toBe(200);
    later(25 * HOUR);
    expect((await ask(token)).statusCode).toBe(401);
  });
});

test('no secret is kept or written down as it was told', async () => {
  chief = loggedIn(open.app, await logIn('chief'));
  const wish = { login: 'quiet', name: '静', roles: [roleAt('firm', 'og_mine')] };
  const { secret } = (await chief.send('POST', `${at}/accounts`, wish)).json();
  const { db } = open.center;
  const all: unknown[] = [];
  for (const table of [
    'accounts',
    'account_secrets',
    'account_logins',
    'login_tickets',
    'program_tokens',
    'audit_lines',
  ])
    all.push(await db.query(`SELECT * FROM ${table}`));
  const text = JSON.stringify(all);
  for (const told of [secret, chief.cookie.split('=')[1], PASSWORD]) expect(text).not.toContain(told);
});
