import type { Organisation } from '../../contract/platform/organisations.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { type Database, inTransaction, type Queries } from '../database/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { mustBeAlone, mustFitBelow } from './adding.ts';
import { below, mustBeAccount, mustKeep, mustKeepBelow } from './reach.ts';
import { heldRow, rowOf, shownNow, stateOf } from './rows.ts';
import { holdTree } from './tree-lock.ts';

/**
 * Moves an organisation, with all below it, to another place.
 * @throws Refusal `organisation-unknown`, `unauthorised` where either end is beyond reach, `organisation-misplaced` below itself or
 * where its kind is not, `organisation-settled`, `organisation-there`
 */
export function moveOrganisation(
  actor: ActingAccount,
  db: Queries | Database,
  id: OrganisationId,
  parentId: OrganisationId,
): Promise<Organisation> {
  mustBeAccount(actor);
  return inTransaction(db, async (tx) => {
    await holdTree(tx, 'move');
    const row = mustKeep(actor, await heldRow(tx, id));
    const parent = mustKeepBelow(actor, await rowOf(tx, parentId));
    if (parent.path.startsWith(row.path)) throw new Refusal('organisation-misplaced', 'it would lie below itself');
    mustFitBelow(parent, row.kind);
    await mustBeAlone(tx, { ...row, parentId }, id);
    const deed = { tenantId: row.tenantId, what: 'organisation-moved', subject: { kind: 'organisation', id } } as const;
    await changing(actor, tx, deed, stateOf(id), async (inside) => {
      await inside.query('UPDATE organisations SET parent_id = $2 WHERE id = $1', [id, parentId]);
      await inside.query('UPDATE organisations SET path = $2 || substr(path, $3) WHERE path LIKE $1', [
        ...[below(row.path), `${parent.path}${id}/`, row.path.length + 1],
      ]);
    });
    return shownNow(actor, tx, id);
  });
}
