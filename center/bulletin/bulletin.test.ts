import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bulletin, BulletinGrouping } from '../../contract/platform/bulletin.ts';
import type { OrganisationKind } from '../../contract/platform/organisations.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { CandidateId, ExamId, OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { foldToLearn } from '../learning/index.ts';
import { addOrganisation, moveOrganisation, putLists, ROOT } from '../organisations/index.ts';
import { foldToSit, forgetPeople } from '../people/index.ts';
import { openJudging } from '../results/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { accountAt, enrolStation, openTestCenter, type TestCenter, type TestStation } from '../testing/index.ts';
import { bulletinPeople, foldFirmFigures, putWeights, readBulletin } from './index.ts';

type Firm = {
  readonly id: OrganisationId;
  readonly tenantId: TenantId;
  sector: string | null;
  home: string;
  open: boolean;
};
const EQUAL = { learning: 1, sitting: 1, passing: 1 };
const SECTORS = ['建筑', '化工'];

let open: TestCenter;
let station: TestStation;
let admin: ActingAccount;
let exams: readonly ExamId[];
const firms: Firm[] = [];
const places: { id: OrganisationId; name: string; kind: string; county: string; street: string }[] = [];

async function add(kind: OrganisationKind, parentId: OrganisationId, name: string, sector: string | null = null) {
  const nothing = { licence: null, size: null, contact: null, phone: null };
  return addOrganisation(admin, open.center.db, { ...nothing, kind, parentId, name, sector } as never);
}

beforeAll(async () => {
  open = await openTestCenter();
  const { db } = open.center;
  // The demo's firm has people of its own: they are no part of what is counted here.
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  await db.query(`UPDATE organisations SET state = 'closed' WHERE tenant_id = 'tn_demo'`);
  admin = await accountAt(open, 'platform', ROOT);
  const industry = SECTORS.map((name) => ({ name, en: '', isEnded: false }));
  await putLists(admin, db, { industry, area: [], category: [] });
  const [east, west] = [await add('county', ROOT, '东县'), await add('county', ROOT, '西县')];
  const street = await add('street', east.id, '一街');
  places.push({ id: ROOT, name: 'root', kind: 'platform', county: ROOT, street: ROOT });
  for (const { id, name, kind } of [east, west]) places.push({ id, name, kind, county: id, street: id });
  places.push({ id: street.id, name: street.name, kind: 'street', county: east.id, street: street.id });
  exams = (await db.query('SELECT id FROM exams ORDER BY id')).slice(0, 2).map(({ id }) => id as ExamId);
  for (const at of [0, 1, 2, 3]) {
    const sector = [...SECTORS, null][at % 3] ?? null;
    const { id, tenantId } = await add('firm', street.id, `企业${at}`, sector);
    firms.push({ id, tenantId: tenantId as TenantId, sector, home: street.id, open: true });
    await fill(tenantId as TenantId);
  }
});
afterAll(() => open.close());

/** Exams, courses and a batch, so that there is something to sit, to learn and to hand in. */
async function fill(tenantId: TenantId): Promise<void> {
  const { db } = open.center;
  const own = (table: string) =>
    `INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object('tenant_id', $1::text))).* FROM ${table} t
     WHERE tenant_id = 'tn_demo'`;
  for (const table of ['banks', 'exams']) await db.query(own(table), [tenantId]);
  await db.query(
    'INSERT INTO courses (tenant_id, exam_id, put_at) SELECT tenant_id, id, now() FROM exams WHERE tenant_id = $1',
    [tenantId],
  );
  await db.query(
    `INSERT INTO batches (tenant_id, id, station_id, number, header, receipt, tree_size, received_at)
     VALUES ($1, 'b', $2, $3, '', '', 1, now())`,
    [tenantId, station.stationId, 100 + firms.length],
  );
}

const MONTHS = ['2025-11', '2026-01', '2026-02', '2026-04'];
const record = fc.record({
  firm: fc.nat(3),
  who: fc.constantFrom<string>('cd_1', 'cd_2', 'cd_3', 'cd_visitor-1'),
  exam: fc.nat(1),
  mode: fc.constantFrom<string>('formal', 'formal', 'formal', 'practice'),
  passed: fc.boolean(),
  month: fc.constantFrom(...MONTHS),
});
const who = fc.record({
  firm: fc.nat(3),
  who: fc.constantFrom<string>('cd_1', 'cd_2', 'cd_3'),
  exam: fc.nat(1),
  on: fc.boolean(),
});
const step = fc.oneof(
  fc.tuple(fc.constant('log' as const), fc.array(record, { minLength: 1, maxLength: 5 })),
  fc.tuple(fc.constant('settle' as const), fc.record({ which: fc.nat(), stands: fc.boolean() })),
  fc.tuple(fc.constant('roster' as const), who),
  fc.tuple(fc.constant('course' as const), who),
  fc.tuple(fc.constant('progress' as const), who),
  fc.tuple(fc.constant('move' as const), fc.record({ firm: fc.nat(3), to: fc.nat(3) })),
  fc.tuple(fc.constant('correct' as const), fc.record({ which: fc.nat(), passed: fc.boolean() })),
  fc.tuple(fc.constant('erase' as const), who),
  fc.tuple(fc.constant('transfer' as const), who),
  fc.tuple(fc.constant('tree' as const), fc.nat(1)),
  fc.tuple(fc.constant('change' as const), fc.record({ firm: fc.nat(3), sector: fc.nat(2), open: fc.boolean() })),
  fc.tuple(fc.constant('fold' as const), fc.constant(undefined)),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

let logged = 0;
async function take([what, with_]: Step): Promise<void> {
  const { db } = open.center;
  if (what === 'fold') {
    await Promise.all([foldToSit(db), foldToLearn(db), foldFirmFigures(db)]);
    return openJudging({ kind: 'system' }, open.center, () => undefined).all(new AbortController().signal);
  }
  if (what === 'log') {
    const rows = with_.map((one) => ({
      ...{ tenant: firms[one.firm]?.tenantId, id: `si_bulletin-${logged++}`, index: 2_000_000 + logged, who: one.who },
      ...{ exam: exams[one.exam], mode: one.mode, passed: one.passed, at: `${one.month}-15T04:00:00Z` },
    }));
    await db.query(
      `INSERT INTO records (tenant_id, batch_id, sitting_id, position, log_index, candidate_id, exam_id, mode, passed, submitted_at, body, judged)
       SELECT tenant, 'b', id, 0, index, who, exam, mode, passed, at, '{}', true
       FROM jsonb_to_recordset($1::jsonb) AS r(tenant text, id text, index int, who text, exam text, mode text, passed boolean, at timestamptz)`,
      [JSON.stringify(rows)],
    );
    return;
  }
  if (what === 'settle') {
    if (logged === 0) return;
    await db.query(
      `INSERT INTO judgements (tenant_id, sitting_id, verdict, settled, judged_at, station_id, run, seed, sequence, log_index, submitted_at)
       SELECT tenant_id, sitting_id, 'disputed', NULL, now(), 'st_x', sitting_id, '', 1, log_index, submitted_at FROM records WHERE sitting_id = $1
       ON CONFLICT (tenant_id, sitting_id) DO UPDATE SET settled = $2`,
      [`si_bulletin-${with_.which % logged}`, with_.stands ? 'stands' : 'void'],
    );
    return;
  }
  if (what === 'correct') {
    if (logged === 0) return;
    const id = `si_bulletin-${with_.which % logged}`;
    await db.query('UPDATE records SET passed = $2 WHERE sitting_id = $1', [id, with_.passed]);
    return;
  }
  if (what === 'tree') return moveStreet(with_ + 1);
  const firm = firms[with_.firm] as Firm;
  if (what === 'change') {
    const { sector, open: isOpen } = with_;
    Object.assign(firm, { sector: [...SECTORS, null][sector] ?? null, open: isOpen });
    const state = isOpen ? 'approved' : 'closed';
    await db.query('UPDATE organisations SET sector = $2, state = $3 WHERE id = $1', [firm.id, firm.sector, state]);
    return;
  }
  if (what === 'erase') {
    const how = { at: new Date(), by: null, why: 'rule' } as const;
    await db.transaction((tx) => forgetPeople(tx, firm.tenantId, [with_.who as CandidateId], how));
    return;
  }
  if (what === 'transfer') {
    await take(['roster', { ...with_, on: false }]);
    return take(['roster', { ...with_, firm: (with_.firm + 1) % firms.length, on: true }]);
  }
  if (what === 'move') {
    const to = places[with_.to] as (typeof places)[number];
    await moveOrganisation(admin, db, firm.id, to.id).catch(() => undefined);
    const [{ parent_id: home } = {}] = await db.query('SELECT parent_id FROM organisations WHERE id = $1', [firm.id]);
    firm.home = String(home);
    return;
  }
  const key = [firm.tenantId, with_.who, exams[with_.exam]];
  const sql = {
    roster: `INSERT INTO candidates (tenant_id, id, name, number, exam_id) VALUES ($1, $2::text, $2, $2, $3)
      ON CONFLICT (tenant_id, id) DO UPDATE SET left_at = ${with_.on ? 'NULL' : 'now()'}, exam_id = excluded.exam_id`,
    course: with_.on
      ? `INSERT INTO studies (tenant_id, exam_id, candidate_id, since)
         SELECT tenant_id, $3, id, now() FROM candidates WHERE tenant_id = $1 AND id = $2 ON CONFLICT DO NOTHING`
      : 'DELETE FROM studies WHERE tenant_id = $1 AND candidate_id = $2 AND exam_id = $3',
    progress: `INSERT INTO course_progress (tenant_id, candidate_id, exam_id, seconds, complete, body)
      VALUES ($1, $2, $3, 1, ${with_.on}, '') ON CONFLICT (tenant_id, candidate_id, exam_id) DO UPDATE SET complete = ${with_.on}`,
  }[what];
  await db.query(sql, key);
}

/** With all firms that lie in it. */
async function moveStreet(county: number): Promise<void> {
  const [street, to] = [places[3], places[county]];
  if (!street || !to) throw new Error('there is a street, and there are counties');
  await moveOrganisation(admin, open.center.db, street.id, to.id).catch(() => undefined);
  const [row] = await open.center.db.query('SELECT parent_id AS county FROM organisations WHERE id = $1', [street.id]);
  street.county = String(row?.county);
}

const thisMonth = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
const numbers = (row: Record<string, unknown> | undefined) => Number(row?.n ?? 0);

/** Counted from the records and the people themselves, firm by firm. */
async function recounted(spans: readonly (readonly string[])[], until: string) {
  const { db } = open.center;
  const now = until >= thisMonth();
  const of = new Map<string, { toLearn: number; learned: number; toSit: number; sat: number; passed: number }>();
  for (const { tenantId } of firms.filter((firm) => firm.open)) {
    const one = async (sql: string) => numbers((await db.query(sql, [tenantId]))[0]);
    let [sat, passed] = [0, 0];
    for (const months of spans) {
      const counted = `FROM records r LEFT JOIN judgements j USING (tenant_id, sitting_id)
        WHERE r.tenant_id = $1 AND mode = 'formal' AND candidate_id NOT LIKE 'cd\\_visitor%'
          AND NOT coalesce(j.settled <> 'stands', j.verdict = 'disputed', false)
          AND to_char(r.submitted_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') IN (${months.map((one) => `'${one}'`).join()})`;
      sat += await one(`SELECT count(DISTINCT (exam_id, candidate_id)) AS n ${counted}`);
      passed += await one(`SELECT count(DISTINCT (exam_id, candidate_id)) AS n ${counted} AND passed`);
    }
    of.set(tenantId, {
      toLearn: now ? await one('SELECT count(*) AS n FROM studies WHERE tenant_id = $1') : 0,
      learned: now ? await one('SELECT count(*) AS n FROM course_progress WHERE tenant_id = $1 AND complete') : 0,
      toSit: now ? await one('SELECT count(*) AS n FROM candidates WHERE tenant_id = $1 AND left_at IS NULL') : 0,
      ...{ sat, passed },
    });
  }
  return of;
}

const groupOf = (firm: Firm, grouping: BulletinGrouping): string => {
  const home = places.find(({ id }) => id === firm.home) as (typeof places)[number];
  return grouping === 'sector' ? (firm.sector ?? '') : grouping === 'firm' ? firm.id : home[grouping];
};

/** What a bulletin has to say of each row: sums, rates and scores worked out once more. */
function expected(of: Awaited<ReturnType<typeof recounted>>, grouping: BulletinGrouping) {
  const rows = new Map<
    string,
    { toLearn: number; learned: number; toSit: number; sat: number; passed: number; firms: number }
  >();
  for (const firm of firms.filter((one) => one.open)) {
    const key = groupOf(firm, grouping);
    const sum = rows.get(key) ?? { toLearn: 0, learned: 0, toSit: 0, sat: 0, passed: 0, firms: 0 };
    const one = of.get(firm.tenantId) as object;
    for (const [name, value] of Object.entries({ ...one, firms: 1 })) sum[name as keyof typeof sum] += Number(value);
    rows.set(key, sum);
  }
  return rows;
}

function mustAgree(bulletin: Bulletin, rows: ReturnType<typeof expected>): void {
  const shown = bulletin.rows.filter(({ firms: many }) => many > 0);
  expect(shown.map((row) => row.id ?? row.name).sort()).toEqual([...rows.keys()].sort());
  for (const row of shown) expect(row).toMatchObject(rows.get(row.id ?? row.name) as object);
  for (const { toSit, sat, passed, toLearn, learned, ...row } of bulletin.rows) {
    const passing = sat > 0 ? passed / sat : toSit > 0 ? 0 : null;
    const rates = [toLearn && Math.min(1, learned / toLearn), toSit && Math.min(1, sat / toSit), passing];
    const there = rates.flatMap((rate, at) => (rate === null || (at < 2 && [toLearn, toSit][at] === 0) ? [] : [rate]));
    const score = there.length > 0 ? (25 * there.reduce((sum, one) => sum + one, 0)) / there.length : null;
    if (score === null) expect(row).toMatchObject({ score: null, rank: null });
    else expect(row.score).toBeCloseTo(score, 1);
    if (row.score !== null)
      expect(row.rank).toBe(1 + bulletin.rows.filter(({ score: other }) => (other ?? -1) > (row.score ?? 0)).length);
  }
}

/** What it says of the period before is what the bulletin of that one says. */
async function mustFollow({ before, grouping, rows, total }: Bulletin): Promise<void> {
  const earlier = await readBulletin(admin, open.center, { ...before, grouping });
  const scoreOf = new Map(earlier.rows.map(({ id, name, score }) => [id ?? name, score]));
  for (const row of rows) expect(row.before.score).toBe(scoreOf.get(row.id ?? row.name));
  expect(total.before.score).toBe(earlier.total.score);
}

const quartersOf = (year: string) =>
  [1, 4, 7, 10].map((first) => [0, 1, 2].map((n) => `${year}-${String(first + n).padStart(2, '0')}`));
const QUARTER_1 = ['2026-01', '2026-02', '2026-03'];
const PERIODS = (): readonly (readonly [{ from: string; to: string }, readonly (readonly string[])[]])[] => [
  [{ from: '2026-02', to: '2026-02' }, [['2026-02']]],
  [{ from: '2026-01', to: '2026-03' }, [QUARTER_1]],
  [{ from: '2025-11', to: '2026-04' }, [['2025-11'], ['2025-12'], QUARTER_1, ['2026-04']]],
  [{ from: '2025-01', to: '2026-03' }, [...quartersOf('2025'), QUARTER_1]],
  [{ from: thisMonth(), to: thisMonth() }, [[thisMonth()]]],
];

test('whatever happens, firms that move among it, a bulletin says what a full recount of the records says', async () => {
  const seen = new Set<string>();
  let most = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      for (const one of steps) {
        seen.add(one[0]);
        await take(one);
      }
      for (const [period, spans] of PERIODS()) {
        const of = await recounted(spans, period.to);
        for (const grouping of ['county', 'street', 'sector', 'firm'] as const) {
          const bulletin = await readBulletin(admin, open.center, { ...period, grouping });
          mustAgree(bulletin, expected(of, grouping));
          if (grouping !== 'sector') await mustFollow(bulletin);
          most = Math.max(most, bulletin.total.passed);
          expect(bulletin.total).toMatchObject({
            firms: of.size,
            sat: [...of.values()].reduce((sum, { sat }) => sum + sat, 0),
          });
        }
      }
    }),
    { numRuns: 25 },
  );
  expect(seen.size).toBe(12);
  expect(most).toBeGreaterThan(2);
  for (const firm of [0, 1, 2, 3]) await take(['change', { firm, sector: firm % 3, open: true }]);
}, 120_000);

describe('what is shown to whom', () => {
  const wish = { from: '2026-01', to: '2026-03', grouping: 'firm' } as const;

  test('a bureau what lies below it, a firm its own row, and nobody what lies elsewhere', async () => {
    const [first, second] = firms as [Firm, Firm];
    const [, east, west] = places as [unknown, { id: OrganisationId }, { id: OrganisationId }];
    await moveOrganisation(admin, open.center.db, first.id, west.id).catch(() => undefined);
    await moveOrganisation(admin, open.center.db, second.id, east.id).catch(() => undefined);
    const rows = async (role: 'bureau' | 'auditor' | 'firm', at: OrganisationId) =>
      (await readBulletin(await accountAt(open, role, at), open.center, wish)).rows.map(({ id }) => id);
    expect(await rows('bureau', west.id)).toContain(first.id);
    expect(await rows('bureau', east.id)).not.toContain(first.id);
    expect(await rows('firm', first.id)).toEqual([first.id]);
    const ours = await accountAt(open, 'firm', first.id);
    await expect(readBulletin(ours, open.center, { ...wish, below: second.id })).rejects.toMatchObject({
      reason: 'organisation-unknown',
    });
  });

  test('costs the same few questions, however many firms there are', async () => {
    const asked: string[] = [];
    const db = {
      ...open.center.db,
      query: (sql: string, params?: readonly unknown[]) => {
        asked.push(sql);
        return open.center.db.query(sql, params);
      },
    };
    await readBulletin(admin, { ...open.center, db }, { ...wish, grouping: 'county' });
    expect(asked.length).toBe(3);
    expect(
      asked.filter((sql) => /\b(records|sat_months|sat_quarters|candidates|studies|course_progress)\b/.test(sql)),
    ).toEqual([]);
  });
});

describe('people of a firm', () => {
  const wish = { from: '2026-01', to: '2026-03', size: 1 } as const;
  const names = async (lack: 'not-learned' | 'not-sat' | 'failed') => {
    const firm = (firms[0] as Firm).id;
    const actor = await accountAt(open, 'firm', firm);
    const all: string[] = [];
    for (let after: Cursor | undefined; ; ) {
      const { rows, next } = await bulletinPeople(actor, open.center, {
        ...wish,
        firm,
        lack,
        ...(after ? { after } : {}),
      });
      all.push(...rows.map(({ id }) => id));
      if (!next) return all;
      after = next;
    }
  };

  test('who lacks what, page after page, and each look is written down', async () => {
    const { tenantId } = firms[0] as Firm;
    const { db } = open.center;
    for (const table of ['candidates', 'course_progress', 'sat_months'])
      await db.query(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenantId]);
    const person = (id: string): Step => ['roster', { firm: 0, who: id, exam: 0, on: true }];
    for (const id of ['cd_a', 'cd_b', 'cd_c', 'cd_d']) await take(person(id));
    for (const id of ['cd_a', 'cd_b']) await take(['course', { firm: 0, who: id, exam: 1, on: true }]);
    await take(['progress', { firm: 0, who: 'cd_b', exam: 1, on: true }]);
    const sat = (id: string, passed: boolean, month = '2026-02') =>
      ({ firm: 0, who: id, exam: 0, mode: 'formal', passed, month }) as const;
    await take(['log', [sat('cd_a', false), sat('cd_b', false), sat('cd_b', true), sat('cd_c', true, '2026-04')]]);
    expect(await names('not-learned')).toEqual(['cd_a']);
    expect(await names('not-sat')).toEqual(['cd_c', 'cd_d']);
    expect(await names('failed')).toEqual(['cd_a']);
    const lines = await db.query(`SELECT 1 FROM audit_lines WHERE what = 'looked' AND tenant_id = $1`, [tenantId]);
    expect(lines.length).toBe(4);
  });

  test.each(['platform', 'auditor', 'bureau', 'inspector', 'firm'] as const)('%s', async (role) => {
    const [{ id: firm }, { id: other }] = firms as [Firm, Firm];
    const actor = await accountAt(open, role, role === 'firm' ? other : ROOT);
    const asking = bulletinPeople(actor, open.center, { ...wish, firm, lack: 'failed' });
    const refused = { platform: 'unauthorised', auditor: 'unauthorised', firm: 'organisation-unknown' } as const;
    if (role === 'bureau' || role === 'inspector') expect((await asking).rows.length).toBe(1);
    else await expect(asking).rejects.toMatchObject({ reason: refused[role] });
  });
});

test('the platform says how much each rate weighs, and the audit log has it', async () => {
  const { db } = open.center;
  const wish = { from: '2026-01', to: '2026-03', grouping: 'firm' } as const;
  expect((await readBulletin(admin, open.center, wish)).weights).toEqual(EQUAL);
  await putWeights(admin, db, { learning: 0, sitting: 1, passing: 3 });
  const { rows, weights } = await readBulletin(admin, open.center, wish);
  expect(weights).toEqual({ learning: 0, sitting: 1, passing: 3 });
  const weighed = rows.map(({ sitting, passing }) => {
    const all = (sitting === null ? 0 : 1) + (passing === null ? 0 : 3);
    return all && (25 * ((sitting ?? 0) + 3 * (passing ?? 0))) / all;
  });
  for (const [at, { score }] of rows.entries()) expect(score ?? 0).toBeCloseTo(weighed[at] as number, 1);
  expect(Math.max(...weighed)).toBeGreaterThan(0);
  const lines = await db.query(`SELECT what FROM audit_lines WHERE what = 'bulletin-weights-put'`);
  expect(lines.length).toBe(1);
  const bureau = await accountAt(open, 'bureau', places[1]?.id as OrganisationId);
  await expect(putWeights(bureau, db, EQUAL)).rejects.toMatchObject({ reason: 'unauthorised' });
});

test.each([
  ['ends before it begins', { from: '2026-03', to: '2026-01' }],
  ['is longer than three years', { from: '2023-01', to: '2026-01' }],
])('a period that %s is none', async (_, period) => {
  const asking = readBulletin(admin, open.center, { ...period, grouping: 'county' });
  await expect(asking).rejects.toMatchObject({ reason: 'bad-message' });
});
