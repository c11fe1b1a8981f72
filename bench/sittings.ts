import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { startProgram } from '../cli/programs.ts';
import { StationReady } from '../contract/words/programs.ts';
import { decodeStill, type Picture } from '../native/face/index.ts';
import { sharedData } from '../tests/kit/shared-data.ts';
import { type HeadlessPage, openPage } from '../tests/torture/page.ts';
import { openTortureSite } from '../tests/torture/site.ts';
import { type Day, simulateDay } from './day.ts';
import { type Timing, timingOf } from './measure.ts';

/** What an answer costs until it is on disk, while the camera watches; and what a long day does to a station. */
export type SittingsBench = {
  readonly answers: number;
  /** From the page's call to the page's answer, over the wire. */
  readonly acknowledged: Timing;
  /** A commit of one row by itself, on the same disk, in turn with the answers. */
  readonly bareCommit: Timing;
  readonly ratio: number;
  /** What the station pushed of its view for each answer: nothing where only the clock ran on. */
  readonly viewBytesPerAnswer: number;
  /** Frames that the station asked for meanwhile, a second. */
  readonly framesPerSecond: number;
  readonly day: Day & {
    /** From the command to READY on what that day left behind. */
    readonly startUpMs: number;
  };
};

const root = resolve(import.meta.dirname, '..');
const FEEDS = join(sharedData, 'camera');
const GAP_MS = 40;

/**
 * @param rounds answers that are timed
 * @throws Error in words where the feeds are not there
 */
export async function benchSittings(rounds: number, sittings: number): Promise<SittingsBench> {
  const folder = join(root, 'data/bench-sittings');
  const answers = await timeAnswers(join(folder, 'answers'), rounds);
  const dayFolder = join(folder, 'day');
  rmSync(dayFolder, { recursive: true, force: true });
  mkdirSync(dayFolder, { recursive: true });
  const day = await simulateDay(dayFolder, sittings);
  return { ...answers, day: { ...day, startUpMs: await startUp(dayFolder) } };
}

async function timeAnswers(folder: string, rounds: number): Promise<Omit<SittingsBench, 'day'>> {
  const pictures = await readPictures();
  await using site = await openTortureSite(folder, true);
  const station = await site.startStation();
  let frames = 0;
  const camera = (): Picture => pictures[frames++ % pictures.length] as Picture;
  const page = await openPage(station.ready.url, camera);
  try {
    await intoExam(page, site.numbers[0] ?? '', site.pin);
    const { items } = await page.call('form', {});
    const bare = openBare(join(folder, 'bare.db'));
    const [acknowledged, commits]: [number[], number[]] = [[], []];
    const [before, viewBytes, started] = [frames, page.viewBytes, performance.now()];
    for (let n = 0; n < rounds; n++) {
      await pause(GAP_MS);
      const { itemId, options } = items[n % items.length] as (typeof items)[number];
      const chosen = [options[n % options.length]?.id ?? ''].filter(
        (id) => id !== '',
      ) as (typeof options)[number]['id'][];
      let since = performance.now();
      await page.call('answer', { itemId, chosen, revision: Math.floor(n / items.length) + 1 });
      acknowledged.push(performance.now() - since);
      since = performance.now();
      bare(n);
      commits.push(performance.now() - since);
    }
    const seconds = (performance.now() - started) / 1000;
    const [ours, peer] = [timingOf(acknowledged), timingOf(commits)];
    const framesPerSecond = (frames - before) / seconds;
    return {
      answers: rounds,
      acknowledged: ours,
      bareCommit: peer,
      ratio: ours.medianMs / peer.medianMs,
      viewBytesPerAnswer: (page.viewBytes - viewBytes) / rounds,
      framesPerSecond,
    };
  } finally {
    await page.close();
    await station.stop();
  }
}

/** Nobody is enrolled: a proctor lets them in, and the camera watches over whoever sat down. */
async function intoExam(page: HeadlessPage, number: string, pin: string): Promise<void> {
  await page.stage();
  await page.call('identify.typed', { number });
  await page.stageAfter('idle');
  await page.call('consent', { given: true, locale: 'zh' });
  await page.stageAfter('idle', 'consenting', 'capturing');
  await page.act(pin, { kind: 'override', note: '姓名与证件一致', compared: ['photo', 'name'] });
  await page.stageAfter('refused');
  await page.act(pin, { kind: 'unlock' });
  await page.stageAfter('awaiting-unlock');
}

/** The least that a durable answer could cost: the same database, the same promises, one row. */
function openBare(path: string): (n: number) => void {
  const database = new BetterSqlite3(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE answers (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO answers VALUES (?, ?)');
  return (n) => void insert.run(n, 'x'.repeat(200));
}

async function readPictures(): Promise<readonly Picture[]> {
  if (!existsSync(FEEDS)) throw new Error(`there are no camera feeds in ${FEEDS}`);
  const [clip] = readdirSync(FEEDS).filter((name) => /\.mjpe?g$/i.test(name));
  if (!clip) throw new Error(`there are no camera feeds in ${FEEDS}`);
  const bytes = readFileSync(join(FEEDS, clip));
  const starts: number[] = [];
  for (let at = bytes.indexOf(JPEG_START); at >= 0 && starts.length < 60; at = bytes.indexOf(JPEG_START, at + 3))
    starts.push(at);
  const jpegs = starts.slice(0, -1).map((at, n) => bytes.subarray(at, starts[n + 1]));
  return Promise.all(jpegs.map((jpeg) => decodeStill(jpeg)));
}
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);

async function startUp(data: string): Promise<number> {
  const started = performance.now();
  const args = [`--data=${data}`, '--center=http://127.0.0.1:9'];
  const station = await startProgram(StationReady, join(root, 'station/run/main.ts'), args, {
    ...{ quiet: true, secrets: { enrolmentCode: 'NONE00' } },
  });
  const ms = performance.now() - started;
  await station.stop();
  return ms;
}
