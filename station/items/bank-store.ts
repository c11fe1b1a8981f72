import type { BankId, ItemId } from '../../contract/ids.ts';
import { Bank, type Item } from '../../contract/items.ts';
import { makeBank } from '../../contract/proof/index.ts';
import { Refusal } from '../../contract/reasons.ts';
import { type Database, migrate } from '../database/index.ts';
import type { Vault } from '../vault/index.ts';

/** Banks on the station, sealed: keys are in here, and leave only as marks. */
export type BankStore = {
  /** @throws Refusal `hash-mismatch` where the items are not the ones the hash names */
  put(bank: Bank): void;
  has(id: BankId): boolean;
  /** @throws Refusal `no-items` */
  get(id: BankId): Bank;
  item(bank: BankId, item: ItemId): Item;
};

const SCHEMA = [
  `CREATE TABLE banks (id TEXT PRIMARY KEY, title TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
   CREATE TABLE items (
     bank TEXT NOT NULL REFERENCES banks (id), position INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL,
     sealed BLOB NOT NULL, PRIMARY KEY (bank, position)
   ) STRICT, WITHOUT ROWID;`,
];

export function openBankStore(database: Database, vault: Vault): BankStore {
  migrate(database, 'items', SCHEMA);
  const opened = new Map<BankId, { bank: Bank; items: ReadonlyMap<ItemId, Item> }>();
  const insert = database.transaction((bank: Bank) => {
    database
      .prepare('INSERT OR IGNORE INTO banks VALUES (?, ?, ?)')
      .run(bank.id, JSON.stringify(bank.title), bank.hash);
    const add = database.prepare('INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?, ?)');
    for (const [at, item] of bank.items.entries())
      add.run(bank.id, at, item.id, item.kind, item.topic, vault.seal(JSON.stringify(item), contextOf(bank.id)));
  });
  const has = (id: BankId) => database.prepare('SELECT 1 FROM banks WHERE id = ?').get(id) !== undefined;

  const remember = (bank: Bank) => {
    const entry = { bank, items: new Map(bank.items.map((item) => [item.id, item])) };
    opened.set(bank.id, entry);
    return entry;
  };
  const load = (id: BankId) => {
    const row = database.prepare('SELECT * FROM banks WHERE id = ?').get(id) as
      | { title: string; hash: string }
      | undefined;
    if (!row) throw new Refusal('no-items', `bank ${id} is not on this station`);
    const items = database
      .prepare<[string], { sealed: Buffer }>('SELECT sealed FROM items WHERE bank = ? ORDER BY position')
      .all(id);
    const bank = Bank.parse({
      id,
      title: JSON.parse(row.title),
      hash: row.hash,
      items: items.map(({ sealed }) => JSON.parse(vault.open(sealed, contextOf(id)).toString('utf8'))),
    });
    return remember(bank);
  };
  const entryOf = (id: BankId) => opened.get(id) ?? load(id);

  return {
    put(bank) {
      const { id, hash } = makeBank(bank.title, bank.items);
      if (id !== bank.id || hash !== bank.hash) throw new Refusal('hash-mismatch', bank.id);
      if (!has(bank.id)) insert.immediate(bank);
      // Whoever is unlocked next does not wait until it has been read back.
      remember(bank);
    },
    has,
    get: (id) => entryOf(id).bank,
    item(bankId, itemId) {
      const item = entryOf(bankId).items.get(itemId);
      if (!item) throw new Refusal('item-unknown', itemId);
      return item;
    },
  };
}

const contextOf = (bank: BankId): string => `bank/${bank}`;
