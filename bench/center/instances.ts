import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { createDatabase, enrolStation, newCode, type TestStation } from '../../center/testing/index.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { FirstRun } from '../../contract/words/programs.ts';
import { chainOf, IN_A_BATCH } from './ingest.ts';

/** What so many programs take in together, on one PostgreSQL and one data folder, against what one takes in. */
export type InstancesBench = {
  readonly cores: number;
  readonly stations: number;
  readonly recordsPerSecond: Readonly<Record<number, number>>;
  /** Of the most programs, against one. */
  readonly ratio: number;
};

const PROGRAM = resolve(import.meta.dirname, '../../center/main.ts');
const STATIONS = 24;

/** @param server where each run makes a database of its own */
export async function benchInstances(server: string, most: number, rounds: number): Promise<InstancesBench> {
  const recordsPerSecond: Record<number, number> = {};
  for (const count of [1, most]) recordsPerSecond[count] = await timed(await createDatabase(server), count, rounds);
  const ratio = Number(recordsPerSecond[most]) / Number(recordsPerSecond[1]);
  return { cores: availableParallelism(), stations: STATIONS, recordsPerSecond, ratio };
}

async function timed(database: string, count: number, rounds: number): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'exam-center-instances-'));
  const programs: Program[] = [];
  try {
    for (let n = 0; n < count; n += 1) programs.push(await start(data, database));
    const secrets: FirstRun = JSON.parse(await readFile(String(programs[0]?.firstRun), 'utf8'));
    const apps = programs.map(({ url }) => at(url));
    const stations: TestStation[] = [];
    for (let n = 0; n < STATIONS; n += 1) {
      const app = apps[n % count] as FastifyInstance;
      stations.push(await enrolStation(app, await newCode(app, secrets.operatorToken), `考站 ${n}`));
    }
    const chains = await Promise.all(stations.map((station, n) => chainOf(station, n, rounds)));
    const started = performance.now();
    await Promise.all(stations.map((station, n) => sendAll(station, chains[n] ?? [])));
    return (STATIONS * rounds * IN_A_BATCH) / ((performance.now() - started) / 1_000);
  } finally {
    for (const { stop } of programs) await stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function sendAll(station: TestStation, chain: readonly object[]): Promise<void> {
  for (const batch of chain) {
    let reply = await station.call('POST', paths.batches, batch);
    while (reply.statusCode === 503) {
      await setTimeout(Number(reply.headers['retry-after'] ?? 1) * 1_000);
      reply = await station.call('POST', paths.batches, batch);
    }
    if (reply.statusCode !== 200) throw new Error(`a batch was refused: ${reply.body}`);
  }
}

type Program = { readonly url: string; readonly firstRun: string; readonly stop: () => Promise<void> };

async function start(data: string, database: string): Promise<Program> {
  const env = { ...process.env, DATABASE_URL: database, EXAM_CENTER_LOG: 'error', EXAM_CENTER_PARENT_STDIN: '1' };
  const child = spawn(process.execPath, [PROGRAM, '--port', '0', '--data', data], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url, firstRun } = JSON.parse(String(line)) as { url: string; firstRun: string };
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { url, firstRun, stop };
}

/** A program in another process, asked as one in this process is. */
function at(url: string): FastifyInstance {
  const inject = async (wish: InjectOptions) => {
    const { method = 'GET', url: path, headers = {}, payload } = wish;
    const isObject = typeof payload === 'object';
    const body = isObject ? JSON.stringify(payload) : payload || undefined;
    const sent = {
      ...(headers as Record<string, string>),
      ...(isObject ? { 'content-type': 'application/json' } : {}),
    };
    const reply = await fetch(`${url}${path}`, { method, headers: sent, ...(body ? { body } : {}) });
    const text = await reply.text();
    return {
      ...{ statusCode: reply.status, headers: Object.fromEntries(reply.headers), body: text },
      json: () => JSON.parse(text),
    };
  };
  return { inject } as unknown as FastifyInstance;
}

export const instancesInWords = ({ cores, stations, recordsPerSecond, ratio }: InstancesBench): string =>
  `${stations} stations at once, on ${cores} cores with PostgreSQL beside: ${Object.entries(recordsPerSecond)
    .map(([count, each]) => `${count} program(s) ${each.toFixed(0)} records a second`)
    .join(', ')}: ${ratio.toFixed(2)} times as many\n`;
