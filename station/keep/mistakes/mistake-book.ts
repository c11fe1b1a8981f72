import { Given } from '../../../contract/words/form.ts';
import type { CandidateId, ItemId, TenantId } from '../../../contract/words/ids.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import { openTenantKeys, type TenantKeys } from '../tenant-keys/index.ts';

export type BookEntry = { readonly itemId: ItemId; readonly given: Given };

/**
 * What each candidate answered wrongly in practice (错题本): an item stays until it is answered rightly, whatever bank it
 * comes in. Answers are sealed, and the book stays here; each practice goes up as a record of its own, as any sitting does.
 */
export type MistakeBook = {
  /** Takes in what practice came to. Doing so twice changes nothing. */
  note(candidate: CandidateId, results: readonly (BookEntry & { readonly right: boolean })[]): void;
  /** The newest first. */
  items(candidate: CandidateId): readonly ItemId[];
  given(candidate: CandidateId, item: ItemId): Given;
};

const SCHEMA = [
  `CREATE TABLE mistakes (
     candidate TEXT NOT NULL, item TEXT NOT NULL, at TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (candidate, item)
   ) STRICT, WITHOUT ROWID;`,
  // Several firms; without an id, whose station it is.
  `CREATE TABLE mistakes_by_tenant (
     tenant TEXT NOT NULL, candidate TEXT NOT NULL, item TEXT NOT NULL, at TEXT NOT NULL, sealed BLOB NOT NULL,
     PRIMARY KEY (tenant, candidate, item)) STRICT, WITHOUT ROWID;
   INSERT INTO mistakes_by_tenant SELECT '', candidate, item, at, sealed FROM mistakes;
   DROP TABLE mistakes;
   ALTER TABLE mistakes_by_tenant RENAME TO mistakes;`,
];

/** The books of whose station it is, and apart from them those of its guests. */
export type MistakeBooks = MistakeBook & { of(guest: TenantId | undefined): MistakeBook };

/** @param keys of the guests; opened here where nobody else has a use for them */
export function openMistakeBook(
  database: Database,
  vault: Vault,
  clock: Clock,
  keys: Pick<TenantKeys, 'vaultOf'> = openTenantKeys(database, vault),
): MistakeBooks {
  migrate(database, 'practice', SCHEMA);
  const own = openBooks(database, () => vault, clock, '');
  return { ...own, of: (guest) => (guest ? openBooks(database, () => keys.vaultOf(guest), clock, guest) : own) };
}

/** Needs no key. */
export function mistakesEraser(database: Database): (guest: TenantId) => void {
  migrate(database, 'practice', SCHEMA);
  return (guest) => void database.prepare('DELETE FROM mistakes WHERE tenant = ?').run(guest);
}

function openBooks(database: Database, vault: () => Vault, clock: Clock, tenant: TenantId | ''): MistakeBook {
  const put = database.prepare(
    `INSERT INTO mistakes VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (tenant, candidate, item) DO UPDATE SET at = excluded.at, sealed = excluded.sealed`,
  );
  const drop = database.prepare('DELETE FROM mistakes WHERE tenant = ? AND candidate = ? AND item = ?');
  const list = database.prepare<[string, string], { item: ItemId }>(
    'SELECT item FROM mistakes WHERE tenant = ? AND candidate = ? ORDER BY at DESC, item',
  );
  const get = database.prepare<[string, string, string], { sealed: Buffer }>(
    'SELECT sealed FROM mistakes WHERE tenant = ? AND candidate = ? AND item = ?',
  );
  const note = database.transaction((...[candidate, results]: Parameters<MistakeBook['note']>) => {
    for (const { itemId, right, given } of results) {
      const sealed = () => vault().seal(JSON.stringify(given), contextOf(candidate, itemId));
      if (right) drop.run(tenant, candidate, itemId);
      else put.run(tenant, candidate, itemId, clock.wall(), sealed());
    }
  });
  return {
    note: (...all) => note.immediate(...all),
    items: (candidate) => list.all(tenant, candidate).map(({ item }) => item),
    given(candidate, item) {
      const row = get.get(tenant, candidate, item);
      if (!row) return { chosen: [] };
      return Given.parse(JSON.parse(vault().open(row.sealed, contextOf(candidate, item)).toString('utf8')));
    },
  };
}

const contextOf = (candidate: CandidateId, item: ItemId): string => `mistake/${candidate}/${item}`;
