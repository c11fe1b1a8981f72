import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foldToLearn } from '../learning/index.ts';
import { ROOT } from '../organisations/index.ts';
import { foldToSit } from '../people/index.ts';
import { openJudging } from '../results/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { accountAt, openTestCenter, type TestCenter } from '../testing/index.ts';
import { foldFirmFigures, migrations, readBulletin } from './index.ts';

let open: TestCenter;
let admin: ActingAccount;
beforeAll(async () => {
  open = await openTestCenter();
  admin = await accountAt(open, 'platform', ROOT);
}, 60_000);
afterAll(() => open.close());

const COMES_AND_GOES = { roster_flows: 'toSit', study_flows: 'toLearn', learned_flows: 'learned' } as const;
const [SAT_IN_MONTHS, SAT_IN_QUARTERS] = ['record_tallies', 'quarter_tallies'] as const;
const YEARS = [2023, 2024, 2025];
const QUARTERS = YEARS.flatMap((year) => [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`));
const MONTHS = YEARS.flatMap((year) =>
  Array.from({ length: 12 }, (_, n) => `${year}-${String(n + 1).padStart(2, '0')}`),
);
const quarterOf = (month: string) => `${month.slice(0, 5)}Q${Math.ceil(Number(month.slice(5)) / 3)}`;

const month = fc.nat(MONTHS.length - 1);
const counter = fc.constantFrom(...(Object.keys(COMES_AND_GOES) as (keyof typeof COMES_AND_GOES)[]));
const exam = fc.constantFrom('ex_a', 'ex_b');
const step = fc.oneof(
  fc.record({
    what: fc.constant('come' as const),
    table: counter,
    exam,
    month,
    people: fc.integer({ min: -3, max: 5 }),
  }),
  fc.record({
    what: fc.constant('sit' as const),
    exam,
    month,
    sat: fc.integer({ min: -2, max: 4 }),
    passed: fc.nat(2),
  }),
  fc.record({ what: fc.constant('sit in a quarter' as const), exam, month, sat: fc.nat(4), passed: fc.nat(2) }),
  fc.record({ what: fc.constant('put right' as const), table: counter, month, to: month }),
  fc.record({ what: fc.constant('take away' as const), table: counter, month }),
  fc.record({ what: fc.constant('fold' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function take(one: Step): Promise<unknown> {
  const { db } = open.center;
  if (one.what === 'fold') {
    await openJudging({ kind: 'system' }, open.center, () => undefined).all();
    return Promise.all([foldToSit(db), foldToLearn(db), foldFirmFigures(db)]);
  }
  const at = MONTHS[one.month] as string;
  if (one.what === 'come')
    return db.query(`INSERT INTO ${one.table} VALUES ('tn_demo', $1, $2, $3)`, [one.exam, at, one.people]);
  if (one.what === 'sit')
    return db.query(
      `INSERT INTO ${SAT_IN_MONTHS} (tenant_id, exam_id, month, records, learning, visitors, attempts, passes, sat, passed, disputed, unjudged, voided)
       VALUES ('tn_demo', $1, $2, 1, 0, 0, 1, 1, $3, $4, 0, 0, 0)`,
      [one.exam, at, one.sat, one.passed],
    );
  if (one.what === 'sit in a quarter')
    return db.query(`INSERT INTO ${SAT_IN_QUARTERS} VALUES ('tn_demo', $1, $2, $3, $4)`, [
      ...[one.exam, quarterOf(at), one.sat, one.passed],
    ]);
  if (one.what === 'put right')
    return db.query(`UPDATE ${one.table} SET month = $2 WHERE month = $1`, [at, MONTHS[one.to]]);
  return db.query(`DELETE FROM ${one.table} WHERE month = $1`, [at]);
}

/** Added up from what each of them is kept in. */
async function recounted(months: readonly string[]) {
  const { db } = open.center;
  const sum = async (figure: string, table: string, condition: string, of: unknown): Promise<number> => {
    const sql = `SELECT coalesce(sum(${figure}), 0)::int AS n FROM ${table} WHERE tenant_id = 'tn_demo' AND ${condition}`;
    return Number((await db.query(sql, [of]))[0]?.n);
  };
  const whole = QUARTERS.filter((quarter) => months.filter((one) => quarterOf(one) === quarter).length === 3);
  const beside = months.filter((one) => !whole.includes(quarterOf(one)));
  const done = async (figure: string) =>
    (await sum(figure, SAT_IN_QUARTERS, 'quarter = ANY($1::text[])', whole)) +
    (await sum(figure, SAT_IN_MONTHS, 'month = ANY($1::text[])', beside));
  const stock = await Promise.all(
    Object.entries(COMES_AND_GOES).map(async ([table, name]) => [
      ...[name, await sum('people', table, 'month <= $1', months.at(-1))],
    ]),
  );
  return { ...Object.fromEntries(stock), sat: await done('sat'), passed: await done('passed') };
}

test('of any months a firm has what is kept of them, whatever is added, put right, taken away and folded', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), month, month, async (steps, one, other) => {
      for (const taken of steps) {
        seen.add(taken.what);
        await take(taken);
      }
      const months = MONTHS.slice(Math.min(one, other), Math.max(one, other) + 1);
      const [from, to] = [months[0] as string, months.at(-1) as string];
      const { total } = await readBulletin(admin, open.center, { grouping: 'county', from, to });
      expect(total).toMatchObject(await recounted(months));
    }),
    { numRuns: 120 },
  );
  expect(seen.size).toBe(6);
}, 120_000);

test('a database of before has what a program from before counted in it', async () => {
  const { db } = open.center;
  const figures = async () =>
    db.query(
      `SELECT tenant_id, span, sum(to_learn)::int AS "toLearn", sum(learned)::int AS learned, sum(to_sit)::int AS "toSit", sum(sat)::int AS sat, sum(passed)::int AS passed
       FROM firm_figures GROUP BY 1, 2 HAVING (sum(to_learn), sum(learned), sum(to_sit), sum(sat), sum(passed)) <> (0, 0, 0, 0, 0) ORDER BY 1, 2`,
    );
  const kept = await figures();
  const triggers = await db.query(`SELECT proname AS name FROM pg_proc WHERE proname LIKE 'firm\\_figures\\_of%'`);
  for (const { name } of triggers) await db.query(`DROP FUNCTION ${name} CASCADE`);
  await db.query('DROP TABLE firm_figures');
  for (const { statements } of migrations.filter(({ number }) => number === 120))
    for (const statement of statements) await db.query(statement);
  expect(await figures()).toEqual(kept);
  expect(kept.length).toBeGreaterThan(10);
});

test('folding leaves one row of each firm and month, quarter or year', async () => {
  await foldFirmFigures(open.center.db);
  const [row] = await open.center.db.query(
    'SELECT count(*) AS rows, count(DISTINCT (tenant_id, span)) AS keys FROM firm_figures',
  );
  expect(row?.rows).toBe(row?.keys);
});
