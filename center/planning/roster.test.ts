import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCenter, type TestCenter } from '../testing/index.ts';
import { COMING, OWN_TURNS } from './roster.ts';

/** A firm with many people, and a year of turns of which one is near. */
const [PEOPLE, TURNS] = [20_000, 200];

let open: TestCenter;
const query = (sql: string, params: readonly unknown[] = []) => open.center.db.query(sql, params);

beforeAll(async () => {
  open = await openTestCenter();
  await query(
    `INSERT INTO candidates (tenant_id, id, name, number, exam_id)
     SELECT 'tn_demo', 'cd_p' || n, 'p' || n, lpad(n::text, 18, '0'), 'ex_demo' FROM generate_series(1, ${PEOPLE}) AS n`,
  );
  await query(
    `INSERT INTO turns (id, organiser_id, room_id, room_tenant, exam_tenant, exam_id, version, begins_at, ends_at,
       sign_up_until, seats, eligibility, state, note)
     SELECT 'tu_' || n, o.id, o.id, 'tn_demo', 'tn_demo', v.exam_id, v.hash, day, day + interval '2 hours', day, 100, '{}',
       'closed', ''
     FROM (SELECT n, timestamptz '2026-06-01T08:00:00Z' + n * interval '1 day' AS day FROM generate_series(0, ${TURNS - 1}) AS n) d,
       (SELECT id FROM organisations WHERE tenant_id = 'tn_demo') o,
       (SELECT exam_id, hash FROM exam_versions WHERE tenant_id = 'tn_demo' AND exam_id = 'ex_demo') v`,
  );
  await query(
    `INSERT INTO turn_entries (turn_id, tenant_id, candidate_id, state, entered_at)
     SELECT 'tu_' || n % ${TURNS}, 'tn_demo', 'cd_p' || n, 'entered', now() FROM generate_series(1, ${PEOPLE}) AS n`,
  );
  await query('ANALYZE');
});
afterAll(() => open.close());

type Plan = { readonly 'Node Type': string; readonly 'Relation Name'?: string; readonly Plans?: readonly Plan[] };
const nodesOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function scanned(sql: string, params: readonly unknown[]): Promise<readonly string[]> {
  const [row] = await query(`EXPLAIN (FORMAT JSON) ${sql}`, params);
  const said = row?.['QUERY PLAN'];
  const [{ Plan: plan }] = (typeof said === 'string' ? JSON.parse(said) : said) as [{ Plan: Plan }];
  return nodesOf(plan)
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .map((node) => node['Relation Name'] ?? '');
}

test('the roster of the turns that are near looks through nobody else', async () => {
  const turns = await query(OWN_TURNS, ['2026-12-01T00:00:00Z', 'tn_demo', '2026-12-02T00:00:00Z']);
  const ids = turns.map(({ id }) => id);
  expect(ids).toHaveLength(1);
  expect(await query(COMING, [ids, 'tn_demo'])).toHaveLength(PEOPLE / TURNS);
  expect(await scanned(COMING, [ids, 'tn_demo'])).toEqual([]);
});

test('what is known of those people is found by who they are', async () => {
  const sql = `SELECT c.id FROM candidates c WHERE c.tenant_id = $1 AND c.left_at IS NULL AND c.id = ANY($2::text[])`;
  expect(await scanned(sql, ['tn_demo', ['cd_p1', 'cd_p2']])).toEqual([]);
});
