import { z } from 'zod';
import {
  type Organisation,
  type OrganisationCounts,
  OrganisationKind,
  type OrganisationWish,
  Place,
} from '../../contract/platform/organisations.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { Role } from '../../contract/platform/roles.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { type ActingAccount, reachOf } from '../tenants/index.ts';
import { below, mustBeAccount, mustSee, reachOfAny, within } from './reach.ts';
import { OrganisationRow, ROWS, rowOf, shown } from './rows.ts';

const After = z.tuple([z.string(), OrganisationId]);

/**
 * Those within reach, by name.
 * @throws Refusal `organisation-unknown` where `below` names none within reach
 */
export async function listOrganisations(
  actor: ActingAccount,
  db: Queries,
  wish: OrganisationWish,
): Promise<{ readonly rows: readonly Organisation[]; readonly next: Cursor | null }> {
  mustBeAccount(actor);
  const reach = within(reachOfAny(actor), 1);
  const conditions = [reach.sql];
  const params: unknown[] = [...reach.params];
  const also = (condition: (at: number) => string, ...values: readonly unknown[]) => {
    conditions.push(condition(params.length + 1));
    params.push(...values);
  };
  if (wish.below) {
    const { path } = mustSee(actor, await rowOf(db, wish.below));
    also((at) => `o.path LIKE $${at} AND o.path <> $${at + 1}`, below(path), path);
  }
  if (wish.kind) also((at) => `o.kind = $${at}`, wish.kind);
  if (wish.state) also((at) => `o.state = $${at}`, wish.state);
  if (wish.sector) also((at) => `o.sector = $${at}`, wish.sector);
  if (wish.search) also(found, wish.search, patternOf(wish.search.toUpperCase()));
  if (wish.after) also((at) => `(o.name, o.id) > ($${at}, $${at + 1})`, ...readCursor(wish.after, After));
  const sql = `${ROWS} WHERE ${conditions.join(' AND ')} ORDER BY o.name, o.id LIMIT ${wish.size + 1}`;
  const rows = await select(db, OrganisationRow, sql, params);
  const page = rows.slice(0, wish.size);
  const last = page.at(-1);
  return {
    rows: await shown(actor, db, page),
    next: last && rows.length > wish.size ? cursorOf([last.name, last.id]) : null,
  };
}

/** Anywhere in the name, or at the beginning of the licence number. */
const found = (at: number): string =>
  `((o.pieces @> search_pieces(search_text($${at}::text)) AND strpos(o.search, search_text($${at}::text)) > 0)
    OR o.licence LIKE $${at + 1}::text)`;

const patternOf = (beginning: string): string => `${beginning.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** @throws Refusal `organisation-unknown` where there is none within reach */
export async function readOrganisation(
  actor: ActingAccount,
  db: Queries,
  id: OrganisationId,
): Promise<{ readonly organisation: Organisation; readonly above: readonly Place[] }> {
  mustBeAccount(actor);
  const row = mustSee(actor, await rowOf(db, id));
  const ids = row.path.split('/').slice(0, -2);
  const sql = `SELECT id, parent_id AS "parentId", name, kind FROM organisations
    WHERE id = ANY($1::text[]) ORDER BY length(path)`;
  const [organisation] = await shown(actor, db, [row]);
  return { organisation: organisation as Organisation, above: await select(db, Place, sql, [ids]) };
}

/** Counties and streets: whoever registers says in which they are. */
export async function openPlaces(db: Queries): Promise<readonly Place[]> {
  const sql = `SELECT id, parent_id AS "parentId", name, kind FROM organisations
    WHERE kind IN ('county', 'street') AND state = 'approved' ORDER BY length(path), name, id`;
  return select(db, Place, sql);
}

const Counted = z.object({ kind: OrganisationKind, approved: z.int(), applied: z.int() });

const SUPERVISORS: readonly Role[] = ['platform', 'bureau', 'inspector', 'auditor'];

/** How many there are within the reach of whoever supervises. */
export async function countOrganisations(actor: ActingAccount, db: Queries): Promise<OrganisationCounts> {
  mustBeAccount(actor);
  const { sql, params } = within(reachOf(actor, ...SUPERVISORS), 1);
  const rows = await select(
    db,
    Counted,
    `SELECT o.kind, (count(*) FILTER (WHERE o.state = 'approved'))::int AS approved,
       (count(*) FILTER (WHERE o.state = 'applied'))::int AS applied
     FROM organisations o WHERE ${sql} GROUP BY o.kind`,
    params,
  );
  const of = (kind: OrganisationKind): number => rows.find((row) => row.kind === kind)?.approved ?? 0;
  return {
    ...{ counties: of('county'), streets: of('street'), firms: of('firm'), agencies: of('agency'), rooms: of('room') },
    applied: rows.reduce((sum, { applied }) => sum + applied, 0),
  };
}
