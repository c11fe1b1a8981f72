import type { CandidateId, TenantId } from '../../../contract/words/ids.ts';
import type { Database } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';

/** Registered photos, small and sealed: what a proctor holds beside a face. They go when their person or photo leaves the roster. */
export type Photos = {
  /** @param photo hash of what the center has, of which this is a smaller picture */
  save(id: CandidateId, photo: string, jpeg: Uint8Array): void;
  of(id: CandidateId): readonly Uint8Array[];
  one(id: CandidateId, photo: string): Uint8Array | undefined;
  has(id: CandidateId, photo: string): boolean;
  keepOnly(id: CandidateId, photos: readonly string[]): void;
};

/** @param tenant whose they are: a guest's id, or nothing for those of whose station it is */
export function openPhotos(database: Database, vault: () => Vault, tenant: TenantId | ''): Photos {
  const put = database.prepare('INSERT OR REPLACE INTO roster_photos VALUES (?, ?, ?, ?)');
  const ofPerson = database.prepare<[string, string], { sealed: Buffer }>(
    'SELECT sealed FROM roster_photos WHERE tenant = ? AND candidate = ? ORDER BY photo',
  );
  const one = database.prepare<[string, string, string], { sealed: Buffer }>(
    'SELECT sealed FROM roster_photos WHERE tenant = ? AND candidate = ? AND photo = ?',
  );
  const dropOthers = database.prepare(
    'DELETE FROM roster_photos WHERE tenant = ? AND candidate = ? AND photo NOT IN (SELECT value FROM json_each(?))',
  );
  const contextOf = (id: CandidateId): string => `photo/${id}`;
  return {
    save: (id, photo, jpeg) => void put.run(tenant, id, photo, vault().seal(jpeg, contextOf(id))),
    of: (id) => ofPerson.all(tenant, id).map(({ sealed }) => vault().open(sealed, contextOf(id))),
    one(id, photo) {
      const row = one.get(tenant, id, photo);
      return row && vault().open(row.sealed, contextOf(id));
    },
    has: (id, photo) => one.get(tenant, id, photo) !== undefined,
    keepOnly: (id, photos) => void dropOthers.run(tenant, id, JSON.stringify(photos)),
  };
}
