import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Myself } from '../../contract/platform/roles.ts';
import {
  addPlace,
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
import { softwareAuthenticator } from './authenticator.fixture.ts';
import { totpAt } from './totp.ts';

const at = '/v1/platform';
/** Where `inject` asks, without an `Origin`. */
const HERE = 'http://localhost:80';
let open: TestCenter;
let chief: Person;
let now = new Date();
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

beforeAll(async () => {
  open = await openTestCenter({ now: () => now });
  chief = await setUpAt(open);
  await addPlace(open.center.db, 'og_shop', 'firm');
});
afterAll(() => open.close());

const stranger = () => personAt(open.app);
const logIn = (login: string) => stranger().send('POST', `${at}/log-in`, { login, password: PASSWORD });
const factor = (body: object) => stranger().send('POST', `${at}/log-in/factor`, body);
const reason = async (reply: Promise<{ json(): { reason?: string } }>) => (await reply).json().reason;
const ticketOf = async (login: string) => (await logIn(login)).json<{ ticket: string }>().ticket;

/** As an authenticator does. */
function codeOf(secret: string, at_ = now): string {
  const bits = [...secret]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
  return totpAt(bytes, Math.floor(at_.getTime() / 30_000));
}

async function withTotp(login: string) {
  const person = await joinAt(open.app, chief, login, roleAt('firm', 'og_shop'));
  const { secret, uri } = (await person.send('POST', `${at}/me/totp`)).json();
  const wrong = await reason(person.send('POST', `${at}/me/totp/confirm`, { totp: '000000' }));
  const { recovery } = (await person.send('POST', `${at}/me/totp/confirm`, { totp: codeOf(secret) })).json();
  later(60_000);
  return { person, secret, uri, wrong, recovery };
}

describe('an authenticator', () => {
  test('counts once a code of it was shown, is asked for then, and takes each code once', async () => {
    const { person, secret, uri, wrong, recovery } = await withTotp('totp');
    expect([wrong, recovery.length]).toEqual(['factor-wrong', 10]);
    expect(uri).toContain(`secret=${secret}`);
    expect((await person.get(`${at}/me`)).json<Myself>().factors).toEqual(['totp']);
    const first = (await logIn('totp')).json();
    expect(first).toMatchObject({ step: 'factor', factors: ['totp'] });
    expect(await reason(factor({ ticket: first.ticket, totp: '000000' }))).toBe('factor-wrong');
    const done = await factor({ ticket: first.ticket, totp: codeOf(secret) });
    expect(loggedIn(open.app, done).id).toBe(person.id);
    expect(await reason(factor({ ticket: first.ticket, totp: codeOf(secret) }))).toBe('ticket-over');
    expect(await reason(factor({ ticket: await ticketOf('totp'), totp: codeOf(secret) }))).toBe('factor-wrong');
    const row = await open.center.db.query("SELECT totp FROM accounts WHERE login = 'totp'");
    expect(Buffer.from(row[0]?.totp as Uint8Array).toString('latin1')).not.toContain(secret);
  });

  test('has recovery codes, each good once and for whoever they were told', async () => {
    const [a, b] = [await withTotp('codes-a'), await withTotp('codes-b')];
    const use = async (login: string, recovery: string) => factor({ ticket: await ticketOf(login), recovery });
    expect(await reason(use('codes-a', b.recovery[0]))).toBe('factor-wrong');
    expect((await use('codes-a', a.recovery[0].toLowerCase())).json().step).toBe('done');
    expect(await reason(use('codes-a', a.recovery[0]))).toBe('factor-wrong');
  });

  test('is guessed at three times, and then waits, with the right one as well', async () => {
    const { secret } = await withTotp('guessed');
    const ticket = await ticketOf('guessed');
    for (let n = 0; n < 3; n++) expect(await reason(factor({ ticket, totp: '000000' }))).toBe('factor-wrong');
    expect(await reason(factor({ ticket, totp: codeOf(secret) }))).toBe('try-later');
    later(6_000);
    expect((await factor({ ticket, totp: codeOf(secret) })).json().step).toBe('done');
  });

  test('a ticket lasts five minutes, opens nothing by itself, and dies with the password', async () => {
    const { person, secret } = await withTotp('ticket');
    const ticket = await ticketOf('ticket');
    expect((await personAt(open.app, `exam_platform=${ticket}`).get(`${at}/me`)).statusCode).toBe(401);
    expect(await reason(factor({ ticket }))).toBe('bad-message');
    const body = { before: PASSWORD, password: `${PASSWORD}又一年` };
    expect((await person.send('POST', `${at}/me/password`, body)).statusCode).toBe(200);
    expect(await reason(factor({ ticket, totp: codeOf(secret) }))).toBe('ticket-over');
    const other = await withTotp('ticket-b');
    const old = await ticketOf('ticket-b');
    later(301_000);
    expect(await reason(factor({ ticket: old, totp: codeOf(other.secret) }))).toBe('ticket-over');
  });

  test('is begun soon after a log-in, and no later', async () => {
    const person = await joinAt(open.app, chief, 'slow', roleAt('firm', 'og_shop'));
    later(16 * 60_000);
    for (const path of ['totp', 'passkeys/question'])
      expect(await reason(person.send('POST', `${at}/me/${path}`))).toBe('log-in-again');
  });

  test('goes with a recovery', async () => {
    const { person } = await withTotp('lost');
    chief = loggedIn(open.app, await logIn('chief'));
    const { secret } = (await chief.send('POST', `${at}/accounts/${person.id}/recovery`)).json();
    await stranger().send('POST', `${at}/invitations/accept`, { secret, password: PASSWORD });
    expect((await logIn('lost')).json()).toMatchObject({ step: 'done', me: { factors: [] } });
  });
});

describe('a passkey', () => {
  const device = softwareAuthenticator(HERE);
  let person: Person;
  const question = async (ticket?: string) =>
    (await stranger().send('POST', `${at}/log-in/passkey`, ticket ? { ticket } : {})).json();

  test('is made by a device for this site alone, and kept once', async () => {
    person = await joinAt(open.app, chief, 'keys', roleAt('firm', 'og_shop'));
    const ask = async () => (await person.send('POST', `${at}/me/passkeys/question`)).json().options;
    const add = (passkey: object) => person.send('POST', `${at}/me/passkeys`, { name: '手机', passkey });
    for (const lie of [{ origin: 'https://evil.example' }, { site: 'evil.example' }, { unverified: true }])
      expect(await reason(add(device.make(await ask(), lie)))).toBe('passkey-refused');
    const options = await ask();
    expect(options).toMatchObject({ rp: { id: 'localhost', name: '全市安全考试平台' }, user: { name: 'keys' } });
    const made = device.make(options);
    expect((await add(made)).statusCode).toBe(200);
    expect(await reason(add(made))).toBe('ticket-over');
    expect(await reason(add({ id: 'x' }))).toBe('ticket-over');
    expect((await person.get(`${at}/me`)).json<Myself>().factors).toEqual(['passkey']);
  });

  test('logs in alone, once for each question', async () => {
    const { ticket, options } = await question();
    const passkey = device.answer(options);
    expect(loggedIn(open.app, await factor({ ticket, passkey })).id).toBe(person.id);
    expect(await reason(factor({ ticket, passkey }))).toBe('ticket-over');
    const again = await question();
    expect(await reason(factor({ ticket: again.ticket, passkey }))).toBe('factor-wrong');
  });

  test('is nothing from another site, without its owner’s finger, or from another device', async () => {
    const lies = [
      { origin: 'https://evil.example' },
      { site: 'evil.example' },
      { unverified: true },
      { challenge: 'AAAA' },
    ];
    for (const lie of lies) {
      const { ticket, options } = await question();
      expect(await reason(factor({ ticket, passkey: device.answer(options, lie) }))).toBe('factor-wrong');
    }
    const { ticket, options } = await question();
    const other = { ...softwareAuthenticator(HERE).answer(options), id: device.id, rawId: device.id };
    for (const passkey of [other, {}, { id: device.id }, { id: 7, response: null }])
      expect(await reason(factor({ ticket, passkey }))).toBe('factor-wrong');
  });

  test('is a second factor, of the same person alone', async () => {
    later(2 * 3_600_000);
    const other = softwareAuthenticator(HERE);
    chief = loggedIn(open.app, await logIn('chief'));
    const { options: wish } = (await chief.send('POST', `${at}/me/passkeys/question`)).json();
    await chief.send('POST', `${at}/me/passkeys`, { name: '电脑', passkey: other.make(wish) });
    const first = (await logIn('keys')).json();
    expect(first.factors).toEqual(['passkey']);
    const asked = await question(first.ticket);
    expect([asked.ticket, asked.options.allowCredentials.map(({ id }: { id: string }) => id)]).toEqual([
      ...[first.ticket, [device.id]],
    ]);
    expect(await reason(factor({ ticket: first.ticket, passkey: other.answer(asked.options) }))).toBe('factor-wrong');
    const done = await factor({ ticket: first.ticket, passkey: device.answer(asked.options) });
    expect(loggedIn(open.app, done).id).toBe(person.id);
  });
});
