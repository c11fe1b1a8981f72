import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HeldRole } from '../../contract/platform/roles.ts';
import type { Issue, NewSchedule, Schedule } from '../../contract/platform/schedules.ts';
import { AccountId, JobId, OrganisationId, ScheduleId, TokenId } from '../../contract/words/ids.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { sharedFolder } from '../../tests/kit/folders.ts';
import type { Database } from '../database/index.ts';
import { openJobs } from '../jobs/index.ts';
import { ObjectsTrouble } from '../objects/index.ts';
import { placesOf } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { addPlace, joinAt, openTestCenter, type Person, roleAt, setUpAt, type TestCenter } from '../testing/index.ts';
import { type BulletinWays, bulletinIssue, endSchedule, giveOutDue, listSchedules, trySchedule } from './index.ts';

const SYSTEM = { kind: 'system' } as const;
const folder = join(sharedFolder(), 'bulletins');
const AT = '/v1/platform/bulletin/schedules';
let open: TestCenter;
let chief: Person;
let bureau: Person;
let other: Person;
const ways: BulletinWays = { folder };

beforeAll(async () => {
  open = await openTestCenter({ seed: 'none', jobs: false, bulletins: ways });
  const { db } = open.center;
  chief = await setUpAt(open);
  for (const name of ['og_east', 'og_west']) await addPlace(db, name, 'county');
  await addPlace(db, 'og_inside', 'firm', ['og_east']);
  await addPlace(db, 'og_agency', 'agency', ['og_east']);
  bureau = await joinAt(open.app, chief, 'bureau', roleAt('bureau', 'og_east'));
  other = await joinAt(open.app, chief, 'other', roleAt('bureau', 'og_west'));
});
afterAll(() => open.close());
beforeEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const table of ['bulletin_issues', 'bulletin_schedules', 'jobs'])
    await open.center.db.query(`DELETE FROM ${table}`);
});

const WISH = {
  ...{
    organisationId: 'og_east',
    grouping: 'firm',
    period: 'month',
    day: 3,
    hour: 8,
    formats: ['csv'],
    language: 'zh',
  },
  to: { folder: true, mails: [] as string[], hook: false },
};
const add = (who: Person, more: object = {}) => who.send('POST', AT, { ...WISH, ...more } as unknown as NewSchedule);
const list = async (who: Person) => (await who.get(AT)).json<{ rows: readonly Schedule[] }>().rows;
const reasonOf = async (reply: ReturnType<typeof add>) => (await reply).json<{ reason?: string }>().reason;

/** As if it had been ordered earlier: due from then on. */
const orderedBefore = (at: string) => open.center.db.query('UPDATE bulletin_schedules SET next_at = $1', [at]);
const giveOut = (at: string) => giveOutDue(SYSTEM, { db: open.center.db, now: () => new Date(at) });
const issues = () =>
  open.center.db.query(
    'SELECT to_month AS month, trial, state, rounds FROM bulletin_issues ORDER BY to_month, made_at',
  );

/** Does what waits, as often as it takes: without the time in between. */
async function work(by: BulletinWays = ways): Promise<void> {
  const issue = bulletinIssue(SYSTEM, open.center, by);
  const kinds = { 'bulletin-issue': { ...issue, again: (tries: number) => issue.again(tries) && 0 } };
  const two = [1, 2].map(() => openJobs(open.center, { kinds, alone: false, onFault: () => undefined, pollMs: 10 }));
  await eventually(async () => {
    const left = await open.center.db.query(`SELECT 1 FROM jobs WHERE kind = 'bulletin-issue' AND ended_at IS NULL`);
    expect(left).toEqual([]);
  });
  for (const one of two) await one.stop();
}

describe('a bulletin that is due', () => {
  test('is made once, however many centers look, and is there whole under its own name', async () => {
    expect((await add(bureau)).statusCode).toBe(200);
    await orderedBefore('2026-11-03T00:00:00Z');
    await giveOut('2026-11-02T23:59:00Z');
    expect(await issues()).toEqual([]);
    await Promise.all(Array.from({ length: 6 }, () => giveOut('2026-11-03T00:00:30Z')));
    await giveOut('2026-11-30T00:00:00Z');
    await work();
    expect(await issues()).toEqual([{ month: '2026-10', trial: false, state: 'sent', rounds: 1 }]);
    expect(await readdir(folder)).toEqual(['名 og_east-bulletin-2026-10-firm.csv']);
    expect(await readFile(join(folder, '名 og_east-bulletin-2026-10-firm.csv'), 'utf8')).toContain('名 og_inside');
    expect(await list(bureau)).toMatchObject([
      {
        nextAt: '2026-12-03T00:00:00.000Z',
        last: { state: 'sent', to: '2026-10', outcomes: [{ way: 'folder', isDone: true }] },
      },
    ]);
  });

  test('while no center ran is made up for, the last three of them', async () => {
    await add(bureau);
    await orderedBefore('2026-01-03T00:00:00Z');
    await giveOut('2026-11-05T00:00:00Z');
    expect((await issues()).map(({ month }) => month)).toEqual(['2026-08', '2026-09', '2026-10']);
  });

  test('is tried again until it is there, and what was brought already is not brought twice', async () => {
    await add(bureau, { to: { folder: true, mails: [], hook: true } });
    await orderedBefore('2026-11-03T00:00:00Z');
    await giveOut('2026-11-03T00:00:30Z');
    await rm(folder, { recursive: true });
    const issue = bulletinIssue(SYSTEM, open.center, ways);
    let tries = 0;
    const again = (many: number) => {
      tries = many;
      return many < 3 ? 0 : 3_600;
    };
    const jobs = openJobs(open.center, {
      ...{ kinds: { 'bulletin-issue': { ...issue, again } }, alone: true, onFault: () => undefined, pollMs: 10 },
    });
    await eventually(() => expect(tries).toBe(3));
    await jobs.stop();
    expect(await issues()).toMatchObject([{ state: 'waiting', rounds: 3 }]);
    expect((await list(bureau))[0]?.last).toMatchObject({
      ...{ state: 'waiting', tries: 3 },
      outcomes: expect.arrayContaining([
        expect.objectContaining({ way: 'folder', isDone: false, reason: 'folder-unusable' }),
        expect.objectContaining({ way: 'hook', isDone: true }),
      ]),
    });
    const { body } = await open.app.inject('/metrics');
    expect(body).toMatch(/exam_center_bulletins\{state="late"\} 1/);
    await mkdir(folder);
    await open.center.db.query('UPDATE jobs SET due_at = now()');
    await work();
    expect([await issues(), await readdir(folder)]).toMatchObject([
      [{ state: 'sent', rounds: 4 }],
      [expect.any(String)],
    ]);
  });

  test('is given up in the end, and that is told', async () => {
    await add(bureau);
    await orderedBefore('2026-11-03T00:00:00Z');
    await giveOut(new Date().toISOString().replace(/T.*/, 'T00:00:30Z'));
    await open.center.db.query(
      `DELETE FROM bulletin_issues WHERE to_month <> (SELECT max(to_month) FROM bulletin_issues)`,
    );
    await rm(folder, { recursive: true });
    await work();
    expect(await issues()).toMatchObject([{ state: 'failed', rounds: 7 }]);
    expect((await open.app.inject('/metrics')).body).toMatch(/exam_center_bulletins\{state="failed"\} 1/);
  });

  test('of which the last try meets something that is away has failed with that reason, and the next period is tried', async () => {
    await add(bureau);
    await orderedBefore('2026-11-03T00:00:00Z');
    await giveOut('2026-11-03T00:00:30Z');
    const away = new ObjectsTrouble(new Error('nobody answers'));
    const { db } = open.center;
    const isFigures = (sql: string) => sql.includes('bulletin_weights');
    const query: Database['query'] = (sql, ...more) => (isFigures(sql) ? Promise.reject(away) : db.query(sql, ...more));
    const cut = { ...open.center, db: { ...db, query } };
    const issue = bulletinIssue(SYSTEM, cut, ways);
    const [row] = await db.query('SELECT id FROM bulletin_issues');
    const tried = (tries: number) =>
      issue.run({
        ...{ id: JobId.parse('jb_x'), account: null, organisationId: null, tries, asked: { issueId: row?.id } },
        ...{ signal: new AbortController().signal, draft: '', tell: () => undefined },
      });
    await expect(tried(6)).rejects.toBe(away);
    expect(await issues()).toMatchObject([{ state: 'waiting' }]);
    await expect(tried(7)).rejects.toBe(away);
    expect((await list(bureau))[0]?.last).toMatchObject({ state: 'failed', reason: 'objects-away' });
    await giveOut('2026-12-03T00:00:30Z');
    await work();
    expect((await issues()).map(({ month, state }) => [month, state])).toEqual([
      ['2026-10', 'failed'],
      ['2026-11', 'sent'],
    ]);
  });

  test('of which the job is gone is given up, too', async () => {
    await add(bureau);
    await orderedBefore('2026-11-03T00:00:00Z');
    await giveOut('2026-11-03T00:00:30Z');
    await giveOut('2026-11-09T00:00:30Z');
    expect(await issues()).toMatchObject([{ state: 'waiting' }]);
    await open.center.db.query(`UPDATE jobs SET state = 'failed', reason = 'database-away', ended_at = now()`);
    await giveOut('2026-11-09T00:01:00Z');
    expect(await issues()).toMatchObject([{ state: 'failed' }]);
    expect((await list(bureau))[0]?.last).toMatchObject({ reason: 'database-away' });
  });

  test('comes no more once whoever ordered it may not see it, and that is in the audit log', async () => {
    const leaving = await joinAt(open.app, chief, `leaving${Date.now()}`, roleAt('inspector', 'og_platform'));
    await add(leaving, { organisationId: 'og_platform' });
    const mine = (await list(leaving))[0]?.id;
    await orderedBefore('2026-10-03T00:00:00Z');
    await giveOut('2026-11-03T00:00:30Z');
    await open.center.db.query('DELETE FROM account_roles WHERE account_id = $1', [leaving.id]);
    await work();
    expect((await issues()).map(({ state }) => state)).toEqual(['ended', 'ended']);
    expect(await readdir(folder)).toEqual([]);
    const lines = await open.center.db.query(
      `SELECT body FROM audit_lines WHERE body LIKE '%bulletin-schedule-ended%'`,
    );
    expect(JSON.stringify(lines)).toContain(String(mine));
    // Whoever keeps the place sees that it ended.
    expect(await list(chief)).toMatchObject([{ id: mine, endedAt: expect.any(String) }]);
    await giveOut('2026-12-03T00:00:30Z');
    expect(await issues()).toHaveLength(2);
  });

  test('is told to a webhook by its id alone, with which its period is found', async () => {
    const hook = { organisationId: 'og_east', url: 'https://example.com/in', events: ['bulletin.ready'] };
    expect((await bureau.send('POST', '/v1/platform/hooks', hook)).statusCode).toBe(200);
    await add(bureau, { to: { folder: false, mails: [], hook: true } });
    await orderedBefore('2026-11-03T00:00:00Z');
    await giveOut('2026-11-03T00:00:30Z');
    await work();
    const [told] = await open.center.db.query('SELECT event, subject, body FROM hook_deliveries');
    expect(told).toMatchObject({ event: 'bulletin.ready', subject: expect.stringMatching(/^bi_/) });
    expect(Object.keys(JSON.parse(String(told?.body)).data).sort()).toEqual(['id', 'organisationId']);
    const issue = (await bureau.get(`/v1/platform/bulletin/issues/${told?.subject}`)).json<Issue>();
    expect(issue).toMatchObject({ from: '2026-10', to: '2026-10', grouping: 'firm', organisationId: 'og_east' });
    expect((await other.get(`/v1/platform/bulletin/issues/${told?.subject}`)).statusCode).toBe(404);
  });

  test('is tried at once where somebody wants to see it, once at a time, beside those that are due', async () => {
    await add(bureau);
    const id = (await list(bureau))[0]?.id;
    expect((await bureau.send('POST', `${AT}/${id}/try`)).json()).toMatchObject({ last: { isTrial: true } });
    expect(await reasonOf(bureau.send('POST', `${AT}/${id}/try`))).toBe('not-allowed-now');
    await work();
    expect((await bureau.send('POST', `${AT}/${id}/try`)).statusCode).toBe(200);
    await work();
    const files = await readdir(folder);
    expect(files).toHaveLength(2);
    expect(files.some((name) => name.endsWith('-firm (2).csv'))).toBe(true);
  });
});

describe('one that is tried', () => {
  test('is so three times in an hour, and by mail no more than twenty times by one account', async () => {
    const { db } = open.center;
    await add(bureau);
    const id = (await list(bureau))[0]?.id;
    const attempt = async (who: Person, one = id) => {
      const reply = await who.send('POST', `${AT}/${one}/try`);
      await db.query(`UPDATE bulletin_issues SET state = 'sent'`);
      return reply.statusCode === 200 ? 'sent' : reply.json<{ reason?: string }>().reason;
    };
    const said = [];
    for (const who of [bureau, chief, bureau, chief, bureau]) said.push(await attempt(who));
    expect(said).toEqual(['sent', 'sent', 'sent', 'try-later', 'try-later']);
    await db.query(`UPDATE bulletin_issues SET made_at = made_at - interval '61 minutes'`);
    expect(await attempt(bureau)).toBe('sent');
    for (let n = 0; n < 8; n += 1) await add(bureau);
    await db.query(`UPDATE bulletin_schedules SET mails = '{a@example.com}' WHERE id <> $1`, [id]);
    const mailed = [];
    for (const one of (await list(bureau)).filter((other) => other.id !== id))
      for (let n = 0; n < 3; n += 1) mailed.push(await attempt(bureau, one.id));
    expect([mailed.indexOf('try-later'), mailed.length]).toEqual([20, 24]);
    // What goes into the folder alone is not counted with it.
    expect(await attempt(bureau)).toBe('sent');
  });
});

test('one that is ended on its way stays ended, and goes no further', async () => {
  await add(bureau, { to: { folder: true, mails: [], hook: true } });
  await orderedBefore('2026-11-03T00:00:00Z');
  await giveOut('2026-11-03T00:00:30Z');
  const [row] = await open.center.db.query('SELECT id, schedule_id FROM bulletin_issues');
  const db: Database = {
    ...open.center.db,
    query: async (sql, params) => {
      if (sql.includes('UPDATE bulletin_issues')) await bureau.send('DELETE', `${AT}/${row?.schedule_id}`);
      return open.center.db.query(sql, params);
    },
  };
  await bulletinIssue(SYSTEM, { db, now: open.center.now }, ways).run({
    ...{ id: JobId.parse('jb_x'), account: null, organisationId: null, tries: 1, asked: { issueId: row?.id } },
    ...{ signal: new AbortController().signal, draft: '', tell: () => undefined },
  });
  expect([await issues(), await readdir(folder)]).toMatchObject([[{ state: 'ended' }], []]);
});

describe('whoever orders one', () => {
  test('has programs that keep what they ordered themselves, or what lies within their reach', async () => {
    const { db, now } = open.center;
    const organisationId = OrganisationId.parse('og_inside');
    const path = (await placesOf(db, [organisationId])).get(organisationId)?.path;
    const role = HeldRole.parse({ role: 'firm', organisationId, organisation: 'x', path, tenantId: null });
    const program = (token: string): ActingAccount => ({
      ...{ kind: 'account', id: AccountId.parse(bureau.id), name: 'x', roles: [role], token: TokenId.parse(token) },
    });
    await add(bureau);
    await add(bureau, { organisationId });
    const [inside, east] = (await list(bureau)).map(({ id }) => ScheduleId.parse(id));
    const shownTo = async (token: string) =>
      (await listSchedules(program(token), { db, now }, { size: 9 })).rows.map(({ id }) => id);
    expect(await shownTo('tk_a')).toEqual([inside]);
    for (const deed of [trySchedule, endSchedule])
      await expect(deed(program('tk_a'), { db, now }, east as ScheduleId)).rejects.toMatchObject({
        reason: 'schedule-unknown',
      });
    await db.query(`UPDATE bulletin_schedules SET token_id = 'tk_b' WHERE id = $1`, [east]);
    expect(await shownTo('tk_b')).toHaveLength(2);
    expect(await endSchedule(program('tk_b'), { db, now }, east as ScheduleId)).toMatchObject({ id: east });
    expect(await endSchedule(program('tk_a'), { db, now }, inside as ScheduleId)).toMatchObject({ id: inside });
  });

  test('is shown bulletins of that place, and names somewhere that it can go', async () => {
    const wrong = [
      ...[{ organisationId: 'og_west' }, { organisationId: 'og_none' }, { organisationId: 'og_agency' }],
      ...[{ day: 29 }, { hour: 24 }, { formats: [] }, { to: { folder: false, mails: [], hook: false } }],
      ...[{ to: { ...WISH.to, mails: ['no address'] } }, { to: { ...WISH.to, mails: ['a@example.com'] } }],
    ];
    const reasons: unknown[] = [];
    for (const more of wrong) reasons.push(await reasonOf(add(bureau, more)));
    expect(reasons).toEqual([
      ...['organisation-unknown', 'organisation-unknown', 'organisation-misplaced'],
      ...['bad-message', 'bad-message', 'bad-message', 'bad-message', 'bad-message', 'mail-missing'],
    ]);
    await rm(folder, { recursive: true });
    expect(await reasonOf(add(bureau))).toBe('folder-unusable');
    expect((await bureau.get(`${AT}/ways`)).json()).toEqual({ folder: true, mail: false });
    expect(await list(bureau)).toEqual([]);
  });

  test.each([
    ['platform', 'og_platform', true],
    ['bureau', 'og_east', true],
    ['inspector', 'og_platform', true],
    ['auditor', 'og_platform', true],
    ['firm', 'og_inside', true],
    ['agency', 'og_agency', false],
    ['proctor', 'og_inside', false],
  ] as const)('has the role %s, or has not: such roles are shown bulletins', async (role, at, may) => {
    const who = await joinAt(open.app, chief, `a${role}${Date.now()}`, roleAt(role, at));
    const status = may ? 200 : 401;
    expect((await add(who, { organisationId: at })).statusCode).toBe(status);
    expect((await who.get(AT)).statusCode).toBe(status);
    expect((await who.get(`${AT}/ways`)).statusCode).toBe(status);
    const [id] = may ? (await list(who)).map((one) => one.id) : ['bs_none'];
    expect((await who.send('POST', `${AT}/${id}/try`)).statusCode).toBe(status);
    expect((await who.send('DELETE', `${AT}/${id}`)).statusCode).toBe(status);
  });

  test('ends it, as does whoever keeps the place; to others it is not there', async () => {
    const firm = await joinAt(open.app, chief, `firm${Date.now()}`, roleAt('firm', 'og_inside'));
    for (const who of [firm, bureau, chief]) {
      await add(firm, { organisationId: 'og_inside' });
      const id = (await list(firm))[0]?.id;
      expect([await list(other), await reasonOf(other.send('DELETE', `${AT}/${id}`))]).toEqual([
        [],
        'schedule-unknown',
      ]);
      expect(await list(who)).toMatchObject([{ id }]);
      expect((await who.send('DELETE', `${AT}/${id}`)).statusCode).toBe(200);
      expect(await list(firm)).toEqual([]);
    }
  });

  test('has twenty at one place at most, and turns their pages', async () => {
    const replies = await Promise.all(Array.from({ length: 22 }, () => add(bureau)));
    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(20);
    const first = (await bureau.get(`${AT}?size=15`)).json();
    const second = (await bureau.get(`${AT}?size=15&after=${first.next}`)).json();
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(20);
    expect(second.next).toBeNull();
  });
});
