import { z } from 'zod';
import { OrganisationState, type TreeRow } from '../../contract/platform/organisations.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { changing } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import { type Database, inTransaction, type Queries, select } from '../database/index.ts';
import { type ActingAccount, mustReach } from '../tenants/index.ts';
import { mustBeAccount } from './reach.ts';
import { mustHaveRow, ROOT } from './rows.ts';
import { readTreeFile, type TreeLine } from './tree-file.ts';
import { holdTree } from './tree-lock.ts';

const Known = z.object({
  id: OrganisationId,
  parentId: OrganisationId,
  path: z.string(),
  name: z.string(),
  state: OrganisationState,
});
type Known = z.infer<typeof Known>;
type Fresh = Omit<Known, 'state'> & { readonly kind: 'county' | 'street' };

/**
 * Puts the counties and streets of a file below the root; what is there already stays as it is.
 * @returns what became of each line, which is the same where nothing is done yet
 * @throws Refusal `unauthorised`, `not-a-workbook`
 */
export function importTree(
  actor: ActingAccount,
  db: Queries | Database,
  file: Uint8Array,
  { dryRun }: { readonly dryRun: boolean },
): Promise<readonly TreeRow[]> {
  mustBeAccount(actor);
  return inTransaction(db, async (tx) => {
    await holdTree(tx, 'move');
    const { path } = await mustHaveRow(tx, ROOT);
    mustReach(actor, path, 'platform');
    const { rows, fresh } = planned(readTreeFile(file), { known: await placesIn(tx), rootPath: path });
    if (dryRun || fresh.length === 0) return rows;
    const deed = { tenantId: null, what: 'tree-imported', subject: { kind: 'organisation', id: ROOT } } as const;
    await changing(actor, tx, deed, placesIn, (inside) => insertAll(inside, fresh));
    return rows;
  });
}

const placesIn = (tx: Queries): Promise<readonly Known[]> =>
  select(
    tx,
    Known,
    `SELECT id, parent_id AS "parentId", path, name, state FROM organisations WHERE kind IN ('county', 'street') ORDER BY path`,
  );

type Tree = { readonly known: readonly Known[]; readonly rootPath: string };

/** What a file would add, line by line: a place counts from the line that first names it. */
function planned(
  lines: readonly TreeLine[],
  { known, rootPath }: Tree,
): { readonly rows: readonly TreeRow[]; readonly fresh: readonly Fresh[] } {
  const places = new Map<string, Pick<Known, 'id' | 'path' | 'state'>>(known.map((one) => [keyOf(one), one]));
  const fresh: Fresh[] = [];
  const take = (kind: Fresh['kind'], name: string, above: Pick<Known, 'id' | 'path'>) => {
    const there = places.get(keyOf({ parentId: above.id, name }));
    if (there) return { place: there, isNew: false };
    const id = OrganisationId.parse(makeId('og'));
    const one = { id, kind, name, parentId: above.id, path: `${above.path}${id}/` };
    fresh.push(one);
    const place = { ...one, state: 'approved' } as const;
    places.set(keyOf(one), place);
    return { place, isNew: true };
  };
  const outcomeOf = ({ county, street, isWider }: TreeLine): Pick<TreeRow, 'outcome' | 'why'> => {
    if (isWider || !county || county.length > LONGEST_NAME || street.length > LONGEST_NAME)
      return { outcome: 'refused', why: 'bad-message' };
    const above = take('county', county, { id: ROOT, path: rootPath });
    if (above.place.state !== 'approved') return { outcome: 'refused', why: 'organisation-settled' };
    const { place, isNew } = street ? take('street', street, above.place) : above;
    if (place.state !== 'approved') return { outcome: 'refused', why: 'organisation-settled' };
    return { outcome: isNew ? 'added' : 'there', why: '' };
  };
  return {
    rows: lines.map((line) => ({ row: line.row, county: line.county, street: line.street, ...outcomeOf(line) })),
    fresh,
  };
}
const LONGEST_NAME = 100;

const keyOf = ({ parentId, name }: { readonly parentId: string; readonly name: string }): string =>
  `${parentId} ${name}`;

async function insertAll(tx: Queries, fresh: readonly Fresh[]): Promise<void> {
  const column = (name: keyof Fresh): readonly string[] => fresh.map((one) => one[name]);
  await tx.query(
    `INSERT INTO organisations (id, kind, parent_id, path, name, state, created_at)
     SELECT id, kind, parent_id, path, name, 'approved', now()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS given (id, kind, parent_id, path, name)`,
    [column('id'), column('kind'), column('parentId'), column('path'), column('name')],
  );
}
