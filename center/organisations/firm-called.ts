import { z } from 'zod';
import { TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, selectOne } from '../database/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { mustBeAccount } from './reach.ts';

const Called = z.object({ tenantId: TenantId, name: z.string() }).readonly();

/**
 * The firm, agency or room with this licence number or id, wherever it lies: whoever says either knows it.
 * @throws Refusal `organisation-unknown`
 */
export async function firmCalled(
  actor: ActingAccount,
  db: Queries,
  called: string,
): Promise<Readonly<z.infer<typeof Called>>> {
  mustBeAccount(actor);
  const sql = `SELECT tenant_id AS "tenantId", name FROM organisations
    WHERE (licence = upper($1) OR tenant_id = $1) AND tenant_id IS NOT NULL AND state = 'approved'`;
  const found = await selectOne(db, Called, sql, [called]);
  if (!found) throw new Refusal('organisation-unknown');
  return found;
}
