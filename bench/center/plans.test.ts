import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIND } from '../../center/people/find-people.ts';
import { listDisputes, type Place, type Which } from '../../center/results/index.ts';
import { pageQuery } from '../../center/results/read-records.ts';
import { enrolStation, openTestCenter, type TestCenter, type TestStation } from '../../center/testing/index.ts';
import { CandidateId, ExamId, instant, TenantId } from '../../contract/words/ids.ts';
import { load } from './load.ts';

/**
 * How the database finds what lists show: never by looking at each row of a table that grows with the results. Within walls, too,
 * where an index helps only with conditions that can give nothing away.
 */
const TENANT = TenantId.parse('tn_demo');
const BIG = /Seq Scan on (records|judgements|batches|record_incidents|candidates|sat_months)\b/;
const RECORDS = 20_000;
let open: TestCenter;
const WAYS = ['as whose database it is', 'within walls'] as const;
type Way = (typeof WAYS)[number];
const dbOf = (way: Way) => (way === 'within walls' ? open.center.db.as([TENANT]) : open.center.db);
let station: TestStation;

beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  await load(open.center.db, [station], RECORDS);
}, 180_000);
afterAll(() => open.close());

/** The plan, and how many rows the widest step of it handled. */
async function planOf(way: Way, sql: string, params: readonly unknown[]) {
  const rows = await dbOf(way).query(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${sql}`, params);
  const plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n');
  const rowsOf = [...plan.matchAll(/rows=(\d+)(?:\.\d+)? loops=(\d+)/g)].map(
    ([, each, loops]) => Number(each) * Number(loops),
  );
  return { plan, most: Math.max(...rowsOf) };
}

const MIDDLE: Place = {
  ...{ toward: 'older', page: 9, logIndex: 0 },
  at: instant(new Date('2025-11-01T00:00:00Z')),
};
const lists: readonly [string, () => Which][] = [
  ['all', () => ({})],
  ['exams', () => ({ shown: 'exams' })],
  ['learning', () => ({ shown: 'learning' })],
  ['one person', () => ({ people: [CandidateId.parse('cd_load-7')] })],
  ['several people', () => ({ people: ['cd_load-7', 'cd_load-8'].map((id) => CandidateId.parse(id)) })],
  ['an exam', () => ({ examId: ExamId.parse('ex_load-3') })],
  ['a station', () => ({ stationId: station.stationId })],
  ['an incident', () => ({ incident: 'no-face' })],
];

describe.each(WAYS.flatMap((way) => lists.map(([name, which]) => [name, way, which] as const)))(
  'a page of %s, %s',
  (_, way, which) => {
    test.each<[string, Place]>([
      ['first', 1],
      ['in the middle', MIDDLE],
      ['before it', { ...MIDDLE, toward: 'newer' }],
    ])('%s, is found by an index, and no more is looked at than it shows', async (_, from) => {
      const { sql, params } = pageQuery(TENANT, from, which());
      const { plan, most } = await planOf(way, sql, params);
      expect(plan).not.toMatch(BIG);
      expect(most).toBeLessThanOrEqual(150);
    });
  },
);

test.each(WAYS)('people are found by how their name or number begins, %s', async (way) => {
  const params = [TENANT, '王伟', '王伟\u{10FFFF}', '王伟', '王伟\u{10FFFF}'];
  const { plan, most } = await planOf(way, FIND, params);
  expect(plan).not.toMatch(BIG);
  expect(most).toBeLessThanOrEqual(100);
});

test.each(WAYS)('what waits for a decision is found by an index, %s', async (way) => {
  const asked: [string, readonly unknown[]][] = [];
  const spied = {
    query: (sql: string, params: readonly unknown[] = []) => {
      asked.push([sql, params]);
      return dbOf(way).query(sql, params);
    },
  };
  const operator = { kind: 'operator', tenantId: TENANT } as const;
  for (const which of ['open', 'all'] as const) {
    const found = await listDisputes(operator, spied, TENANT, { which, most: 20 });
    expect(found).toHaveLength(20);
  }
  for (const [sql, params] of asked) expect((await planOf(way, sql, params)).plan).not.toMatch(BIG);
});
