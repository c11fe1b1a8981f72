import type { Batch } from '../../contract/records/batches.ts';
import { batchId } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { acceptBatch } from './accept-batch.ts';
import { noteRefused, noteReplaced } from './chain-evidence.ts';
import type { Judging } from './judging.ts';

/**
 * Logs a batch, judges its records behind that, and keeps what a station signed that does not fit its chain.
 * @returns the receipt, as canonical JSON
 * @throws Refusal as {@link acceptBatch}
 */
export async function takeBatch(
  station: ActingStation,
  center: Center,
  batch: Batch,
  judging: Judging,
): Promise<string> {
  const receipt = await acceptBatch(station, center, batch).catch(async (error: unknown) => {
    await noteRefused(station, center, batch.header, error);
    throw error;
  });
  await noteReplaced(station, center, batch);
  const [first] = batch.records;
  if (first) await judging.batch(first.tenantId, batchId(batch));
  return receipt;
}
