import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TenantId } from '../../contract/words/ids.ts';
import { enrolStation, openTestCenter, type TestCenter, type TestStation } from '../testing/index.ts';
import { fileJudgements, type Judgement } from './file-judgements.ts';
import { countRecords, readDoubts, readTotals } from './index.ts';
import { foldTallies, readTallies, sumTallies } from './tallies.ts';

let open: TestCenter;
let station: TestStation;
const TENANT = 'tn_demo' as TenantId;
const OPERATOR = { kind: 'operator', tenantId: TENANT } as const;

beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  await open.center.db.query(
    `INSERT INTO batches (tenant_id, id, station_id, number, header, receipt, tree_size, received_at)
     VALUES ($1, 'b', $2, 1, '', '', 1, now())`,
    [TENANT, station.stationId],
  );
});
afterAll(() => open.close());

const written = fc.record({
  candidate: fc.constantFrom('cd_1', 'cd_2', 'cd_visitor-1'),
  exam: fc.constantFrom('ex_1', 'ex_2'),
  mode: fc.constantFrom('formal', 'formal', 'practice', 'learning'),
  passed: fc.boolean(),
  at: fc.constantFrom('2026-01-31T15:59:59.999Z', '2026-01-31T16:00:00.000Z', '2026-03-01T00:00:00.000Z'),
});
const step = fc.oneof(
  fc.record({ what: fc.constant('log' as const), records: fc.array(written, { minLength: 1, maxLength: 4 }) }),
  fc.record({
    what: fc.constant('judge' as const),
    which: fc.array(fc.nat(), { maxLength: 3 }),
    code: fc.constantFrom('marks-differ', 'no-key', undefined),
  }),
  fc.record({
    what: fc.constant('settle' as const),
    which: fc.nat(),
    decision: fc.constantFrom('stands' as const, 'void' as const),
  }),
  fc.record({ what: fc.constant('fold' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

let logged = 0;
const idOf = (which: number) => `si_${which % logged}`;

async function take(one: Step): Promise<void> {
  const { db } = open.center;
  if (one.what === 'fold') return foldTallies(db);
  if (one.what === 'log') {
    const rows = one.records.map((record) => ({ ...record, index: logged++ }));
    await db.query(
      `INSERT INTO records (tenant_id, batch_id, sitting_id, position, log_index, candidate_id, exam_id, mode, passed, submitted_at, body)
       SELECT $1, 'b', 'si_' || r.index, 0, 1000000 + r.index, r.candidate, r.exam, r.mode, r.passed, r.at, '{}'
       FROM jsonb_to_recordset($2::jsonb) AS r(index int, candidate text, exam text, mode text, passed boolean, at timestamptz)`,
      [TENANT, JSON.stringify(rows)],
    );
    return;
  }
  if (logged === 0) return;
  if (one.what === 'settle') {
    await db.query('UPDATE judgements SET settled = $2 WHERE sitting_id = $1', [idOf(one.which), one.decision]);
    return;
  }
  const found = one.code === undefined ? [] : [{ code: one.code, detail: '' }];
  const judged = [...new Set(one.which.map(idOf))].map((sittingId) => ({
    ...{ sittingId, stationId: station.stationId, logIndex: 1, run: sittingId, seed: 's', sequence: 1 },
    ...{ submittedAt: '', findings: found },
  }));
  await db.transaction((tx) => fileJudgements(tx, TENANT, judged as unknown as Judgement[], new Date()));
}

/** Counted from the records themselves. */
const recounted = () =>
  open.center.db.query(
    `WITH r AS (SELECT r.*, j.verdict, j.settled, starts_with(r.candidate_id, 'cd_visitor') AS visitor,
         to_char(r.submitted_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month,
         NOT coalesce(j.settled <> 'stands', j.verdict = 'disputed', false) AS counts
       FROM records r LEFT JOIN judgements j USING (tenant_id, sitting_id) WHERE r.tenant_id = $1)
     SELECT 'tn_demo' AS "tenantId", exam_id AS "examId", month, count(*) AS records, count(*) FILTER (WHERE mode = 'learning') AS learning,
       count(*) FILTER (WHERE visitor AND mode <> 'learning') AS visitors,
       count(*) FILTER (WHERE attempt) AS attempts, count(*) FILTER (WHERE attempt AND passed) AS passes,
       count(DISTINCT candidate_id) FILTER (WHERE attempt) AS sat,
       count(DISTINCT candidate_id) FILTER (WHERE attempt AND passed) AS passed,
       count(*) FILTER (WHERE verdict = 'disputed' AND settled IS NULL) AS disputed,
       count(*) FILTER (WHERE verdict = 'unjudged' AND settled IS NULL) AS unjudged,
       count(*) FILTER (WHERE settled = 'void') AS voided
     FROM (SELECT *, NOT visitor AND mode = 'formal' AND counts AS attempt FROM r) r
     GROUP BY exam_id, month ORDER BY exam_id, month`,
    [TENANT],
  );

test('whatever comes in, is judged and is settled, in whatever order, the counters are what a recount says', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      for (const one of steps) {
        seen.add(one.what);
        await take(one);
      }
      expect(await readTallies(OPERATOR, open.center.db, [TENANT])).toEqual(await recounted());
    }),
    { numRuns: 60 },
  );
  expect(seen.size).toBe(4);
  const sums = await sumTallies(OPERATOR, open.center.db, TENANT);
  expect(sums.disputed + sums.voided).toBeGreaterThan(0);
  expect(sums.sat).toBeLessThan(sums.attempts);
  const { sittings, visitors } = await readTotals(OPERATOR, open.center.db, TENANT);
  expect(sittings + visitors).toBe(await countRecords(OPERATOR, open.center.db, TENANT, 'exams'));
  expect(await readDoubts(OPERATOR, open.center.db, TENANT)).toMatchObject({ voided: sums.voided });
});

test('folding leaves one row of each exam and month', async () => {
  await foldTallies(open.center.db);
  const [row] = await open.center.db.query(
    `SELECT count(*) AS rows, count(DISTINCT (tenant_id, exam_id, month)) AS keys FROM record_tallies`,
  );
  expect(row?.rows).toBe(row?.keys);
});
