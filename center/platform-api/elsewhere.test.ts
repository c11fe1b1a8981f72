import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListedLine } from '../../contract/platform/access.ts';
import { type CandidateId, ExamId, instant, LoginId, type OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { verifyAuditExport } from '../../proof/index.ts';
import { sessionAtPages } from '../accounts/index.ts';
import { placeOfTenant, ROOT } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  accountAt,
  enrolStation,
  openTestCenter,
  platformOf,
  signIn,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

/** What was done by commands alone, by whoever manages the firm of the demo. */
let open: TestCenter;
let station: TestStation;
let platform: ReturnType<typeof platformOf>;
let [chief, proctor, auditor]: ActingAccount[] = [];
let at: string;
let other: { readonly id: OrganisationId; readonly tenantId: TenantId };

/** Somebody with an account of theirs. */
async function loggedInAt(firm: OrganisationId): Promise<ActingAccount> {
  const { db } = open.center;
  const who = { ...(await accountAt(open, 'firm', firm)), login: LoginId.parse('lg_chief') };
  await db.query(
    `INSERT INTO accounts (id, login, name, state, created_at) VALUES ($1, 'chief', '陈经理', 'active', now())`,
    [who.id],
  );
  await db.query(`INSERT INTO account_roles (account_id, role, organisation_id) VALUES ($1, 'firm', $2)`, [
    ...[who.id, firm],
  ]);
  await db.query(
    `INSERT INTO account_logins (secret_hash, id, account_id, address, browser, created_at, seen_at, expires_at)
     VALUES ('x', $1, $2, '', '', now(), now(), now() + interval '1 day')`,
    [who.login, who.id],
  );
  return who;
}

const EXAM = ExamId.parse('ex_demo');
const later = (hours: number) => instant(new Date(Date.now() + hours * 3_600_000));
const ask = async <T>(method: string, path: string, payload?: object, who: ActingAccount | undefined = chief) => {
  const reply = await platform.ask(who as ActingAccount, {
    method,
    url: `${at}${path}`,
    ...(payload ? { payload } : {}),
  });
  return { status: reply.statusCode, raw: reply, json: reply.json<T & { readonly reason?: string }>() };
};

beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  platform = platformOf(open);
  const place = await placeOfTenant(open.center.db, TenantId.parse('tn_demo'));
  chief = await loggedInAt(place.id);
  proctor = await accountAt(open, 'proctor', place.id);
  auditor = await accountAt(open, 'auditor', ROOT);
  at = `/v1/platform/firms/${place.id}`;
  const none = { sector: null, size: null, contact: null, phone: null };
  const payload = { ...none, kind: 'firm', parentId: ROOT, name: '乙公司', licence: '91350100M000100Y43' };
  const admin = await accountAt(open, 'platform', ROOT);
  const added = await platform.ask(admin, { method: 'POST', url: '/v1/platform/organisations', payload });
  other = added.json<typeof other>();
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

describe('proctors from elsewhere', () => {
  const window = () => ({ examId: EXAM, pin: open.secrets.proctorPin, opensAt: later(0), closesAt: later(2) });

  test('open a time with a code on the word of a proctor, and end it', async () => {
    const wrong = await ask('POST', '/unlock-windows', { ...window(), pin: '00000000' }, proctor);
    expect(['pin-wrong', 'proctor-unknown']).toContain(wrong.json.reason);
    const { json } = await ask<{ id: string; code: string }>('POST', '/unlock-windows', window(), proctor);
    expect(json.code).toMatch(/^\d{6}$/);
    const list = async () => (await ask<{ windows: readonly { id: string }[] }>('GET', '/unlock-windows')).json.windows;
    expect(await list()).toMatchObject([{ id: json.id, examId: EXAM }]);
    expect(JSON.stringify(await list())).not.toContain('argon2');
    expect((await ask('POST', `/unlock-windows/${json.id}/end`)).json).toEqual({ ok: true });
    expect(await list()).toEqual([]);
    expect((await station.assignment()).sessions ?? []).toEqual([]);
    expect((await ask('POST', `/unlock-windows/${json.id}/end`)).json.reason).toBe('method-unknown');
  });

  test('tell the station where somebody sits, and hear what became of it', async () => {
    const [someone] = (await station.assignment()).candidates;
    const candidateId = someone?.id as CandidateId;
    const wish = { examId: EXAM, candidateId, pin: open.secrets.proctorPin, action: { kind: 'pause' } };
    const { json } = await ask<{ commands: readonly { id: string }[] }>('POST', '/commands', wish, proctor);
    expect(json.commands).toHaveLength(1);
    const state = await ask('GET', `/commands/${json.commands[0]?.id}`, undefined, proctor);
    expect(state.json).toEqual({ outcome: null });
    // What ends exams, or gives time, names somebody.
    const end = { ...wish, candidateId: undefined, action: { kind: 'terminate', note: '违纪' } };
    expect((await ask('POST', '/commands', end)).json.reason).toBe('bad-message');
  });
});

test('stations are lent to a firm that is named by its licence, and the loan ends', async () => {
  const found = await ask<{ tenantId: string; name: string }>('GET', '/grants/other?called=91350100m000100y43');
  expect(found.json).toEqual({ tenantId: other.tenantId, name: '乙公司' });
  expect((await ask('GET', '/grants/other?called=nobody')).json.reason).toBe('organisation-unknown');
  const wish = { tenantId: other.tenantId, stations: 'all', exams: 'all', from: later(1), until: later(3) };
  const { json } = await ask<{ ids: readonly string[] }>('POST', '/grants', wish);
  expect(json.ids).toHaveLength(1);
  const listed = async () => (await ask<{ grants: readonly object[] }>('GET', '/grants')).json.grants;
  expect(await listed()).toMatchObject([{ tenant: { name: '乙公司' }, ended: false }]);
  expect((await ask('POST', `/grants/${json.ids[0]}/end`)).json).toEqual({ ok: true });
  expect(await listed()).toMatchObject([{ ended: true }]);
  // The other firm ends nothing that it was given.
  const guest = await accountAt(open, 'firm', other.id);
  const url = `/v1/platform/firms/${other.id}/grants/${json.ids[0]}/end`;
  expect((await platform.ask(guest, { method: 'POST', url })).json()).toMatchObject({ reason: 'grant-missing' });
});

describe('operators’ tokens', () => {
  test('are made for a year at most and by no program, and end though no other is left', async () => {
    const add = (expiresAt: string, who = chief) =>
      ask<{ id: string; token: string }>('POST', '/tokens', { name: '脚本', expiresAt }, who);
    expect((await add(later(24 * 400))).json.reason).toBe('bad-message');
    expect((await add(later(-1))).json.reason).toBe('bad-message');
    const program = { ...chief, token: 'tk_program', login: undefined } as ActingAccount;
    expect((await add(later(24), program)).json.reason).toBe('unauthorised');
    await open.center.db.query(`UPDATE account_logins SET created_at = now() - interval '16 minutes'`);
    expect((await add(later(24))).json.reason).toBe('log-in-again');
    await open.center.db.query('UPDATE account_logins SET created_at = now()');
    const made = await add(later(24));
    expect(made.json.token).toMatch(/^[\w-]{20,}$/);
    const listed = async () => (await ask<{ tokens: readonly { id: string }[] }>('GET', '/tokens')).json.tokens;
    const tokens = await listed();
    expect(tokens).toMatchObject([
      { id: made.json.id, maker: '陈经理', orphaned: false },
      { maker: null, orphaned: false },
    ]);
    const come = async () => {
      const headers = { authorization: `Bearer ${made.json.token}` };
      return (await open.app.inject({ url: '/v1/operator/tokens', headers })).statusCode;
    };
    expect(await come()).toBe(200);
    const cookie = await signIn(open.app, made.json.token);
    const session = () => sessionAtPages(open.center.db, cookie.slice(cookie.indexOf('=') + 1), new Date());
    expect(await session()).toMatchObject({ token: made.json.id });
    // It lets nobody in once whoever made it is gone, nor does a session that was opened with it.
    await open.center.db.query(`UPDATE accounts SET state = 'ended'`);
    expect(await come()).toBe(401);
    expect(await session()).toBeUndefined();
    expect((await listed())[0]).toMatchObject({ id: made.json.id, orphaned: true });
    await open.center.db.query(`UPDATE accounts SET state = 'active'`);
    expect(await come()).toBe(200);
    for (const { id } of tokens) expect((await ask('POST', `/tokens/${id}/end`)).json).toEqual({ ok: true });
  });
});

describe('the audit log', () => {
  test('is searched by what, about whom and when, and shows who did it', async () => {
    type Page = { rows: readonly ListedLine[]; next: string | null };
    const lines = async (query: string, who = chief) =>
      (await ask<Page>('GET', `/audit?${query}`, undefined, who)).json.rows;
    const made = await lines('what=token-added');
    expect(made[0]).toMatchObject({ what: 'token-added', actor: { id: chief?.id }, subject: { kind: 'token' } });
    // Ended, signed in with, and made.
    const about = (await lines(`about=${made[0]?.subject.id}`)).map((line) => line.what);
    expect(about).toEqual(['token-ended', 'signed-in', 'token-added']);
    expect(await lines(`until=${later(-1)}`)).toEqual([]);
    expect((await lines(`from=${later(-1)}`)).length).toBeGreaterThan(2);
    expect((await ask('GET', '/audit?after=abc')).json.reason).toBe('bad-message');
  });

  test('names nobody to an auditor, whatever they are elsewhere', async () => {
    type Page = { rows: readonly ListedLine[]; next: string | null };
    const names = async (who: ActingAccount | undefined) => {
      const { rows } = (await ask<Page>('GET', `/audit?about=${chief?.id}`, undefined, who)).json;
      expect(rows.length).toBeGreaterThan(0);
      return [...new Set(rows.map(({ name }) => name))];
    };
    expect(await names(chief)).toEqual(['陈经理']);
    expect(await names(auditor)).toEqual([null]);
    const roles = (await accountAt(open, 'bureau', other.id)).roles;
    const both = { ...auditor, roles: [...(auditor?.roles ?? []), ...roles] } as ActingAccount;
    expect(await names(both)).toEqual([null]);
  });

  test('is taken along as a file that anybody can check', async () => {
    const { raw, json } = await ask('GET', '/audit/file');
    expect(raw.headers['content-disposition']).toMatch(/^attachment; filename="audit-[\d-]+\.json"$/);
    expect(verifyAuditExport(json)).toMatchObject({ ok: true });
  });
});

test('seats are drawn once for each, and a package holds the people of its exam', async () => {
  const people = async () =>
    (await ask<{ people: readonly { seat: string | null }[] }>('GET', `/seats?examId=${EXAM}`)).json.people;
  const count = (await people()).length;
  expect(count).toBeGreaterThan(0);
  expect((await ask('POST', '/seats', { examId: EXAM, rows: 10, columns: 20 })).json).toEqual({ drawn: count });
  expect((await ask('POST', '/seats', { examId: EXAM, rows: 10, columns: 20 })).json).toEqual({ drawn: 0 });
  expect(new Set((await people()).map(({ seat }) => seat)).size).toBe(count);
  const contents = await ask<object>('GET', `/packages/contents?examId=${EXAM}`);
  expect(contents.json).toMatchObject({ candidates: count });
  const { stations } = (await ask<{ stations: readonly { id: string }[] }>('GET', '/stations')).json;
  const wish = { stationId: stations[0]?.id, examId: EXAM, notBefore: later(1), notAfter: later(9) };
  const file = await platform.ask(chief as ActingAccount, { method: 'POST', url: `${at}/packages`, payload: wish });
  expect(file.headers['content-type']).toBe('application/octet-stream');
  expect(file.rawPayload.length).toBeGreaterThan(1_000);
  expect((await ask('POST', '/packages', { ...wish, notAfter: later(0) })).json.reason).toBe('bad-message');
});

test('nothing is released or revealed that is not there', async () => {
  expect((await ask<{ beginnings: readonly object[] }>('GET', '/beginnings')).json.beginnings).toEqual([]);
  expect((await ask('POST', '/beginnings/si_none/release', { note: '考站坏了' })).json.reason).toBe('item-unknown');
  expect((await ask('POST', '/revealed-series', { seed: 'abc/7' })).json.reason).toBe('item-unknown');
});
