import type { Organisation, OrganisationChange } from '../../contract/platform/organisations.ts';
import type { Role } from '../../contract/platform/roles.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { type Database, inTransaction, type Queries } from '../database/index.ts';
import { type ActingAccount, reaches, renameTenant, type System } from '../tenants/index.ts';
import { mustBeAlone } from './adding.ts';
import { mustHaveSector } from './lists.ts';
import { keeps, mustBeAccount, mustSee } from './reach.ts';
import { heldRow, mustHaveRow, type OrganisationRow, ROOT, shownNow, stateOf } from './rows.ts';

/** Who manages an organisation of their own, and what they may say of it: a bureau vouches for the rest. */
const OWNERS: readonly Role[] = ['firm', 'agency', 'room'];
const OF_ONESELF: readonly string[] = ['contact', 'phone', 'size'];

/**
 * Changes what is said of an organisation. Its name is that of its firm everywhere.
 * @throws Refusal `organisation-unknown`, `unauthorised`, `organisation-settled` where it is closed or was refused,
 * `organisation-there`, `sector-unknown`
 */
export function changeOrganisation(
  actor: ActingAccount,
  db: Queries | Database,
  id: OrganisationId,
  change: OrganisationChange,
): Promise<Organisation> {
  mustBeAccount(actor);
  return inTransaction(db, async (tx) => {
    const row = mustSee(actor, await heldRow(tx, id));
    mustChange(actor, row, change);
    if (row.state !== 'applied' && row.state !== 'approved') throw new Refusal('organisation-settled', row.state);
    const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const fresh: OrganisationRow = { ...row, ...said };
    if (fresh.sector !== row.sector) await mustHaveSector(tx, fresh.sector);
    await mustBeAlone(tx, fresh, id);
    await store(actor, tx, fresh);
    return shownNow(actor, tx, id);
  });
}

/** Names the platform itself, when it is set up. */
export const namePlatform = (actor: System, db: Queries | Database, name: string): Promise<void> =>
  inTransaction(db, async (tx) => {
    if (actor.kind !== 'system') throw new Refusal('unauthorised', 'only the program itself does this');
    await store(actor, tx, { ...(await mustHaveRow(tx, ROOT)), name });
  });

/** @throws Refusal `unauthorised` */
function mustChange(actor: ActingAccount, row: OrganisationRow, change: OrganisationChange): void {
  if (keeps(actor, row) || reachesRoot(actor, row)) return;
  if (!reaches(actor, row.path, ...OWNERS)) throw new Refusal('unauthorised', 'this is beyond the reach of your roles');
  const others = Object.keys(change).filter((name) => !OF_ONESELF.includes(name));
  if (others.length > 0) throw new Refusal('unauthorised', `a bureau changes ${others.join(', ')}`);
}

/** Above the root there is nobody else. */
const reachesRoot = (actor: ActingAccount, { id, path }: OrganisationRow): boolean =>
  id === ROOT && reaches(actor, path, 'platform');

async function store(actor: ActingAccount | System, tx: Queries, row: OrganisationRow): Promise<void> {
  const { id, tenantId } = row;
  const deed = { tenantId, what: 'organisation-changed', subject: { kind: 'organisation', id } } as const;
  await changing(actor, tx, deed, stateOf(id), async (inside) => {
    await inside.query(
      `UPDATE organisations SET name = $2, licence = $3, sector = $4, size = $5, contact = $6, phone = $7 WHERE id = $1`,
      [id, row.name, row.licence, row.sector, row.size, row.contact, row.phone],
    );
    if (tenantId) await renameTenant(actor, inside, tenantId, row.name);
  });
}
