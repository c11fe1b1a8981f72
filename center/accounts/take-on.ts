import type { OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import type { Database } from '../database/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { heldBy, mustGive } from './giving.ts';
import { stateOfAccount } from './rows.ts';

/**
 * Whoever runs the platform manages a firm that nobody has an account of yet, until it has people of its own: a platform of one
 * person comes to its first exam without a second log-in. They could have invited themselves to it; this says in the audit log
 * what it is. Once somebody else has an account there it is refused.
 * @throws Refusal `role-beyond`
 */
export function takeOnFirm(actor: ActingAccount, db: Database, organisationId: OrganisationId): Promise<void> {
  return db.transaction(async (tx) => {
    const held = await heldBy(actor, tx);
    const roles = [{ role: 'firm', organisationId }] as const;
    await mustGive(tx, held, roles);
    if (!held.some(({ role }) => role === 'platform')) throw new Refusal('role-beyond');
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`take on ${organisationId}`]);
    const others = 'SELECT 1 FROM account_roles WHERE organisation_id = $1 AND account_id <> $2 LIMIT 1';
    if ((await tx.query(others, [organisationId, actor.id])).length > 0) throw new Refusal('role-beyond');
    const deed = { tenantId: null, what: 'roles-set', subject: { kind: 'account', id: actor.id } } as const;
    await changing(actor, tx, deed, stateOfAccount(actor.id), () =>
      tx.query(
        `INSERT INTO account_roles (account_id, role, organisation_id) VALUES ($1, 'firm', $2) ON CONFLICT DO NOTHING`,
        [actor.id, organisationId],
      ),
    );
  });
}
