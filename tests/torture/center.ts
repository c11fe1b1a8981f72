import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { openPostgres } from '../../center/database/index.ts';
import {
  batchOf,
  enrolStation,
  newCode,
  recordOf,
  startPostgres,
  type TestStation,
} from '../../center/testing/index.ts';
import { type Program, startProgram } from '../../cli/programs.ts';
import { ConsistencyReply, consistencyFor } from '../../contract/log/log-api.ts';
import { type Batch, Receipt, TreeHead } from '../../contract/records/batches.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { CenterReady, FirstRun } from '../../contract/words/programs.ts';
import { verifyConsistency } from '../../proof/index.ts';
import { root } from '../stage.ts';
import { openFront } from './front.ts';

export type CenterTortureReport = {
  readonly kills: number;
  readonly databaseRestarts: number;
  readonly receipts: number;
  /** How often a station had to come again with the same batch. */
  readonly again: number;
  /** Records with a receipt that the center does not have where the receipt says. */
  readonly lost: number;
  /** Places in the log that two records have a receipt for. */
  readonly twice: number;
  /** Heads of which one is not the beginning of the next. */
  readonly forks: number;
  readonly heads: number;
  readonly seconds: number;
};

type Plan = {
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  readonly onKill?: (done: number) => void;
};

const STATIONS = 3;
const IN_A_BATCH = 2;

/**
 * Two centers behind one address, on one PostgreSQL server, to which stations bring batches while the one, the other or the database
 * is ended at a moment nobody chose. Whatever a station has a receipt for is then looked for.
 */
export async function tortureCenter({ folder, kills, seed, onKill }: Plan): Promise<CenterTortureReport> {
  const started = performance.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const postgres = await startPostgres();
  const start = (): Promise<Program<CenterReady>> =>
    patiently(() =>
      startProgram(CenterReady, join(root, 'center/main.ts'), ['--port', '0', '--data', join(folder, 'center')], {
        ...{ quiet: true, database: postgres.url, env: { EXAM_CENTER_FACES: '0' } },
      }),
    );
  const centers = [await start(), await start()];
  const front = openFront(() => centers.map(({ ready }) => ready.url));
  const { operatorToken } = FirstRun.parse(JSON.parse(readFileSync(String(centers[0]?.ready.firstRun), 'utf8')));
  const promised = openPromised();
  const over = new AbortController();
  const stations: TestStation[] = [];
  for (let n = 0; n < STATIONS; n += 1)
    stations.push(await enrolStation(front.app, await newCode(front.app, operatorToken), `考站${n}`));
  const sending = Promise.all(stations.map((station) => send(station, promised, over.signal)));
  let databaseRestarts = 0;
  const random = numbersFrom(seed);
  for (let done = 0; done < kills; done += 1) {
    await setTimeout(50 + random(1_500));
    if (random(4) === 0) {
      databaseRestarts += 1;
      await postgres.halt();
      await postgres.resume();
    } else {
      const which = random(centers.length);
      await centers[which]?.kill();
      centers[which] = await start();
    }
    onKill?.(done + 1);
  }
  over.abort();
  await sending;
  const found = await promised.check(postgres.url, (path) => front.get(path));
  for (const center of centers) await center.stop();
  await postgres.stop();
  const seconds = Math.round((performance.now() - started) / 1_000);
  return { kills, databaseRestarts, ...found, seconds };
}

/** On a machine with much else to do one may not be ready in time, and is ended: that loses nothing, and another is started. */
async function patiently<T>(start: () => Promise<T>, tries = 3): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (tries === 1) throw error;
    return patiently(start, tries - 1);
  }
}

/** Even enough to choose a moment by, and the same each time for the same seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** As a station does: the same batch again until there is a receipt for it, and only then the next. */
async function send(station: TestStation, promised: Promised, signal: AbortSignal): Promise<void> {
  let previous: { readonly number: number; readonly batch: Batch } | null = null;
  for (let number = 1; !signal.aborted; number += 1) {
    const records = Array.from({ length: IN_A_BATCH }, (_, nth) =>
      recordOf(station, { ledger: { sequence: number * IN_A_BATCH + nth, head: 'a'.repeat(64) } }),
    );
    const batch: Batch = await batchOf(station, records, previous);
    for (;;) {
      const reply = await station.call('POST', paths.batches, batch);
      if (reply.statusCode === 200) {
        promised.keep(batch, Receipt.parse(reply.json()));
        break;
      }
      // What is refused for good is a fault: nothing but the center's own trouble may come between.
      if (reply.statusCode < 500 && reply.statusCode !== 0)
        throw new Error(`refused: ${reply.statusCode} ${reply.body}`);
      promised.again();
      await setTimeout(50);
    }
    previous = { number, batch };
  }
}

const bytes = (hash: string): Uint8Array => Uint8Array.from(Buffer.from(hash, 'hex'));
const treeOf = ({ size, root: hash }: TreeHead) => ({ size, root: bytes(hash) });

type Promised = ReturnType<typeof openPromised>;

/** What stations have receipts for, kept by those to whom they were given. */
function openPromised() {
  const places = new Map<string, number>();
  const heads = new Map<string, TreeHead>();
  let [receipts, again] = [0, 0];
  return {
    again(): void {
      again += 1;
    },
    keep({ records }: Batch, { treeHead, inclusions }: Receipt): void {
      receipts += 1;
      for (const [at, { sittingId }] of records.entries()) places.set(sittingId, Number(inclusions[at]?.index));
      const head = TreeHead.parse(JSON.parse(Buffer.from(String(treeHead.split('.')[1]), 'base64url').toString()));
      heads.set(`${head.size} ${head.root}`, head);
    },
    async check(url: string, get: (path: string) => Promise<unknown>) {
      const db = openPostgres(url, () => undefined);
      const rows = await db.query('SELECT sitting_id AS id, log_index AS index FROM records');
      await db.close();
      const kept = new Map(
        z
          .array(z.object({ id: z.string(), index: z.int() }))
          .parse(rows)
          .map((row) => [row.id, row.index]),
      );
      const lost = [...places].filter(([id, index]) => kept.get(id) !== index).length;
      const twice = kept.size - new Set(kept.values()).size + (places.size - new Set(places.values()).size);
      const inOrder = [...heads.values()].toSorted((a, b) => a.size - b.size);
      let forks = 0;
      for (const [at, head] of inOrder.entries()) {
        const next = inOrder[at + 1];
        if (!next) break;
        const same = head.size === next.size;
        const path = same ? [] : ConsistencyReply.parse(await get(consistencyFor(head.size, next.size))).path;
        if (!verifyConsistency(treeOf(head), treeOf(next), path.map(bytes))) forks += 1;
      }
      return { receipts, again, lost, twice, forks, heads: inOrder.length };
    },
  };
}
