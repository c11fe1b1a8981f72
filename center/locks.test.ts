import { afterAll, beforeAll, expect, test } from 'vitest';
import { operatorPaths } from '../contract/people-center/operator-api.ts';
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

function watched(db: Database): Database {
  const spied = (tx: Queries, order: string[]): Queries => ({
    query: (sql, params) => {
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
      return db.transaction((tx) => work(spied(tx, order)));
    },
  };
}

function stepOf(sql: string): 'log' | 'audit' | 'row' | undefined {
  if (/FROM center WHERE id = 1\s+FOR UPDATE/.test(sql)) return 'log';
  if (/FROM audit_head\b.*FOR UPDATE/.test(sql)) return 'audit';
  return /^\s*UPDATE (?!audit_)|^\s*DELETE|FOR UPDATE/.test(sql) ? 'row' : undefined;
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
}, 60_000);
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
  const work = stations.flatMap((station, at) => [
    () => give(ids.slice(4)),
    () => ask('DELETE', `${operatorPaths.grants}/${given.ids[at]}`),
    () => ask('GET', `${operatorPaths.audit}/export`),
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
    ...ids.slice(4).map(() => ask('GET', `${operatorPaths.audit}/export`)),
  ]);
  expect(revoked.map(({ statusCode }) => statusCode).filter((code) => code !== 200)).toEqual([]);
  const both = orders.filter((order) => order.includes('audit') && order.includes('log'));
  expect(both.length).toBeGreaterThan(10);
  const audited = orders.filter((order) => order.includes('audit'));
  const locksLater = (order: readonly string[]) => order.slice(order.indexOf('audit')).some((step) => step !== 'audit');
  expect(audited.filter(locksLater)).toEqual([]);
});
