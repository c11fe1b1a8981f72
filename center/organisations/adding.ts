import {
  BELOW,
  type NewOrganisation,
  type Organisation,
  type OrganisationKind,
} from '../../contract/platform/organisations.ts';
import { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import { type Database, inTransaction, type Queries } from '../database/index.ts';
import {
  type ActingAccount,
  addTenant,
  type Founder,
  mustFound,
  type Stranger,
  type TreeKeeper,
} from '../tenants/index.ts';
import { mustHaveSector } from './lists.ts';
import { mustBeAccount, mustKeepBelow } from './reach.ts';
import { mustHaveRow, type OrganisationRow, ROOT, rowOf, shownNow, stateOf } from './rows.ts';
import { holdTree } from './tree-lock.ts';

/** Kinds that have people or stations of their own. */
const WITH_DATA: readonly OrganisationKind[] = ['firm', 'agency', 'room'];

/** Data of its own, for a kind that has any. */
export async function addTenantFor(
  actor: ActingAccount,
  tx: Queries,
  { kind, name }: { readonly kind: OrganisationKind; readonly name: string },
): Promise<TenantId | null> {
  if (!WITH_DATA.includes(kind)) return null;
  const id = TenantId.parse(makeId('tn'));
  await addTenant(actor, tx, { id, name, visitorExamId: null });
  return id;
}

/**
 * Adds an organisation below another; a firm, an agency or a room gets data of its own.
 * @throws Refusal `organisation-unknown`, `unauthorised`, `organisation-misplaced`, `organisation-settled` below what is not open,
 * `organisation-there`, `sector-unknown`
 */
export function addOrganisation(
  actor: ActingAccount,
  db: Queries | Database,
  wish: NewOrganisation,
): Promise<Organisation> {
  mustBeAccount(actor);
  return inTransaction(db, async (tx) => {
    await holdTree(tx, 'add');
    const parent = mustKeepBelow(actor, await rowOf(tx, wish.parentId));
    mustFitBelow(parent, wish.kind);
    await mustHaveSector(tx, wish.sector);
    await mustBeAlone(tx, wish);
    const tenantId = await addTenantFor(actor, tx, wish);
    const id = await insert(actor, tx, parent, wish, { state: 'approved', tenantId });
    return shownNow(actor, tx, id);
  });
}

/** The one way in which a firm comes to a center: with its place in the tree, which is the root until somebody moves it. */
export function foundFirm(
  actor: Founder,
  db: Queries | Database,
  { id: tenantId, name }: { readonly id: TenantId; readonly name: string },
): Promise<OrganisationId> {
  mustFound(actor);
  return inTransaction(db, async (tx) => {
    await holdTree(tx, 'add');
    const nothing = { licence: null, sector: null, size: null, contact: null, phone: null };
    const wish = { ...nothing, name, kind: 'firm', parentId: ROOT } as const;
    await addTenant(actor, tx, { id: tenantId, name, visitorExamId: null });
    return insert(actor, tx, await mustHaveRow(tx, ROOT), wish, { state: 'approved', tenantId });
  });
}

/** @throws Refusal `organisation-misplaced`, `organisation-settled` */
export function mustFitBelow(parent: OrganisationRow, kind: OrganisationKind): void {
  if (parent.state !== 'approved') throw new Refusal('organisation-settled', 'the place above it is not open');
  if (!BELOW[parent.kind].includes(kind))
    throw new Refusal('organisation-misplaced', `no ${kind} lies directly below a ${parent.kind}`);
}

type Own = Pick<OrganisationRow, 'kind' | 'name' | 'licence' | 'parentId'>;

/**
 * A licence number is one organisation's, and a name one place's at its parent.
 * @throws Refusal `organisation-there`
 */
export async function mustBeAlone(
  tx: Queries,
  { kind, name, licence, parentId }: Own,
  but?: OrganisationId,
): Promise<void> {
  const sql = `SELECT 1 FROM organisations WHERE id IS DISTINCT FROM $1 AND (
    (licence = $2 AND state IN ('approved', 'closed')) OR (kind = $3 AND kind IN ('county', 'street') AND parent_id = $4 AND name = $5))`;
  const others = await tx.query(sql, [but ?? null, licence, kind, parentId, name]);
  if (others.length > 0) throw new Refusal('organisation-there');
}

type Doer = TreeKeeper | Stranger;

/** Writes it down. Whoever asks has seen to it that it may be there, and that its firm is. */
export async function insert(
  actor: Doer,
  tx: Queries,
  { path }: Pick<OrganisationRow, 'path'>,
  wish: NewOrganisation,
  { state, tenantId }: { readonly state: 'applied' | 'approved'; readonly tenantId: TenantId | null },
): Promise<OrganisationId> {
  const id = OrganisationId.parse(makeId('og'));
  const deed = { tenantId, what: 'organisation-added', subject: { kind: 'organisation', id } } as const;
  await changing(actor, tx, deed, stateOf(id), (inside) =>
    inside.query(
      `INSERT INTO organisations (id, kind, parent_id, path, name, licence, sector, size, contact, phone, state, tenant_id,
         created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now())`,
      [
        ...[id, wish.kind, wish.parentId, `${path}${id}/`, wish.name, wish.licence, wish.sector, wish.size],
        ...[wish.contact, wish.phone, state, tenantId],
      ],
    ),
  );
  return id;
}
