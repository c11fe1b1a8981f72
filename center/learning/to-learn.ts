import type { TenantId } from '../../contract/words/ids.ts';
import { type Database, type FlowSum, foldFlows, type Queries, readFlows, sumFlows } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

/** How many were to learn each course at the end of a month of China's clock; of the present one, how many are. */
export async function readToLearn(actor: Reader, db: Queries, tenantIds: readonly TenantId[], until: string) {
  for (const tenantId of tenantIds) mustRead(actor, tenantId);
  return readFlows(db, 'study_flows', tenantIds, until);
}

/** Keeps what is summed few. */
export const foldToLearn = (db: Database): Promise<void> => foldFlows(db, 'study_flows');

/** The same at the ends of two months, by firm. Whether somebody may see them, whoever asks has found out. */
export const sumToLearn = (
  db: Queries,
  tenantIds: readonly TenantId[],
  ends: { readonly until: string; readonly before: string },
): Promise<readonly FlowSum[]> => sumFlows(db, 'study_flows', tenantIds, ends);
