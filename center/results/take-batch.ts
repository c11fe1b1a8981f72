import { setTimeout } from 'node:timers/promises';
import { batchId, type SealedBatch } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { acceptBatch } from './accept-batch.ts';
import { noteRefused, noteReplaced } from './chain-evidence.ts';
import type { Judging } from './judging.ts';
import type { Sequencer } from './sequencer.ts';

/** So long a receipt waits for what is made of its records; whatever takes longer is made of them behind it. */
const JUDGED_WITHIN_MS = 5_000;
/** And not at all where so many batches are in line to be judged: stations wait for theirs to be logged. */
const MANY = 8;

/** What stands behind the reception of batches: one line for all that is logged, and what is made of records later. */
export type Reception = { readonly sequencer: Sequencer; readonly judging: Judging };

/**
 * Logs a batch, judges its records behind that, and keeps what a station signed that does not fit its chain.
 * @returns the receipt, as canonical JSON
 * @throws Refusal as {@link acceptBatch}
 */
export async function takeBatch(
  station: ActingStation,
  center: Center,
  batch: SealedBatch,
  { sequencer, judging }: Reception,
): Promise<string> {
  const receipt = await acceptBatch(station, center, batch, sequencer).catch(async (error: unknown) => {
    await noteRefused(station, center, batch.header, error);
    throw error;
  });
  await noteReplaced(station, center, batch);
  const [first] = batch.records;
  if (!first) return receipt;
  const many = judging.inLine >= MANY;
  const judged = judging.batch(first.record.tenantId, batchId(batch));
  if (!many) await atMost(JUDGED_WITHIN_MS, judged);
  return receipt;
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  const stop = new AbortController();
  const late = setTimeout(ms, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
  await Promise.race([work, late]);
  stop.abort();
}
