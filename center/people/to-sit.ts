import type { TenantId } from '../../contract/words/ids.ts';
import { type Database, type Differences, foldFlows, type Queries, readFlows } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

/** How many were to sit each exam at the end of a month of China's clock; of the present one, how many are. */
export async function readToSit(actor: Reader, db: Queries, tenantIds: readonly TenantId[], until: string) {
  for (const tenantId of tenantIds) mustRead(actor, tenantId);
  return readFlows(db, 'roster_flows', tenantIds, until);
}

/** Keeps what is summed few. */
export const foldToSit = (db: Database): Promise<void> => foldFlows(db, 'roster_flows');

/** What there is to be added up of it, by firm. */
export const TO_SIT: Differences = { table: 'roster_flows', span: 'month', figures: { to_sit: 'people' } };
