import { foldFirmFigures, readBulletin } from '../../center/bulletin/index.ts';
import type { OpenCenter } from '../../center/run/index.ts';
import { accountAt } from '../../center/testing/platform.ts';
import { OrganisationId } from '../../contract/words/ids.ts';

/** A city of so many firms below so many counties; of each firm so many people, and so many months. */
const CITY = { counties: 20, people: 18, months: 24 };
const ROOT = OrganisationId.parse('og_platform');
const MONTHS = `(SELECT n, to_char('2024-11-01'::date + n * interval '1 month', 'YYYY-MM') AS month FROM generate_series(0, ${CITY.months - 1}) n) m`;
const FIRMS = 'generate_series(0, $1::int - 1) f';
/** A firm in eight has nobody who sat. */
const SAT = `CASE WHEN f % 8 = 0 THEN 0 ELSE 5 + (f + n) % 10 END`;

/** What is counted of the firms of a city, as counters are once they were folded: who sat is in no record. */
export async function loadCity({ db }: OpenCenter['center'], firms: number): Promise<void> {
  await db.query(
    `INSERT INTO organisations (id, kind, parent_id, path, name, state, created_at)
     SELECT 'og_county-' || n, 'county', 'og_platform', 'og_platform/og_county-' || n || '/', '县 ' || n, 'approved', now()
     FROM generate_series(0, ${CITY.counties - 1}) n`,
  );
  await db.query(`INSERT INTO tenants (tenant_id, name) SELECT 'tn_city-' || f, '企业 ' || f FROM ${FIRMS}`, [firms]);
  await db.query(
    `INSERT INTO organisations (id, kind, parent_id, path, name, state, tenant_id, created_at)
     SELECT 'og_firm-' || f, 'firm', c, 'og_platform/' || c || '/og_firm-' || f || '/', '企业 ' || f, 'approved', 'tn_city-' || f, now()
     FROM ${FIRMS}, LATERAL (SELECT 'og_county-' || f % ${CITY.counties} AS c) county`,
    [firms],
  );
  for (const [flows, people] of [
    ['roster_flows', CITY.people],
    ['study_flows', CITY.people],
    ['learned_flows', CITY.people - 5],
  ])
    await db.query(
      `INSERT INTO ${flows} (tenant_id, exam_id, month, people) SELECT 'tn_city-' || f, 'ex_city', '2024-11', ${people} FROM ${FIRMS}`,
      [firms],
    );
  await db.query(
    `INSERT INTO record_tallies (tenant_id, exam_id, month, records, learning, visitors, attempts, passes, sat, passed, disputed, unjudged, voided)
     SELECT 'tn_city-' || f, 'ex_city', month, sat, 0, 0, sat, sat, sat, sat * 3 / 4, 0, 0, 0 FROM ${FIRMS}, ${MONTHS}, LATERAL (SELECT ${SAT} AS sat) s`,
    [firms],
  );
  await db.query(
    `INSERT INTO quarter_tallies (tenant_id, exam_id, quarter, sat, passed)
     SELECT 'tn_city-' || f, 'ex_city', to_char('2024-10-01'::date + n * interval '3 months', 'YYYY"-Q"Q'), ${SAT}, ${SAT} * 3 / 4
     FROM ${FIRMS}, generate_series(0, ${CITY.months / 3}) n`,
    [firms],
  );
  await foldFirmFigures(db);
  await db.query('ANALYZE');
}

/** 通报 of the whole city: of a quarter by county, by firm, and of a year. */
export async function cityReads(open: OpenCenter): Promise<Readonly<Record<string, () => Promise<unknown>>>> {
  const whoAsks = await accountAt(open, 'platform', ROOT);
  const read = (grouping: 'county' | 'firm', from: string, to: string) => () =>
    readBulletin(whoAsks, open.center, { grouping, from, to });
  return {
    'counties, a quarter': read('county', '2025-04', '2025-06'),
    'counties, a year': read('county', '2025-01', '2025-12'),
    'all firms, a quarter': read('firm', '2025-04', '2025-06'),
  };
}
