import { Given } from '../../../contract/words/form.ts';
import type { CandidateId, ItemId, SittingId, TenantId } from '../../../contract/words/ids.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import { openTenantKeys, type TenantKeys } from '../tenant-keys/index.ts';
import { isLearnt, Memory, remember } from './memory.ts';

export type BookEntry = { readonly itemId: ItemId; readonly given: Given };

/**
 * What each candidate answered wrongly in practice (错题本), whatever bank it comes in. An item that is then answered rightly is
 * put aside and comes back about when it would be forgotten, each time later, until it is learnt. Answers are sealed, and the
 * book stays here; each practice goes up as a record of its own, as any sitting does.
 */
export type MistakeBook = {
  /** Takes in what one practice came to. Doing so twice changes nothing. */
  note(
    candidate: CandidateId,
    results: readonly (BookEntry & { readonly right: boolean })[],
    practice: SittingId,
  ): void;
  /** What is to be practised now: the newest mistake first. */
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
  // How well each is remembered, when it is to be asked again, and in which practice it was last; what has none is asked at once.
  `ALTER TABLE mistakes ADD COLUMN memory TEXT;
   ALTER TABLE mistakes ADD COLUMN due TEXT NOT NULL DEFAULT '';
   ALTER TABLE mistakes ADD COLUMN practice TEXT;`,
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
    `INSERT INTO mistakes (tenant, candidate, item, at, sealed, memory, due, practice) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (tenant, candidate, item) DO UPDATE SET
       at = excluded.at, sealed = excluded.sealed, memory = excluded.memory, due = excluded.due, practice = excluded.practice`,
  );
  const putAside = database.prepare(
    'UPDATE mistakes SET memory = ?, due = ?, practice = ? WHERE tenant = ? AND candidate = ? AND item = ?',
  );
  const drop = database.prepare('DELETE FROM mistakes WHERE tenant = ? AND candidate = ? AND item = ?');
  const list = database.prepare<[string, string, string], { item: ItemId }>(
    'SELECT item FROM mistakes WHERE tenant = ? AND candidate = ? AND due <= ? ORDER BY at DESC, item',
  );
  const get = database.prepare<[string, string, string], Row>(
    'SELECT sealed, memory, practice FROM mistakes WHERE tenant = ? AND candidate = ? AND item = ?',
  );
  const note = database.transaction((...[candidate, results, practice]: Parameters<MistakeBook['note']>) => {
    for (const { itemId, right, given } of results) {
      const row = get.get(tenant, candidate, itemId);
      if (row?.practice === practice || (right && !row)) continue;
      const memory = remember(row && memoryOf(row), right, clock.wall());
      const told = [JSON.stringify(memory), memory.due, practice];
      if (!right) {
        const sealed = vault().seal(JSON.stringify(given), contextOf(candidate, itemId));
        put.run(tenant, candidate, itemId, clock.wall(), sealed, ...told);
      } else if (isLearnt(memory)) drop.run(tenant, candidate, itemId);
      else putAside.run(...told, tenant, candidate, itemId);
    }
  });
  return {
    note: (...all) => note.immediate(...all),
    items: (candidate) => list.all(tenant, candidate, clock.wall()).map(({ item }) => item),
    given(candidate, item) {
      const row = get.get(tenant, candidate, item);
      if (!row) return { chosen: [] };
      return Given.parse(JSON.parse(vault().open(row.sealed, contextOf(candidate, item)).toString('utf8')));
    },
  };
}

type Row = { readonly sealed: Buffer; readonly memory: string | null; readonly practice: string | null };

const memoryOf = ({ memory }: Row): Memory | undefined => (memory ? Memory.parse(JSON.parse(memory)) : undefined);

const contextOf = (candidate: CandidateId, item: ItemId): string => `mistake/${candidate}/${item}`;
