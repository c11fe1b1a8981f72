import { foldTallies } from '../../center/results/index.ts';
import type { OpenCenter } from '../../center/run/index.ts';
import { recordOf, type TestStation } from '../../center/testing/index.ts';
import { canonicalJson } from '../../proof/index.ts';
import { timingOf } from '../measure.ts';

type Db = OpenCenter['center']['db'];
/** What the loaded records are of: so many people, exams and months, and a batch of so many records. */
const LOADED = { exams: 20, months: 24, inABatch: 20, recordsOfAPerson: 10 };
/** What the tallies of so many rows at once cost grows with their square. */
const CHUNK = 1_000;

/**
 * Fills the tables that accepting a batch and judging it fill, as one reads them: rows that lists, searches and counters take for
 * those of so many records, sat over two years. Nobody signed them, and of the log there is only what new leaves are hashed with.
 * @returns how many times as long a piece took at the end as one at the beginning: as many records in each
 */
export async function load(db: Db, stations: readonly TestStation[], records: number): Promise<number> {
  const [center] = await db.query('SELECT log_size AS size FROM center');
  const first = Number(center?.size);
  await loadPeople(db, records);
  await loadBatches(db, stations, records, first);
  const body = bodyPattern(stations);
  let analysed = 0;
  const took: number[] = [];
  for (const range of chunksOf(records)) {
    const [at] = range;
    // What was planned for tables without a row is slow once they are full, and the database looks once a minute by itself.
    if (at >= 2 * analysed) {
      await db.query('ANALYZE');
      analysed = at;
    }
    const started = performance.now();
    await db.query(RECORDS, [...range, first, body, stations.map(({ stationId }) => stationId), records]);
    await db.query(JUDGEMENTS, range);
    await db.query(INCIDENTS, range);
    await db.query(CERTIFICATES, range);
    took.push(performance.now() - started);
  }
  await growLog(db, first, records);
  // As a center does every ten minutes.
  await foldTallies(db);
  await db.query('ANALYZE');
  return growthOf(took);
}

/** Of the last tenth against the first: the medians, since whatever else the machine does falls on some pieces alone. */
function growthOf(took: readonly number[]): number {
  // The last piece has as many records as are left.
  const whole = took.slice(0, Math.max(1, took.length - 1));
  const tenth = Math.ceil(whole.length / 10);
  const median = (some: readonly number[]): number => timingOf(some).medianMs;
  return median(whole.slice(-tenth)) / median(whole.slice(0, tenth));
}

/** So many rows in statements that none is for long: the first and the last of each. */
export function* chunksOf(rows: number): Generator<readonly [number, number]> {
  for (let at = 0; at < rows; at += CHUNK) yield [at, Math.min(at + CHUNK, rows) - 1];
}

async function loadPeople(db: Db, records: number): Promise<void> {
  const people = Math.ceil(records / LOADED.recordsOfAPerson);
  for (const [from, to] of chunksOf(people))
    await db.query(
      `INSERT INTO candidates (tenant_id, id, name, number, exam_id)
     SELECT 'tn_demo', 'cd_load-' || n, substr('王李张刘陈杨黄赵吴周', n % 10 + 1, 1) || substr('伟芳娜敏静丽强磊军洋', (n / 10) % 10 + 1, 1) || n,
       '1101' || lpad(n::text, 14, '0'), 'ex_demo'
     FROM generate_series($1::int, $2::int) n`,
      [from, to],
    );
}

async function loadBatches(db: Db, stations: readonly TestStation[], records: number, first: number): Promise<void> {
  for (const [from, to] of chunksOf(Math.ceil(records / LOADED.inABatch)))
    await db.query(
      `INSERT INTO batches (tenant_id, id, station_id, number, header, receipt, tree_size, received_at)
     SELECT 'tn_demo', lpad(to_hex(n), 64, '0'), ($3::text[])[n % $4::int + 1], n / $4::int + 1, repeat('h', 400), repeat('r', 2000),
       $5::bigint + (n + 1) * $2::int, '2026-01-01'::timestamptz + n * interval '1 second'
     FROM generate_series($1::int, $6::int) n`,
      [from, LOADED.inABatch, stations.map(({ stationId }) => stationId), stations.length, first, to],
    );
}

/** A record as stations write them, with a sign where each has its own. */
function bodyPattern([station]: readonly TestStation[]): string {
  if (!station) throw new Error('records are of a station');
  const answers = Array.from({ length: 20 }, (_, n) => ({ itemId: `it_${n}`, chosen: ['op_1'], marks: 5 }));
  return canonicalJson(recordOf(station, { sittingId: 'si_load-nth', answers }));
}

const FORMAL = 'n % 10 < 6';
const AT = `'2024-11-01'::timestamptz + (n::bigint * 63072000000 / $6::bigint)::bigint * interval '1 millisecond'`;
/** $1 to $2 of all $6; $3 where they begin in the log; $4 what they look like; $5 the stations. */
const RECORDS = `INSERT INTO records (tenant_id, sitting_id, batch_id, position, log_index, candidate_id, exam_id, mode, passed,
    submitted_at, body, judged, station_id)
  SELECT 'tn_demo', 'si_load-' || n, lpad(to_hex(n / ${LOADED.inABatch}), 64, '0'), n % ${LOADED.inABatch}, $3::bigint + n,
    'cd_load-' || (n::bigint * 7919) % ceil($6::numeric / ${LOADED.recordsOfAPerson})::bigint, 'ex_load-' || n % ${LOADED.exams},
    CASE WHEN ${FORMAL} THEN 'formal' WHEN n % 10 < 9 THEN 'learning' ELSE 'practice' END, n % 7 < 6, ${AT},
    replace($4::text, 'si_load-nth', 'si_load-' || n), true, ($5::text[])[(n / ${LOADED.inABatch}) % array_length($5::text[], 1) + 1]
  FROM generate_series($1::int, $2::int) n`;
const JUDGEMENTS = `INSERT INTO judgements (tenant_id, sitting_id, verdict, judged_at, station_id, log_index, run, seed, sequence, submitted_at)
  SELECT tenant_id, sitting_id, CASE WHEN log_index % 500 = 0 THEN 'disputed' WHEN log_index % 300 = 0 THEN 'unjudged' ELSE 'sound' END,
    now(), station_id, log_index, sitting_id, sitting_id, log_index, submitted_at::text
  FROM records JOIN generate_series($1::int, $2::int) n ON sitting_id = 'si_load-' || n WHERE tenant_id = 'tn_demo'`;
const INCIDENTS = `INSERT INTO record_incidents (tenant_id, reason, submitted_at, log_index)
  SELECT tenant_id, (ARRAY['no-face', 'several-faces', 'mismatch'])[n % 3 + 1], submitted_at, log_index
  FROM records JOIN generate_series($1::int, $2::int) n ON sitting_id = 'si_load-' || n WHERE tenant_id = 'tn_demo' AND n % 10 = 0`;
/** A center that took them in made one out for each that was passed and is sound. */
const CERTIFICATES = `INSERT INTO certificates (tenant_id, sitting_id, number, place, candidate_id, exam_id, name, facts, salt)
  SELECT r.tenant_id, r.sitting_id, 'LOAD-' || n, n, r.candidate_id, r.exam_id, '王伟', repeat('f', 600), repeat('a', 32)
  FROM records r JOIN generate_series($1::int, $2::int) n ON r.sitting_id = 'si_load-' || n
  JOIN judgements j ON j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id AND j.verdict = 'sound'
  WHERE r.tenant_id = 'tn_demo' AND r.mode = 'formal' AND r.passed`;

/** New leaves are hashed with the largest perfect trees of those that are there. */
async function growLog(db: Db, first: number, records: number): Promise<void> {
  const size = first + records;
  for (let [left, start, level] = [size, 0, 40]; level >= 0; level -= 1) {
    const width = 2 ** level;
    if (left < width) continue;
    await db.query(
      `INSERT INTO log_nodes (level, index, hash) VALUES ($1, $2, decode(repeat('ab', 32), 'hex')) ON CONFLICT DO NOTHING`,
      [level, start / width],
    );
    [left, start] = [left - width, start + width];
  }
  await db.query('UPDATE center SET log_size = $1', [size]);
}
