import { z } from 'zod';
import { Sha256, TenantId } from '../../contract/words/ids.ts';
import { type Center, removeUnnamed } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import type { ObjectKey } from '../objects/index.ts';
import type { System } from '../tenants/index.ts';
import { photoKey } from './photos.ts';

const Photo = z.object({ tenantId: TenantId, hash: Sha256 });
const COLUMNS = 'tenant_id AS "tenantId", hash';

/** Which of these somebody has, for whoever clears away the others. */
export async function photosNamed(tx: Queries, keys: readonly ObjectKey[]): Promise<ReadonlySet<ObjectKey>> {
  const parts = keys.map((key) => key.split('/'));
  const column = (at: number) => parts.map((one) => one[at] ?? '');
  const sql = `SELECT ${COLUMNS} FROM photos
    WHERE bytes IS NULL AND (tenant_id, hash) IN (SELECT * FROM unnest($1::text[], $2::text[]))`;
  const rows = await select(tx, Photo, sql, [column(1), column(2)]);
  return new Set(rows.map(({ tenantId, hash }) => photoKey(tenantId, hash)));
}

const Erasure = Photo.extend({ sequence: z.int() });
/** So many are read at once. */
const AT_ONCE = 100;

/**
 * Erases in the store what was erased here, or in the folder where a backup of a store was brought back into one: what it did not do
 * while it was away it does now.
 * @returns how many
 * @throws Refusal `objects-away`
 */
export async function erasePhotos(
  _actor: System,
  { db, objects }: Pick<Center, 'db' | 'objects'>,
  signal?: AbortSignal,
): Promise<number> {
  let erased = 0;
  for await (const { sequence, tenantId, hash } of erasuresOf(db)) {
    if (signal?.aborted) return erased;
    const key = photoKey(tenantId, hash);
    // Of one that lies in no folder here a program that had a store wrote: one that has it again erases it there.
    if (!objects.shared && !(await objects.has(key))) continue;
    if (await removeUnnamed({ db, objects }, key, photosNamed)) erased += 1;
    await db.query('DELETE FROM photo_erasures WHERE sequence = $1', [sequence]);
  }
  return erased;
}

async function* erasuresOf(db: Queries): AsyncGenerator<z.infer<typeof Erasure>> {
  const sql = `SELECT sequence, ${COLUMNS} FROM photo_erasures WHERE sequence > $1 ORDER BY sequence LIMIT ${AT_ONCE}`;
  let after = 0;
  for (let some = await select(db, Erasure, sql, [after]); some.length > 0; ) {
    yield* some;
    after = some.at(-1)?.sequence ?? after;
    some = await select(db, Erasure, sql, [after]);
  }
}

const PAGE = 10_000;

/** Under what the store has the photos of everybody, for whoever keeps a copy of everything. */
export async function* keptPhotos(db: Queries): AsyncGenerator<ObjectKey> {
  // A database that no program of today has opened may have none.
  const [there] = await db.query("SELECT to_regclass('photo_erasures') IS NOT NULL AS kept");
  let after = there?.kept === true ? ['', ''] : undefined;
  while (after) {
    const rows: readonly z.infer<typeof Photo>[] = await select(
      db,
      Photo,
      `SELECT ${COLUMNS} FROM photos WHERE bytes IS NULL AND (tenant_id, hash) > ($1, $2)
       ORDER BY tenant_id, hash LIMIT ${PAGE}`,
      after,
    );
    for (const { tenantId, hash } of rows) yield photoKey(tenantId, hash);
    const last = rows.at(-1);
    after = last && rows.length === PAGE ? [last.tenantId, last.hash] : undefined;
  }
}
