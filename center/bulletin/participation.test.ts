import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TenantId } from '../../contract/words/ids.ts';
import { foldToLearn } from '../learning/index.ts';
import { foldToSit } from '../people/index.ts';
import { openTestCenter, type TestCenter } from '../testing/index.ts';
import { participation } from './index.ts';

const TENANT = 'tn_demo' as TenantId;
const OPERATOR = { kind: 'operator', tenantId: TENANT } as const;
const EVER = { from: '0001-01', until: '9999-12' };
let open: TestCenter;
let exams: readonly string[];

beforeAll(async () => {
  open = await openTestCenter();
  // So that whoever leaves stays in the table, as firms want it.
  await open.center.db.query('ALTER TABLE candidates ADD COLUMN IF NOT EXISTS left_at timestamptz');
  await open.center.db.query(
    'INSERT INTO courses (tenant_id, exam_id, put_at) SELECT tenant_id, id, now() FROM exams ON CONFLICT DO NOTHING',
  );
  exams = (await open.center.db.query('SELECT id FROM exams ORDER BY id')).map(({ id }) => String(id));
});
afterAll(() => open.close());

const WHO = fc.constantFrom('cd_f1', 'cd_f2', 'cd_f3');
const step = fc.oneof(
  fc.tuple(fc.constant('put' as const), WHO, fc.nat(3)),
  fc.tuple(fc.constant('leave' as const), WHO, fc.nat(1)),
  fc.tuple(fc.constant('give' as const), WHO, fc.nat(3)),
  fc.tuple(fc.constant('take' as const), WHO, fc.nat(3)),
  fc.tuple(fc.constant('study' as const), WHO, fc.nat(3)),
  fc.tuple(fc.constant('rebuild' as const), WHO, fc.nat(3)),
  fc.tuple(fc.constant('fold' as const), WHO, fc.nat(3)),
);

async function take([what, who, at]: readonly [string, string, number]): Promise<void> {
  const { db } = open.center;
  const exam = exams[at % exams.length];
  if (what === 'fold') return Promise.all([foldToSit(db), foldToLearn(db)]).then(() => undefined);
  const put = `INSERT INTO candidates (tenant_id, id, name, number, exam_id) VALUES ('tn_demo', $1::text, $1, $1, $2)
    ON CONFLICT (tenant_id, id) DO UPDATE SET exam_id = excluded.exam_id, left_at = NULL`;
  const sql = {
    put,
    leave: `UPDATE candidates SET left_at = now() WHERE id = $1 AND $2::text <> ''`,
    give: `INSERT INTO studies (tenant_id, exam_id, candidate_id, since)
      SELECT tenant_id, $2, id, now() FROM candidates WHERE id = $1 ON CONFLICT DO NOTHING`,
    take: `DELETE FROM studies WHERE candidate_id = $1 AND exam_id = $2`,
    study: `INSERT INTO course_progress (tenant_id, candidate_id, exam_id, seconds, complete, body)
      VALUES ('tn_demo', $1, $2, 1, ${at % 2 === 0}, '') ON CONFLICT (tenant_id, candidate_id, exam_id) DO UPDATE SET complete = NOT course_progress.complete`,
    rebuild: `DELETE FROM course_progress WHERE candidate_id = $1 AND exam_id = $2`,
  }[what];
  await db.query(sql ?? '', [who, exam]);
}

/** Counted from the people themselves. */
const recounted = () =>
  open.center.db.query(
    `SELECT * FROM (SELECT 'tn_demo' AS "tenantId", e.id AS "examId",
       (SELECT count(*) FROM candidates WHERE exam_id = e.id AND left_at IS NULL) AS "toSit",
       0 AS sat, 0 AS passed, 0 AS attempts, 0 AS passes,
       (SELECT count(*) FROM studies WHERE exam_id = e.id) AS "toLearn",
       (SELECT count(*) FROM course_progress WHERE exam_id = e.id AND complete) AS learned
     FROM exams e) all_of WHERE "toSit" + "toLearn" + learned > 0 ORDER BY "examId"`,
  );

test('whoever comes, leaves, comes back, gets a course, is let off or is through with it: the counters are what a recount says', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      for (const one of steps) {
        seen.add(one[0]);
        await take(one);
      }
      expect(await participation(OPERATOR, open.center.db, [TENANT], EVER)).toEqual(await recounted());
    }),
    { numRuns: 60 },
  );
  expect(seen.size).toBe(7);
  const before = { from: '2000-01', until: '2000-12' };
  expect((await participation(OPERATOR, open.center.db, [TENANT], before)).filter(({ toSit }) => toSit > 0)).toEqual(
    [],
  );
});

test('is not for whoever is of another firm', async () => {
  const other = { kind: 'operator', tenantId: 'tn_other' as TenantId } as const;
  await expect(participation(other, open.center.db, [TENANT], EVER)).rejects.toMatchObject({ reason: 'unauthorised' });
});
