import type { Organisation, OrganisationState } from '../../contract/platform/organisations.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing, type Deed } from '../audit/index.ts';
import { type Database, inTransaction, type Queries } from '../database/index.ts';
import { type ActingAccount, endAccess } from '../tenants/index.ts';
import { addTenantFor, mustBeAlone, mustFitBelow } from './adding.ts';
import { below, mustBeAccount, mustKeep } from './reach.ts';
import { type Applicants, takeApplicant } from './registering.ts';
import { heldRow, mustHaveRow, type OrganisationRow, shownNow, stateOf } from './rows.ts';
import { holdTree } from './tree-lock.ts';

/** What may become of what: whoever was refused registers anew, and what was closed may be opened again. */
export const NEXT: Readonly<Record<OrganisationState, readonly OrganisationState[]>> = {
  applied: ['approved', 'refused'],
  approved: ['closed'],
  refused: [],
  closed: ['approved'],
};

/**
 * Approves or refuses a registration; approving opens again what was closed. Whoever registered it has an account from then on.
 * @throws Refusal `organisation-unknown`, `unauthorised`, `organisation-settled` where that is decided,
 * `organisation-there` where its licence number was registered meanwhile, `organisation-misplaced`
 */
export function decideOrganisation(
  actor: ActingAccount,
  db: Queries | Database,
  id: OrganisationId,
  { approve, note }: { readonly approve: boolean; readonly note: string },
  { letIn }: Pick<Applicants, 'letIn'>,
): Promise<Organisation> {
  mustBeAccount(actor);
  return inTransaction(db, async (tx) => {
    await holdTree(tx, 'add');
    const row = mustKeep(actor, await heldRow(tx, id));
    const to = approve ? 'approved' : 'refused';
    mustFollow(row, to);
    if (approve) {
      mustFitBelow(await mustHaveRow(tx, row.parentId as OrganisationId), row.kind);
      await mustBeAlone(tx, row, id);
    }
    const applicant = await takeApplicant(tx, id);
    const tenantId = approve ? (row.tenantId ?? (await addTenantFor(actor, tx, row))) : row.tenantId;
    await settle(actor, tx, { ...row, tenantId }, 'organisation-decided', { to, note });
    const { kind, contact } = row;
    if (approve && applicant && (kind === 'firm' || kind === 'agency'))
      await letIn(actor, tx, { ...applicant, organisationId: id, role: kind, name: contact ?? applicant.login });
    return shownNow(actor, tx, id);
  });
}

/**
 * Closes an organisation: nobody of it comes in any more, and what it has stays. Its stations still bring what they hold.
 * @throws Refusal `organisation-unknown`, `unauthorised`, `organisation-settled` where it is not open, or something below it is
 */
export function closeOrganisation(
  actor: ActingAccount,
  db: Queries | Database,
  id: OrganisationId,
  { note }: { readonly note: string },
): Promise<Organisation> {
  mustBeAccount(actor);
  return inTransaction(db, async (tx) => {
    await holdTree(tx, 'move');
    const row = mustKeep(actor, await heldRow(tx, id));
    mustFollow(row, 'closed');
    await mustHoldNothingOpen(tx, row);
    await settle(actor, tx, row, 'organisation-closed', { to: 'closed', note });
    return shownNow(actor, tx, id);
  });
}

function mustFollow({ state }: OrganisationRow, to: OrganisationState): void {
  if (!NEXT[state].includes(to)) throw new Refusal('organisation-settled', `${state} does not become ${to}`);
}

async function mustHoldNothingOpen(tx: Queries, { path }: OrganisationRow): Promise<void> {
  const sql = `SELECT 1 FROM organisations WHERE path LIKE $1 AND path <> $2 AND state IN ('applied', 'approved') LIMIT 1`;
  const open = await tx.query(sql, [below(path), path]);
  if (open.length > 0) throw new Refusal('organisation-settled', 'something below it is open');
}

async function settle(
  actor: ActingAccount,
  tx: Queries,
  { id, tenantId }: OrganisationRow,
  what: Deed['what'],
  { to, note }: { readonly to: OrganisationState; readonly note: string },
): Promise<void> {
  const deed = { tenantId, what, subject: { kind: 'organisation', id } } as const;
  await changing(actor, tx, deed, stateOf(id), async (inside) => {
    await inside.query('UPDATE organisations SET state = $2, note = $3, tenant_id = $4 WHERE id = $1', [
      ...[id, to, note || null, tenantId],
    ]);
    if (to === 'closed' && tenantId) await endAccess(actor, inside, tenantId);
  });
}
