import { Given } from '../../../contract/words/form.ts';
import type { CandidateId, ItemId } from '../../../contract/words/ids.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';

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
];

export function openMistakeBook(database: Database, vault: Vault, clock: Clock): MistakeBook {
  migrate(database, 'practice', SCHEMA);
  const put = database.prepare(
    `INSERT INTO mistakes VALUES (?, ?, ?, ?)
     ON CONFLICT (candidate, item) DO UPDATE SET at = excluded.at, sealed = excluded.sealed`,
  );
  const drop = database.prepare('DELETE FROM mistakes WHERE candidate = ? AND item = ?');
  const note = database.transaction((...[candidate, results]: Parameters<MistakeBook['note']>) => {
    for (const { itemId, right, given } of results) {
      if (right) drop.run(candidate, itemId);
      else put.run(candidate, itemId, clock.wall(), vault.seal(JSON.stringify(given), contextOf(candidate, itemId)));
    }
  });
  return {
    note: (...all) => note.immediate(...all),
    items: (candidate) =>
      database
        .prepare<[string], { item: ItemId }>('SELECT item FROM mistakes WHERE candidate = ? ORDER BY at DESC, item')
        .all(candidate)
        .map(({ item }) => item),
    given(candidate, item) {
      const row = database
        .prepare<[string, string], { sealed: Buffer }>('SELECT sealed FROM mistakes WHERE candidate = ? AND item = ?')
        .get(candidate, item);
      if (!row) return { chosen: [] };
      return Given.parse(JSON.parse(vault.open(row.sealed, contextOf(candidate, item)).toString('utf8')));
    },
  };
}

const contextOf = (candidate: CandidateId, item: ItemId): string => `mistake/${candidate}/${item}`;
