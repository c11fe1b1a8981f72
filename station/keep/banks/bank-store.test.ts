import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BANK, ILLUSTRATED, PICTURE } from '../../../authoring/bank.fixture.ts';
import { BankId, ItemId } from '../../../contract/words/ids.ts';
import { makeBank, sha256 } from '../../../proof/index.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { openBankStore, storeBank } from './bank-store.ts';

const vault = openVault(new Uint8Array(32).fill(7));
const openStore = () => openBankStore(openDatabase(':memory:'), vault);

describe('a bank store', () => {
  it('gives a bank back as it came, item for item', () => {
    const store = openStore();
    store.put(BANK);
    expect(store.has(BANK.id)).toBe(true);
    expect(store.get(BANK.id)).toEqual(BANK);
    for (const item of BANK.items) expect(store.item(BANK.id, item.id)).toEqual(item);
  });

  it('writes neither a stem nor a key in plain text', () => {
    const database = openDatabase(':memory:');
    openBankStore(database, vault).put(BANK);
    const file = database.serialize();
    for (const { stem, key } of BANK.items) {
      expect(file.includes(stem.zh)).toBe(false);
      for (const option of key) expect(file.includes(option)).toBe(false);
    }
  });

  it('still has it when it is opened again', () => {
    const path = join(temporaryFolder(), 'a.db');
    const before = openDatabase(path);
    openBankStore(before, vault).put(BANK);
    before.close();
    const after = openDatabase(path);
    expect(openBankStore(after, vault).get(BANK.id)).toEqual(BANK);
    after.close();
  });

  it('takes a bank only after the pictures it shows, each under its own name', () => {
    const database = openDatabase(':memory:');
    const store = openBankStore(database, vault);
    expect(reasonOf(() => store.put(ILLUSTRATED))).toBe('picture-missing');
    expect(reasonOf(() => store.picture(sha256(PICTURE)))).toBe('picture-missing');
    expect(reasonOf(() => store.putPicture(sha256('another'), PICTURE))).toBe('hash-mismatch');
    const text = Buffer.from('<svg/>');
    expect(reasonOf(() => store.putPicture(sha256(text), text))).toBe('picture-unreadable');
    expect(store.has(ILLUSTRATED.id)).toBe(false);
    store.putPicture(sha256(PICTURE), PICTURE);
    store.put(ILLUSTRATED);
    expect(store.get(ILLUSTRATED.id)).toEqual(ILLUSTRATED);
    expect(store.picture(sha256(PICTURE))).toEqual(PICTURE);
    expect(database.serialize().includes(PICTURE)).toBe(false);
  });

  it('fetches a picture once, and has no bank whose pictures broke off on the way', async () => {
    const store = openStore();
    const asked: string[] = [];
    const fetched = (bytes: Buffer) => async (hash: string) => {
      asked.push(hash);
      return bytes;
    };
    await expect(storeBank(store, ILLUSTRATED, fetched(Buffer.from('else')))).rejects.toThrow('hash-mismatch');
    expect(store.has(ILLUSTRATED.id)).toBe(false);
    await storeBank(store, ILLUSTRATED, fetched(PICTURE));
    await storeBank(store, ILLUSTRATED, fetched(PICTURE));
    expect([store.has(ILLUSTRATED.id), asked.length]).toEqual([true, 2]);
  });

  it('takes the same bank again without a word', () => {
    const store = openStore();
    store.put(BANK);
    store.put(BANK);
    expect(store.get(BANK.id).items).toHaveLength(BANK.items.length);
  });

  it('keeps two banks apart though they share items', () => {
    const store = openStore();
    const part = makeBank({ zh: '一部分' }, BANK.items.slice(0, 5));
    store.put(BANK);
    store.put(part);
    expect([store.get(part.id), store.get(BANK.id)]).toEqual([part, BANK]);
    const missing = BANK.items[9];
    expect(missing && reasonOf(() => store.item(part.id, missing.id))).toBe('item-unknown');
  });

  it('refuses a bank whose items are not those its hash names, and keeps nothing of it', () => {
    const store = openStore();
    expect(reasonOf(() => store.put({ ...BANK, items: BANK.items.slice(1) }))).toBe('hash-mismatch');
    expect(store.has(BANK.id)).toBe(false);
  });

  it('refuses a bank whose key was changed', () => {
    const items = BANK.items.map((item, at) => (at === 0 ? { ...item, key: [item.options[1]?.id as never] } : item));
    expect(reasonOf(() => openStore().put({ ...BANK, items }))).toBe('hash-mismatch');
  });

  it('refuses other items under the id of this bank, though their hash is their own', () => {
    const other = makeBank({ zh: '别的' }, BANK.items.slice(0, 12));
    expect(reasonOf(() => openStore().put({ ...other, id: BANK.id }))).toBe('hash-mismatch');
  });

  it('says no-items of a bank it has not got, and item-unknown of an item', () => {
    const store = openStore();
    store.put(BANK);
    expect(reasonOf(() => store.get(BankId.parse('bk_none')))).toBe('no-items');
    expect(reasonOf(() => store.item(BANK.id, ItemId.parse('it_none')))).toBe('item-unknown');
  });
});
