import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { OpenCenter } from '../../center/run/index.ts';
import { batchOf, recordOf, type TestStation } from '../../center/testing/index.ts';
import type { Batch } from '../../contract/records/batches.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { generateSigningKey } from '../../proof/index.ts';
import { timingOf } from '../measure.ts';

/** What a record costs from the request until the receipt is out, while many stations send at once. */
export type Ingest = {
  readonly stations: number;
  readonly batches: number;
  readonly records: number;
  readonly recordsPerSecond: number;
  /** From the request of a station until its receipt. */
  readonly waited: { readonly medianMs: number; readonly p99Ms: number };
  /** How often a station was told to come again. */
  readonly sentAway: number;
  readonly ed25519Ms: number;
  /** The same rows put into a bare table by one statement. */
  readonly bareRowMs: number;
  readonly ratios: { readonly ed25519: number; readonly bareRow: number };
  readonly stoodStillMs: number;
};

export const IN_A_BATCH = 20;

export async function timeIngest(
  { center: { db } }: OpenCenter,
  stations: readonly TestStation[],
  rounds: number,
): Promise<Ingest> {
  const chains = await Promise.all(stations.map((station, at) => chainOf(station, at, rounds)));
  const bare = { ed25519Ms: bareVerify(), bareRowMs: await bareRows(db, chains.flat()) };
  const waits: number[] = [];
  let sentAway = 0;
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const started = performance.now();
  await Promise.all(
    stations.map(async (station, at) => {
      for (const batch of chains[at] ?? []) {
        const asked = performance.now();
        let reply = await station.call('POST', paths.batches, batch);
        // As a station does: it comes again when it is told to.
        while (reply.statusCode === 503) {
          sentAway += 1;
          await setTimeout(Number(reply.headers['retry-after']) * 1_000);
          reply = await station.call('POST', paths.batches, batch);
        }
        if (reply.statusCode !== 200) throw new Error(`a batch was refused: ${reply.body}`);
        waits.push(performance.now() - asked);
      }
    }),
  );
  const ms = performance.now() - started;
  loop.disable();
  const batches = stations.length * rounds;
  const records = batches * IN_A_BATCH;
  const each = ms / records;
  return {
    ...{
      stations: stations.length,
      batches,
      records,
      recordsPerSecond: 1_000 / each,
      sentAway,
      waited: timingOf(waits),
    },
    ...{ ...bare, stoodStillMs: loop.max / 1e6 },
    ratios: { ed25519: each / bare.ed25519Ms, bareRow: each / bare.bareRowMs },
  };
}

/** Signed beforehand: what a station needs for it is not the center's. */
export async function chainOf(station: TestStation, at: number, length: number): Promise<readonly Batch[]> {
  const made: Batch[] = [];
  for (let n = 1; n <= length; n += 1) {
    const records = Array.from({ length: IN_A_BATCH }, (_, nth) =>
      recordOf(station, {
        candidateId: `cd_load-${(at * length + n) * IN_A_BATCH + nth}`,
        ledger: { sequence: n * IN_A_BATCH + nth, head: 'a'.repeat(64) },
      }),
    );
    const last = made.at(-1);
    made.push(await batchOf(station, records, last ? { number: n - 1, batch: last } : null));
  }
  return made;
}

function bareVerify(): number {
  const key = createPrivateKey({ key: Buffer.from(generateSigningKey()), format: 'der', type: 'pkcs8' });
  const [data, open] = [Buffer.alloc(200, 1), createPublicKey(key)];
  const signature = sign(null, data, key);
  const started = performance.now();
  for (let n = 0; n < 2_000; n += 1) verify(null, data, open, signature);
  return (performance.now() - started) / 2_000;
}

async function bareRows(db: OpenCenter['center']['db'], batches: readonly Batch[]): Promise<number> {
  await db.query('CREATE TABLE bare_rows (body text)');
  const bodies = batches.flatMap(({ records }) => records.map((record) => JSON.stringify(record)));
  const started = performance.now();
  for (let at = 0; at < bodies.length; at += 1_000)
    await db.query('INSERT INTO bare_rows SELECT * FROM unnest($1::text[])', [bodies.slice(at, at + 1_000)]);
  const ms = (performance.now() - started) / bodies.length;
  await db.query('DROP TABLE bare_rows');
  return ms;
}
