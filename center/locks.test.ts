import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Invitation, operatorPaths, setPinPath } from '../contract/people-center/operator-api.ts';
import { paths } from '../contract/station-center/center-api.ts';
import { instant } from '../contract/words/ids.ts';
import type { Database, Queries } from './database/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  newCode,
  openEmpty,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from './testing/index.ts';

/** What each transaction did, so far as others wait for it. */
const orders: string[][] = [];
/** Rows of proctors and of their invitations, as each transaction locked them first. */
const ofProctors: ('proctor' | 'invitation')[][] = [];

function watched(db: Database): Database {
  const spied = (tx: Queries, order: string[], rows: (typeof ofProctors)[number]): Queries => ({
    query: (sql, params) => {
      rows.push(...lockedBy(sql).filter((row) => !rows.includes(row)));
      const step = stepOf(sql);
      if (step) order.push(step);
      return tx.query(sql, params);
    },
  });
  return {
    ...db,
    transaction: (work) => {
      const order: string[] = [];
      orders.push(order);
      const rows: (typeof ofProctors)[number] = [];
      ofProctors.push(rows);
      return db.transaction((tx) => work(spied(tx, order, rows)));
    },
  };
}

function stepOf(sql: string): 'log' | 'audit' | 'row' | undefined {
  if (/FROM center WHERE id = 1\s+FOR UPDATE/.test(sql)) return 'log';
  if (/FROM audit_head\b.*FOR UPDATE/.test(sql)) return 'audit';
  return /^\s*UPDATE (?!audit_)|^\s*DELETE|FOR UPDATE/.test(sql) ? 'row' : undefined;
}

/** A lock that names no table takes a row of each, in the order in which they are joined. */
function lockedBy(sql: string): readonly ('proctor' | 'invitation')[] {
  const writes = /^\s*(?:UPDATE|DELETE FROM|INSERT INTO) (proctors|proctor_invitations)\b/.exec(sql)?.[1];
  const locks = /\bFOR (?:NO KEY )?UPDATE(?: OF (\w))?/.exec(sql);
  const read = locks ? [...sql.matchAll(/\b(?:FROM|JOIN) (proctors|proctor_invitations)(?: (\w))?\b/g)] : [];
  const named = read.filter(([, , alias]) => !locks?.[1] || locks[1] === alias).map(([, table]) => table);
  return [...(writes ? [writes] : []), ...named].map((table) => (table === 'proctors' ? 'proctor' : 'invitation'));
}

let open: TestCenter;
let stations: readonly TestStation[];

beforeAll(async () => {
  open = await openTestCenter({ database: watched(await openEmpty()) });
  await addOtherTenant(open);
  const made: TestStation[] = [];
  for (let n = 0; n < 8; n += 1) made.push(await enrolStation(open.app, await newCode(open.app, token()), `考站${n}`));
  stations = made;
  orders.length = 0;
});
afterAll(() => open.close());

const token = () => open.secrets.operatorToken;
const ask = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
  open.app.inject({ method, url, headers: { authorization: `Bearer ${token()}` }, ...(payload ? { payload } : {}) });
const give = (ids: readonly string[]) => {
  const [from, until] = [0, 3_600_000].map((ms) => instant(new Date(Date.now() + ms)));
  return ask('POST', operatorPaths.grants, { tenantId: 'tn_other', stations: ids, exams: ['ex_b'], from, until });
};

test('what is logged and audited at once waits for one another in one order, and nothing comes to nothing', async () => {
  const ids = stations.map(({ stationId }) => stationId);
  const given: { ids: string[] } = (await give(ids)).json();
  /** The file of the audit log is made for one at a time; the others are told to come again. */
  const exportAudit = async () => {
    const { statusCode } = await ask('GET', `${operatorPaths.audit}/export`);
    exports.push(statusCode);
    return { statusCode: statusCode === 429 ? 200 : statusCode };
  };
  const exports: number[] = [];
  const work = stations.flatMap((station, at) => [
    () => give(ids.slice(4)),
    () => ask('DELETE', `${operatorPaths.grants}/${given.ids[at]}`),
    exportAudit,
    async () => station.call('POST', paths.batches, await batchOf(station, [recordOf(station)])),
    ...(at < 4 ? [] : [() => newCode(open.app, token()).then((code) => enrolStation(open.app, code))]),
  ]);
  const replies = await Promise.all(work.map((one) => one()));
  expect(
    replies.map((reply) => ('statusCode' in reply ? reply.statusCode : 200)).filter((code) => code !== 200),
  ).toEqual([]);
  const revoked = await Promise.all([
    ...ids.slice(0, 4).map((id) => ask('DELETE', `${operatorPaths.stations}/${id}`, { cause: 'stolen' })),
    ...ids.slice(4).map((id) => give([id])),
    ...ids.slice(4).map(exportAudit),
  ]);
  expect(revoked.map(({ statusCode }) => statusCode).filter((code) => code !== 200)).toEqual([]);
  expect(exports).toContain(200);
  const both = orders.filter((order) => order.includes('audit') && order.includes('log'));
  expect(both.length).toBeGreaterThan(10);
  const audited = orders.filter((order) => order.includes('audit'));
  const locksLater = (order: readonly string[]) => order.slice(order.indexOf('audit')).some((step) => step !== 'audit');
  expect(audited.filter(locksLater)).toEqual([]);
});

test('who is invited anew while they set their PIN waits for it, or it for them', async () => {
  const proctors = await ask('GET', operatorPaths.overview);
  const [{ id, name } = { id: '', name: '' }] = proctors.json<{ proctors: { id: string; name: string }[] }>().proctors;
  const invite = async () => (await ask('POST', `${operatorPaths.proctors}/${id}/invitation`, {})).json<Invitation>();
  const set = (code: string) =>
    open.app.inject({ method: 'POST', url: setPinPath, payload: { proctor: name, code, pin: '482915' } });
  for (let round = 0; round < 3; round += 1) {
    const { code } = await invite();
    ofProctors.length = 0;
    const [done, again] = await Promise.all([set(code), invite()]);
    // Whichever was first: the other one came after, and nothing came to nothing.
    const said = done.statusCode === 200 ? 'set' : done.json<{ reason: string }>().reason;
    expect(['set', 'proctor-code-unknown']).toContain(said);
    expect(again.code).toMatch(/^[\w]{4}-[\w]{4}$/);
    const both = ofProctors.filter((rows) => rows.length > 1);
    expect(both.length).toBeGreaterThan(0);
    for (const rows of both) expect(rows).toEqual(['proctor', 'invitation']);
  }
});
