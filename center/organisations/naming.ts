import { z } from 'zod';
import { OrganisationId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { type Database, inTransaction, type Queries, selectOne } from '../database/index.ts';
import { mustName, type Namer, renameTenant } from '../tenants/index.ts';
import { stateOf } from './rows.ts';

/**
 * What a firm is called, said by whoever has its token or takes firms in: the same everywhere. Stations show it with what they are
 * told next.
 * @throws Refusal `unauthorised`, `bad-message` where there is no such firm
 */
export async function nameFirm(actor: Namer, db: Queries | Database, tenantId: TenantId, name: string): Promise<void> {
  mustName(actor, tenantId);
  const deed = { tenantId, what: 'tenant-renamed', subject: { kind: 'tenant', id: tenantId } } as const;
  await inTransaction(db, async (tx) => {
    const sql = 'SELECT id FROM organisations WHERE tenant_id = $1 FOR NO KEY UPDATE';
    const known = await selectOne(tx, z.object({ id: OrganisationId }), sql, [tenantId]);
    if (!known) throw new Refusal('bad-message', `there is no firm ${tenantId}`);
    await changing(actor, tx, deed, stateOf(known.id), async (inside) => {
      await inside.query('UPDATE organisations SET name = $2 WHERE id = $1', [known.id, name]);
      await renameTenant(actor, inside, tenantId, name);
    });
  });
}
