import type { Batch } from '../../contract/records/batches.ts';
import type { Center } from '../base/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { acceptBatch } from './accept-batch.ts';

/**
 * Takes a batch from the station that signed the request: nobody hands in for another. See {@link acceptBatch}.
 * @returns the receipt as canonical JSON
 */
export const takeBatch = (actor: ActingStation, center: Center, batch: Batch): Promise<string> =>
  acceptBatch(center, actor, batch);
