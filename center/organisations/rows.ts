import { z } from 'zod';
import {
  BELOW,
  FirmSize,
  Organisation,
  OrganisationKind,
  OrganisationState,
} from '../../contract/platform/organisations.ts';
import { type Role, TreePath } from '../../contract/platform/roles.ts';
import { instant, OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type ActingAccount, reaches } from '../tenants/index.ts';

/** The root of the tree: the platform itself. There is always one. */
export const ROOT = OrganisationId.parse('og_platform');

export const OrganisationRow = z.object({
  id: OrganisationId,
  kind: OrganisationKind,
  parentId: OrganisationId.nullable(),
  path: TreePath,
  name: z.string(),
  licence: z.string().nullable(),
  sector: z.string().nullable(),
  size: FirmSize.nullable(),
  contact: z.string().nullable(),
  phone: z.string().nullable(),
  state: OrganisationState,
  note: z.string().nullable(),
  tenantId: TenantId.nullable(),
  createdAt: z.date(),
});
export type OrganisationRow = Readonly<z.infer<typeof OrganisationRow>>;

export const ROWS = `SELECT o.id, o.kind, o.parent_id AS "parentId", o.path, o.name, o.licence, o.sector, o.size, o.contact,
  o.phone, o.state, o.note, o.tenant_id AS "tenantId", o.created_at AS "createdAt"
  FROM organisations o`;

export const rowOf = (db: Queries, id: OrganisationId): Promise<OrganisationRow | undefined> =>
  selectOne(db, OrganisationRow, `${ROWS} WHERE o.id = $1`, [id]);

/** @throws Refusal `organisation-unknown` */
export async function mustHaveRow(db: Queries, id: OrganisationId): Promise<OrganisationRow> {
  const row = await rowOf(db, id);
  if (!row) throw unknown();
  return row;
}

/** The same, held until the transaction ends: what is decided by what it says stays true meanwhile. */
export async function heldRow(tx: Queries, id: OrganisationId): Promise<OrganisationRow | undefined> {
  await tx.query('SELECT 1 FROM organisations WHERE id = $1 FOR NO KEY UPDATE', [id]);
  return rowOf(tx, id);
}

export const unknown = (): Refusal => new Refusal('organisation-unknown');

/** For the audit log: all that can be changed of it. */
export const stateOf = (id: OrganisationId) => async (tx: Queries) =>
  (
    await tx.query(
      `SELECT kind, parent_id, path, name, licence, sector, size, contact, phone, state, note, tenant_id
       FROM organisations WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    )
  )[0];

/** Who is shown whom to ring; an auditor sees no person's data. */
const SEE_PEOPLE: readonly Role[] = ['platform', 'bureau', 'inspector', 'firm', 'agency', 'room'];

/** As somebody is shown them, in their order. */
export async function shown(
  actor: ActingAccount,
  db: Queries,
  rows: readonly OrganisationRow[],
): Promise<readonly Organisation[]> {
  const children = await childrenOf(db, rows);
  return rows.map(({ createdAt, contact, phone, ...row }) => {
    const people = reaches(actor, row.path, ...SEE_PEOPLE) ? { contact, phone } : { contact: null, phone: null };
    const more = { children: children.get(row.id) ?? 0, createdAt: instant(createdAt) };
    return Organisation.parse({ ...row, ...people, ...more });
  });
}

/** @throws Refusal `organisation-unknown` */
export async function shownNow(actor: ActingAccount, db: Queries, id: OrganisationId): Promise<Organisation> {
  const [one] = await shown(actor, db, [await mustHaveRow(db, id)]);
  return one as Organisation;
}

const Counted = z.object({ id: OrganisationId, many: z.int() });

/** How many lie directly below each, of those below which anything may: a page of firms asks nothing. */
async function childrenOf(db: Queries, rows: readonly OrganisationRow[]): Promise<ReadonlyMap<OrganisationId, number>> {
  const ids = rows.filter(({ kind }) => BELOW[kind].length > 0).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const sql = `SELECT parent_id AS id, count(*)::int AS many FROM organisations
    WHERE parent_id = ANY($1::text[]) GROUP BY parent_id`;
  return new Map((await select(db, Counted, sql, [ids])).map(({ id, many }) => [id, many]));
}

const PlaceRow = OrganisationRow.pick({
  id: true,
  name: true,
  path: true,
  kind: true,
  tenantId: true,
  state: true,
}).readonly();
/** Where an organisation lies, and whether anybody of it may come in: for those who keep roles. */
export type OrganisationPlace = z.infer<typeof PlaceRow>;
const PLACES = 'SELECT id, name, path, kind, tenant_id AS "tenantId", state FROM organisations';

/** Those that there are, of these. */
export async function placesOf(
  db: Queries,
  ids: readonly OrganisationId[],
): Promise<ReadonlyMap<OrganisationId, OrganisationPlace>> {
  const rows = await select(db, PlaceRow, `${PLACES} WHERE id = ANY($1::text[])`, [[...new Set(ids)]]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** SQL: this text stands in the name of an organisation called `o`. */
export const isInName = (text: string): string =>
  `o.pieces @> search_pieces(search_text(${text}::text)) AND strpos(o.search, search_text(${text}::text)) > 0`;

const Named = z.object({ tenantId: TenantId, name: z.string() });

/** Firms, agencies and rooms at a place and below it, by name. @param name what stands in theirs */
export const tenantsWithin = (
  db: Queries,
  path: TreePath,
  name?: string,
): Promise<readonly Readonly<z.infer<typeof Named>>[]> =>
  select(
    db,
    Named,
    `SELECT o.tenant_id AS "tenantId", o.name FROM organisations o
     WHERE o.path LIKE $1 AND o.tenant_id IS NOT NULL${name ? ` AND ${isInName('$2')}` : ''} ORDER BY o.name, o.id`,
    [`${path.replaceAll('_', '\\_')}%`, ...(name ? [name] : [])],
  );

/** Where a firm, an agency or a room lies. @throws Error where there is no such tenant: each has its place from the beginning */
export async function placeOfTenant(db: Queries, tenantId: TenantId): Promise<OrganisationPlace> {
  const place = await selectOne(db, PlaceRow, `${PLACES} WHERE tenant_id = $1`, [tenantId]);
  if (!place) throw new Error(`no place for ${tenantId}`);
  return place;
}
