import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RetentionRules } from '../../contract/platform/retention.ts';
import { JobId, type OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { placeOfTenant, ROOT } from '../organisations/index.ts';
import { SYSTEM } from '../seed/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  accountAt,
  enrolStation,
  openTestCenter,
  platformOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { askForErasing, eraseDue, erasing, erasureList } from './index.ts';
import { monthsBefore } from './months.ts';

const ours = TenantId.parse('tn_demo');
const NONE: RetentionRules = { roster: null, appeals: null, invitations: null, looks: null };
const DAY_MS = 86_400_000;

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let admin: ActingAccount;
let _chief: ActingAccount;
let firm: OrganisationId;
let station: TestStation;
let clock = new Date('2026-11-27T08:00:00.000Z');

const query = (sql: string, params?: readonly unknown[]) => open.center.db.query(sql, params);
const at = (id: string, more = '') => `/v1/platform/retention/${id}${more}`;
const put = (actor: ActingAccount, id: string, rules: Partial<RetentionRules>) =>
  platform.ask(actor, { method: 'PUT', url: at(id), payload: { ...NONE, ...rules } });
const run = (portion?: number) => eraseDue(SYSTEM, open.center, portion ? { portion } : {});

/** Somebody who left at that time. */
let made = 0;
async function gone(leftAt: Date): Promise<string> {
  made += 1;
  const id = `cd_gone-${made}`;
  await query(
    `INSERT INTO candidates (tenant_id, id, name, number, exam_id, left_at)
     SELECT $1, $2, '离岗人', $3, id, $4 FROM exams WHERE tenant_id = $1 ORDER BY id LIMIT 1`,
    [ours, id, `99${made}`, leftAt.toISOString()],
  );
  return id;
}
const erased = async (): Promise<readonly string[]> =>
  (await query('SELECT id FROM candidates WHERE erased_at IS NOT NULL')).map(({ id }) => String(id));

beforeAll(async () => {
  open = await openTestCenter({ now: () => clock });
  platform = platformOf(open);
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  firm = (await placeOfTenant(open.center.db, ours)).id;
  admin = await accountAt(open, 'platform', ROOT);
  _chief = await accountAt(open, 'firm', firm);
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});
beforeEach(async () => {
  await query('DELETE FROM retention_rules');
  await query('DELETE FROM firm_retention_rules');
});

/** Numbers that come in the same order at each run. */
function drawn(seed: number) {
  let state = seed;
  return (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % most;
  };
}

describe('what is erased by rule', () => {
  test('is what is old enough by the clock of that moment, and nothing before: at random clocks', async () => {
    const draw = drawn(20261127);
    const people = new Map<string, number>();
    for (let n = 0; n < 60; n += 1) {
      const left = new Date(Date.UTC(2024, draw(36), 1 + draw(31), draw(24), draw(60)));
      people.set(await gone(left), left.getTime());
    }
    for (let round = 0; round < 12; round += 1) {
      clock = new Date(Date.UTC(2024, 6 + draw(36), 1 + draw(31), draw(24)));
      const months = 1 + draw(30);
      await put(admin, ROOT, { roster: months });
      const before = new Set(await erased());
      await run(7);
      const limit = monthsBefore(clock, months).getTime();
      const due = [...people].filter(([, left]) => left <= limit).map(([id]) => id);
      expect([...(await erased())].sort()).toEqual([...new Set([...before, ...due])].sort());
    }
    clock = new Date('2026-11-27T08:00:00.000Z');
  });

  test('is asked for and begun at night alone, by China’s clock, and once a night', async () => {
    const asked = async (at: string) => {
      clock = new Date(at);
      await askForErasing(open.center);
      return (await query(`SELECT 1 FROM jobs WHERE kind = 'retention'`)).length;
    };
    const job = erasing(SYSTEM, open.center);
    const perform = () =>
      job.run({
        ...{ id: JobId.parse('jb_night'), account: null, organisationId: null, tries: 1, asked: {} },
        ...{ signal: new AbortController().signal, draft: '', tell: () => undefined },
      });
    await query(`DELETE FROM jobs WHERE kind = 'retention'`);
    const id = await gone(new Date('2001-01-01T00:00:00Z'));
    await put(admin, ROOT, { roster: 12 });
    const hours = ['2026-11-27T08:00:00Z', '2026-11-27T17:59:00Z', '2026-11-27T22:00:00Z'];
    for (const at of hours) {
      expect(await asked(at), at).toBe(0);
      await perform();
      expect(await erased(), at).not.toContain(id);
    }
    for (const at of ['2026-11-27T18:00:00Z', '2026-11-27T21:59:00Z']) expect(await asked(at), at).toBe(1);
    await perform();
    expect(await erased()).toContain(id);
    expect(await asked('2026-11-28T18:00:00Z')).toBe(2);
    clock = new Date('2026-11-27T08:00:00.000Z');
  });

  test('is nothing where nobody said a rule', async () => {
    await gone(new Date('2001-01-01T00:00:00Z'));
    expect(await run()).toEqual({ roster: 0, appeals: 0, invitations: 0, looks: 0 });
  });

  test('is what the page said would be erased today, once', async () => {
    for (const days of [400, 380, 340]) await gone(new Date(clock.getTime() - days * DAY_MS));
    await put(admin, ROOT, { roster: 12, looks: 6 });
    const going = async () => (await platform.ask(admin, { method: 'GET', url: at(ROOT) })).json().going;
    const { roster } = await going();
    expect(roster.soon).toBeGreaterThanOrEqual(1);
    expect((await run()).roster).toBe(roster.today);
    expect(roster.today).toBeGreaterThanOrEqual(2);
    expect((await going()).roster).toEqual({ today: 0, soon: roster.soon, held: 0 });
    expect((await run()).roster).toBe(0);
  });

  test('waits while something is open, and goes once it is not', async () => {
    const id = await gone(new Date('2020-01-01T00:00:00Z'));
    await query(
      `INSERT INTO beginnings (tenant_id, sitting_id, station_id, candidate_id, exam_id, begun, asked_at, heard_at, holds_until)
       VALUES ($1, 'si_open', $2, $3, 'ex_demo', true, now(), now(), now())`,
      [ours, station.stationId, id],
    );
    await put(admin, ROOT, { roster: 12 });
    expect((await platform.ask(admin, { method: 'GET', url: at(ROOT) })).json().going.roster.held).toBe(1);
    await run();
    expect(await erased()).not.toContain(id);
    await query(`UPDATE beginnings SET released_at = now() WHERE sitting_id = 'si_open'`);
    await run();
    expect(await erased()).toContain(id);
  });

  test('is in portions, each with its line and its count', async () => {
    for (let n = 0; n < 5; n += 1) await gone(new Date('2019-01-01T00:00:00Z'));
    await put(admin, ROOT, { roster: 1 });
    const lines = async () => (await query(`SELECT count FROM erasures WHERE tenant_id = 'tn_demo'`)).length;
    const [before, logged] = [await lines(), (await query(`SELECT 1 FROM audit_lines WHERE what = 'erased'`)).length];
    await run(2);
    const portions = (await lines()) - before;
    expect(portions).toBeGreaterThanOrEqual(3);
    expect((await query(`SELECT 1 FROM audit_lines WHERE what = 'erased'`)).length).toBe(logged + portions);
  });

  test('goes on where it was stopped between two portions', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push(await gone(new Date('2018-01-01T00:00:00Z')));
    await put(admin, ROOT, { roster: 1 });
    const stop = new AbortController();
    let portions = 0;
    const { db } = open.center;
    const counting: typeof db = {
      ...db,
      transaction: (work) => {
        portions += 1;
        if (portions === 2) stop.abort();
        return db.transaction(work);
      },
    };
    const stopped = eraseDue(SYSTEM, { ...open.center, db: counting }, { portion: 2, signal: stop.signal });
    await expect(stopped).rejects.toThrow('abort');
    const half = (await erased()).filter((id) => ids.includes(id)).length;
    expect([half > 0, half < 6]).toEqual([true, true]);
    await run(2);
    expect((await erased()).filter((id) => ids.includes(id))).toHaveLength(6);
    const list = await readFile(erasureList(open.center.data), 'utf8');
    for (const id of ids) expect(list.split(`"${id}"`)).toHaveLength(2);
  });
});
