import { openPostgres } from '../../center/database/index.ts';
import type { OpenCenter } from '../../center/run/index.ts';
import { enrolStation, newCode, openTestCenter, type TestStation } from '../../center/testing/index.ts';
import type { Timing } from '../measure.ts';
import { cityReads, loadCity } from './city.ts';
import { type Ingest, timeIngest } from './ingest.ts';
import { load } from './load.ts';
import { benchLogs, type LogBench, logsInWords } from './log.ts';
import { timed, timeReads } from './reads.ts';
import { loadTurns, turnReads } from './turns.ts';

/** What a center with so many records answers in, and what it takes in beside them. */
export type ScaleBench = {
  readonly database: 'PGlite' | 'PostgreSQL';
  readonly records: number;
  readonly loadedMs: number;
  /** How many times as long as many records took at the end as at the beginning. */
  readonly loadGrew: number;
  readonly reads: Readonly<Record<string, Timing>>;
  /** What a station of a room asks for that goes by turns, of so many people. */
  readonly turns: { readonly people: number; readonly reads: Readonly<Record<string, Timing>> };
  /** 通报 of a city of so many firms. */
  readonly city: { readonly firms: number; readonly reads: Readonly<Record<string, Timing>> };
  /** For each number of stations that send at once. */
  readonly ingest: readonly Ingest[];
};
export type CenterBench = { readonly logs: readonly LogBench[]; readonly scales: readonly ScaleBench[] };

/** Where, and how much: `database` is the address of an empty database of a PostgreSQL server. */
export type CenterWish = {
  readonly sizes: readonly number[];
  readonly database?: string | undefined;
  readonly rounds: number;
  /** So many send at once: several, one after the other. */
  readonly stations: readonly number[];
  readonly logs: boolean;
};

const LOADED_STATIONS = 40;

export async function benchCenter({ sizes, logs, ...wish }: CenterWish): Promise<CenterBench> {
  const scales: ScaleBench[] = [];
  for (const records of sizes) scales.push(await benchScale(records, wish));
  return { logs: logs ? await benchLogs(wish.rounds) : [], scales };
}

type HowToMeasure = Pick<CenterWish, 'database' | 'rounds' | 'stations'>;

async function benchScale(records: number, { database: url, rounds, stations }: HowToMeasure): Promise<ScaleBench> {
  const open = await openTestCenter(url ? { database: await emptied(url) } : {});
  try {
    const { app, secrets, center } = open;
    const token = secrets.operatorToken;
    const enrolled = async (count: number): Promise<readonly TestStation[]> => {
      const made: TestStation[] = [];
      for (let n = 0; n < count; n += 1) made.push(await enrolStation(app, await newCode(app, token), `考站 ${n}`));
      return made;
    };
    const loaded = await enrolled(LOADED_STATIONS);
    const started = performance.now();
    const loadGrew = await load(center.db, loaded, records);
    const loadedMs = performance.now() - started;
    const [first] = loaded;
    if (!first) throw new Error('nobody loads records of no station');
    const reads = await timeReads(open, { token, stationId: first.stationId, records, rounds });
    const turns = await timeTurns(open, first, records, rounds);
    const city = await timeCity(open, records, rounds);
    const ingest: Ingest[] = [];
    for (const count of stations)
      ingest.push(await timeIngest(open, await enrolled(count), Math.max(2, Math.ceil(rounds / 10))));
    return { database: url ? 'PostgreSQL' : 'PGlite', records, loadedMs, loadGrew, reads, turns, city, ingest };
  } finally {
    await open.close();
  }
}

async function timeTurns(
  open: OpenCenter,
  station: TestStation,
  records: number,
  rounds: number,
): Promise<ScaleBench['turns']> {
  const people = await loadTurns(open.center, records);
  const reads: Record<string, Timing> = {};
  for (const [name, read] of Object.entries(turnReads(open, station))) reads[name] = await timed(read, rounds);
  return { people, reads };
}

/** The city that set the task: as many firms as have so many results, and no more where there are results of many years. */
const [CITY_FIRMS, CITY_RECORDS] = [16_200, 1_000_000];

async function timeCity(open: OpenCenter, records: number, rounds: number): Promise<ScaleBench['city']> {
  const firms = Math.max(20, Math.min(CITY_FIRMS, Math.round((CITY_FIRMS * records) / CITY_RECORDS)));
  await loadCity(open.center, firms);
  const reads: Record<string, Timing> = {};
  for (const [name, read] of Object.entries(await cityReads(open))) reads[name] = await timed(read, rounds);
  return { firms, reads };
}

/** Whoever names a database names one that may be emptied. @throws Error where it is in use by a center of people */
async function emptied(url: string) {
  const db = openPostgres(url, () => {});
  const [tables] = await db.query(
    `SELECT count(*) FILTER (WHERE tablename = 'schema_version') AS centers, count(*) FILTER (WHERE tablename = 'bench') AS benches
     FROM pg_tables WHERE schemaname = 'public'`,
  );
  if (Number(tables?.centers) > 0 && Number(tables?.benches) === 0)
    throw new Error('the database has a center in it that no bench made: name an empty one');
  await db.query('DROP SCHEMA public CASCADE');
  await db.query('CREATE SCHEMA public');
  await db.query('CREATE TABLE bench ()');
  return db;
}

const ms = (value: number): string => value.toFixed(2).padStart(9);

export const centerInWords = ({ logs, scales }: CenterBench): string =>
  [logsInWords(logs), ...scales.map(scaleInWords)].join('\n');

const rowsOf = (reads: Readonly<Record<string, Timing>>): string =>
  Object.entries(reads)
    .map(([name, { medianMs, p95Ms }]) => `${name.padEnd(20)} ${ms(medianMs)} ${ms(p95Ms)}`)
    .join('\n');

function scaleInWords({ database, records, loadedMs, loadGrew, reads, turns, city, ingest }: ScaleBench): string {
  return `${records} records in ${database}, loaded in ${(loadedMs / 1_000).toFixed(1)} s, at the end ${loadGrew.toFixed(1)} times as long for as many as at the beginning
${'ms'.padEnd(20)} ${'median'.padStart(9)} ${'p95'.padStart(9)}
${rowsOf(reads)}
turns of ${turns.people} people
${rowsOf(turns.reads)}
bulletin of ${city.firms} firms
${rowsOf(city.reads)}
${ingest.map(ingestInWords).join('\n')}
`;
}

const ingestInWords = ({ stations, sentAway, recordsPerSecond, waited, ratios, stoodStillMs }: Ingest): string =>
  `${stations} stations at once: ${recordsPerSecond.toFixed(0)} records a second, a batch waits ${waited.medianMs.toFixed(0)} ms, p99 ${waited.p99Ms.toFixed(0)}, ${sentAway} times told to come again
a record ${ratios.ed25519.toFixed(1)} bare Ed25519, ${ratios.bareRow.toFixed(1)} rows of a bare table; nothing else waited longer than ${stoodStillMs.toFixed(0)} ms`;
