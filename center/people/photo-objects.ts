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
/** So many at once: everybody who adds a photo waits for them. */
const AT_ONCE = 20;

/**
 * Erases in the store what was erased here: what it did not do while it was away it does now.
 * @returns how many
 * @throws Refusal `objects-away`
 */
export async function erasePhotos(_actor: System, { db, objects }: Pick<Center, 'db' | 'objects'>): Promise<number> {
  // Written down by a program that had a store: this one does not know where they are.
  if (!objects.shared) return 0;
  let erased = 0;
  const next = () =>
    select(db, Erasure, `SELECT sequence, ${COLUMNS} FROM photo_erasures ORDER BY sequence LIMIT ${AT_ONCE}`);
  for (let some = await next(); some.length > 0; some = await next()) {
    const keys = some.map(({ tenantId, hash }) => photoKey(tenantId, hash));
    erased += await removeUnnamed({ db, objects }, [...new Set(keys)], photosNamed);
    const done = some.map(({ sequence }) => sequence);
    await db.query('DELETE FROM photo_erasures WHERE sequence = ANY($1::bigint[])', [done]);
  }
  return erased;
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
