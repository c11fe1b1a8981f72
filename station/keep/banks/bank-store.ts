import type { BankId, ItemId, Sha256, TenantId } from '../../../contract/words/ids.ts';
import { Bank, type Item } from '../../../contract/words/items.ts';
import { hasFewPixels } from '../../../contract/words/picture-size.ts';
import { picturesOf } from '../../../contract/words/pictures.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { makeBank, sha256 } from '../../../proof/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';

/** Banks on the station, sealed: keys are in here, and leave only as marks. */
export type BankStore = {
  /** Stores a picture; a bank comes after all of its own. @throws Refusal `hash-mismatch`, `picture-unreadable` */
  putPicture(hash: Sha256, bytes: Uint8Array): void;
  hasPicture(hash: Sha256): boolean;
  /** @throws Refusal `picture-missing` */
  picture(hash: Sha256): Uint8Array;
  /** @throws Refusal `hash-mismatch` where the items are not the ones the hash names, `picture-missing` */
  put(bank: Bank): void;
  has(id: BankId): boolean;
  /** That a firm's exams draw from these, and from no others; without an id, the firm whose station it is. */
  usedBy(guest: TenantId | undefined, banks: readonly BankId[]): void;
  /** Firms besides the owner whose exams draw from banks here. */
  guests(): readonly TenantId[];
  /** Banks were erased: nothing is answered out of memory any more. */
  forget(): void;
  /** @throws Refusal `no-items` */
  get(id: BankId): Bank;
  /** @throws Refusal `no-items`, `item-unknown` */
  item(bank: BankId, item: ItemId): Item;
  /** The items of those ids that the bank has. @throws Refusal `no-items` */
  items(bank: BankId, ids: readonly ItemId[]): readonly Item[];
};

const SCHEMA = [
  `CREATE TABLE banks (id TEXT PRIMARY KEY, title TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
   CREATE TABLE items (
     bank TEXT NOT NULL REFERENCES banks (id), position INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL,
     sealed BLOB NOT NULL, PRIMARY KEY (bank, position)
   ) STRICT, WITHOUT ROWID;`,
  'CREATE TABLE pictures (hash TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;',
  // For which firms a bank is here (without an id, whose station it is), and what it shows: what one firm alone used goes with it.
  `CREATE TABLE bank_users (bank TEXT NOT NULL, tenant TEXT NOT NULL, PRIMARY KEY (bank, tenant)) STRICT, WITHOUT ROWID;
   CREATE TABLE bank_pictures (bank TEXT NOT NULL, picture TEXT NOT NULL, PRIMARY KEY (bank, picture)) STRICT, WITHOUT ROWID;`,
];

export function openBankStore(database: Database, vault: Vault): BankStore {
  migrate(database, 'items', SCHEMA);
  const opened = new Map<BankId, { bank: Bank; items: ReadonlyMap<ItemId, Item> }>();
  const insert = database.transaction((bank: Bank) => {
    database
      .prepare('INSERT OR IGNORE INTO banks VALUES (?, ?, ?)')
      .run(bank.id, JSON.stringify(bank.title), bank.hash);
    const add = database.prepare('INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?, ?)');
    const shows = database.prepare('INSERT OR IGNORE INTO bank_pictures VALUES (?, ?)');
    for (const hash of picturesOf(bank.items)) shows.run(bank.id, hash);
    for (const [at, item] of bank.items.entries())
      add.run(bank.id, at, item.id, item.kind, item.topic, vault.seal(JSON.stringify(item), contextOf(bank.id)));
  });
  const everyGuest = database.prepare<[], { tenant: TenantId }>(
    "SELECT DISTINCT tenant FROM bank_users WHERE tenant <> ''",
  );
  const use = database.transaction((tenant: TenantId | '', banks: readonly BankId[]) => {
    database.prepare('DELETE FROM bank_users WHERE tenant = ?').run(tenant);
    const add = database.prepare('INSERT OR IGNORE INTO bank_users VALUES (?, ?)');
    for (const bank of banks) add.run(bank, tenant);
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

  const hasPicture = (hash: Sha256) =>
    database.prepare('SELECT 1 FROM pictures WHERE hash = ?').get(hash) !== undefined;

  return {
    putPicture(hash, bytes) {
      if (sha256(bytes) !== hash) throw new Refusal('hash-mismatch', 'picture');
      if (!hasFewPixels(bytes)) throw new Refusal('picture-unreadable', hash);
      const sealed = vault.seal(bytes, pictureContext(hash));
      database.prepare('INSERT OR IGNORE INTO pictures VALUES (?, ?)').run(hash, sealed);
    },
    hasPicture,
    picture(hash) {
      const row = database.prepare('SELECT sealed FROM pictures WHERE hash = ?').get(hash) as
        | { sealed: Buffer }
        | undefined;
      if (!row) throw new Refusal('picture-missing', hash);
      return vault.open(row.sealed, pictureContext(hash));
    },
    put(bank) {
      const { id, hash } = makeBank(bank.title, bank.items);
      if (id !== bank.id || hash !== bank.hash) throw new Refusal('hash-mismatch', bank.id);
      const missing = [...picturesOf(bank.items)].find((hash) => !hasPicture(hash));
      if (missing) throw new Refusal('picture-missing', missing);
      if (!has(bank.id)) insert.immediate(bank);
      // Whoever is unlocked next does not wait until it has been read back.
      remember(bank);
    },
    has,
    usedBy: (guest, banks) => use.immediate(guest ?? '', banks),
    guests: () => everyGuest.all().map(({ tenant }) => tenant),
    forget() {
      for (const bank of opened.keys()) if (!has(bank)) opened.delete(bank);
    },
    get: (id) => entryOf(id).bank,
    items(bankId, ids) {
      const { items } = entryOf(bankId);
      return ids.flatMap((id) => items.get(id) ?? []);
    },
    item(bankId, itemId) {
      const item = entryOf(bankId).items.get(itemId);
      if (!item) throw new Refusal('item-unknown', itemId);
      return item;
    },
  };
}

/** Erases the banks that only this firm used, and the pictures that only those showed. Needs no key. */
export function banksEraser(database: Database): (guest: TenantId) => void {
  migrate(database, 'items', SCHEMA);
  const used = database.prepare<[string, string], { bank: BankId }>(
    'SELECT bank FROM bank_users WHERE tenant = ? AND bank NOT IN (SELECT bank FROM bank_users WHERE tenant <> ?)',
  );
  const drops = [
    `DELETE FROM pictures WHERE hash IN (SELECT picture FROM bank_pictures WHERE bank = @bank)
     AND hash NOT IN (SELECT picture FROM bank_pictures WHERE bank <> @bank)`,
    'DELETE FROM bank_pictures WHERE bank = @bank',
    'DELETE FROM items WHERE bank = @bank',
    'DELETE FROM banks WHERE id = @bank',
  ].map((sql) => database.prepare(sql));
  return (guest) => {
    for (const { bank } of used.all(guest, guest)) for (const drop of drops) drop.run({ bank });
    database.prepare('DELETE FROM bank_users WHERE tenant = ?').run(guest);
  };
}

/**
 * Takes over a bank with what it shows; whatever breaks off on the way, a bank that is there is whole.
 * @param pictureOf where a picture that is not here yet comes from
 */
export async function storeBank(
  banks: BankStore,
  bank: Bank,
  pictureOf: (hash: Sha256) => Promise<Uint8Array>,
): Promise<void> {
  for (const hash of picturesOf(bank.items)) if (!banks.hasPicture(hash)) banks.putPicture(hash, await pictureOf(hash));
  banks.put(bank);
}

const pictureContext = (hash: Sha256): string => `picture/${hash}`;
const contextOf = (bank: BankId): string => `bank/${bank}`;
