import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Invitation,
  operatorPaths,
  type PutProctorReply,
  setPinPath,
} from '../../contract/people-center/operator-api.ts';
import { addOtherTenant, FROM_HERE, openTestCenter, type TestCenter } from '../testing/index.ts';

let open: TestCenter;
let now = new Date();
let invitation: Invitation;
beforeAll(async () => {
  open = await openTestCenter({ now: () => now });
});
afterAll(() => open.close());

const operator = (method: 'PUT' | 'POST', url: string, payload: object = {}) =>
  open.app.inject({ method, url, payload, headers: { authorization: `Bearer ${open.secrets.operatorToken}` } });
const set = (changes: object = {}) =>
  open.app.inject({
    ...{ method: 'POST', url: setPinPath },
    payload: { proctor: name, code: invitation.code, pin: '4829', ...changes },
  });
const tell = (said: object) =>
  operator('POST', operatorPaths.sessions, {
    ...{ examId: 'ex_demo', opensAt: '2026-01-01T08:00:00.000Z', closesAt: '2099-01-01T09:00:00.000Z', ...said },
  });
let name = '';
let made = 0;
beforeEach(async () => {
  now = new Date(now.getTime() + 3_700_000);
  name = `监考${made}`;
  const put = await operator('PUT', operatorPaths.proctors, { id: `pr_n${made++}`, name });
  invitation = put.json<PutProctorReply>().invitation as Invitation;
});

describe('a PIN', () => {
  test('is set by the proctor with a code, once, and says who it is by the number before it', async () => {
    expect(invitation.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect((await set()).json()).toEqual({ name, number: invitation.number });
    expect((await set()).json().reason).toBe('proctor-code-unknown');
    expect((await tell({ pin: `${invitation.number}4829` })).statusCode).toBe(200);
    expect((await tell({ proctor: name, pin: `${invitation.number}4829` })).statusCode).toBe(200);
    // The digits alone say nobody’s word, nor another’s number before them.
    expect((await tell({ pin: '994829' })).json().reason).toBe('pin-wrong');
    expect((await tell({ proctor: 'pr_demo-1', pin: `${invitation.number}4829` })).json().reason).toBe('pin-wrong');
    expect((await tell({ proctor: '无此人', pin: `${invitation.number}4829` })).json().reason).toBe('proctor-unknown');
  });

  test('is no operator’s to set', async () => {
    const reply = await operator('PUT', operatorPaths.proctors, { id: 'pr_x', name: '代设', pin: '48291537' });
    expect([reply.statusCode, reply.json().reason]).toEqual([422, 'pin-by-proctor']);
  });

  test.each(['1234', '0000', '1987', '0512', '121212'])('is not %s', async (pin) => {
    expect((await set({ pin })).json().reason).toBe('pin-easy');
    expect((await set()).statusCode).toBe(200);
  });

  test('may be another’s too: nobody learns by trying whose', async () => {
    expect((await set({ pin: '7391' })).statusCode).toBe(200);
    const put = await operator('PUT', operatorPaths.proctors, { id: 'pr_same', name: '同码' });
    const { code = '' } = put.json<PutProctorReply>().invitation ?? {};
    expect((await set({ proctor: '同码', code, pin: '7391' })).statusCode).toBe(200);
  });

  test('is not set with a code for somebody else, or one that is too old', async () => {
    expect((await set({ proctor: '别人' })).json().reason).toBe('proctor-code-unknown');
    now = new Date(now.getTime() + 7 * 86_400_000);
    expect((await set()).json().reason).toBe('proctor-code-unknown');
  });

  test('that is reset opens nothing any more, and a wrong one for it costs time', async () => {
    await set();
    const pin = `${invitation.number}4829`;
    await operator('POST', `${operatorPaths.proctors}/${invitation.id}/invitation`);
    const said: string[] = [];
    for (let n = 0; n < 4; n++) said.push((await tell({ pin })).json().reason);
    expect(said).toEqual(['pin-wrong', 'pin-wrong', 'pin-wrong', 'try-later']);
  });
});

describe('wrong codes', () => {
  const wrong = async (proctor: string) => (await set({ proctor, code: 'XXXX-XXXX' })).json().reason;
  const tried = async () => {
    now = new Date(now.getTime() + 3_700_000);
    const count = await open.center.db.query("SELECT count(*)::int AS n FROM tries WHERE what LIKE 'proctor-code%'");
    return Number(count[0]?.n);
  };

  test('for somebody are counted together, by name or number and however it is written', async () => {
    const wide = invitation.number.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    const said = [name, invitation.number, wide, ` ${name} `];
    for (const [at, proctor] of said.entries())
      expect(await wrong(proctor)).toBe(at < 3 ? 'proctor-code-unknown' : 'try-later');
  });

  test('are not forgotten because somebody of another firm is called so and has a right one', async () => {
    const { token } = await addOtherTenant(open, `tn_${made}`, '别家');
    const theirs = await open.app.inject({
      ...{ method: 'PUT', url: operatorPaths.proctors, payload: { id: 'pr_a', name } },
      headers: { authorization: `Bearer ${token}` },
    });
    const { code = '' } = theirs.json<PutProctorReply>().invitation ?? {};
    for (let n = 0; n < 2; n++) expect(await wrong(name)).toBe('proctor-code-unknown');
    expect((await set({ code, pin: '7391' })).statusCode).toBe(200);
    expect([await wrong(name), await wrong(name)]).toEqual(['proctor-code-unknown', 'try-later']);
  });

  test('leave no row behind that nobody needs any more', async () => {
    for (let n = 0; n < 9; n++) await wrong(`无此人${n}`);
    const before = await tried();
    now = new Date(now.getTime() + 8 * 86_400_000);
    await wrong('另一个');
    expect([before >= 10, await tried()]).toEqual([true, 2]);
  });
});

test('the page sets it, and says what is wrong in words', async () => {
  const post = (form: Record<string, string>) =>
    open.app.inject({
      ...{ method: 'POST', url: '/pin?lang=en', payload: new URLSearchParams(form).toString() },
      headers: { ...FROM_HERE, 'content-type': 'application/x-www-form-urlencoded' },
    });
  const { code } = invitation;
  const form = { proctor: name, code, pin: '4829', again: '4829' };
  expect((await open.app.inject('/pin')).body).toContain('设置监考员 PIN');
  expect((await post({ ...form, again: '4828' })).body).toContain('not the same');
  expect((await post({ ...form, pin: '12', again: '12' })).body).toContain('4 to 8 digits');
  expect((await post({ ...form, pin: '1234', again: '1234' })).body).toContain('too easy to guess');
  const wrong = await post({ ...form, code: 'XXXX-XXXX' });
  expect([wrong.statusCode, wrong.body.includes('4829')]).toEqual([422, false]);
  expect((await post(form)).body).toContain(`your number ${invitation.number}`);
});
