import { z } from 'zod';
import { BankId, type ItemId, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { type Bank, Item } from '../../contract/words/items.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { mustBeShown, mustRead, type Reader, type Student } from '../tenants/index.ts';

const Body = z.object({ body: z.string() });
/** Each item was checked when the bank was put, and large ones have many thousands: nobody waits for that once more. */
const Whole = z.object({ id: BankId, hash: Sha256, items: z.array(z.unknown()) });

/** Large ones are many megabytes, and what is studied and judged in a day is of few. */
const MOST_BANKS = 4;
/** Of these only the ids are kept, a hundredth of a bank: a firm may well have so many that count. */
const MOST_SETS = 32;

/** What was asked for last, by key. */
export function keepLast<T>(most: number): (key: string, read: () => Promise<T | undefined>) => Promise<T | undefined> {
  const kept = new Map<string, T>();
  return async (key, read) => {
    const value = kept.get(key) ?? (await read());
    if (value === undefined) return undefined;
    kept.delete(key);
    kept.set(key, value);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}

// The id of a bank follows from its items, and another bank has another: what is kept here is never out of date.
const lastBanks = keepLast<Bank>(MOST_BANKS);
const lastSets = keepLast<ReadonlySet<ItemId>>(MOST_SETS);
const keyOf = (tenantId: TenantId, id: BankId): string => `${tenantId} ${id}`;

/** For whoever has seen to it that they may. */
export const bankOf = (db: Queries, tenantId: TenantId, id: BankId): Promise<Bank | undefined> =>
  lastBanks(keyOf(tenantId, id), async () => {
    const row = await selectOne(db, Body, 'SELECT body FROM banks WHERE tenant_id = $1 AND id = $2', [tenantId, id]);
    if (!row) return undefined;
    const bank = JSON.parse(row.body) as Bank;
    Whole.parse(bank);
    return bank;
  });

const idsOf = (db: Queries, tenantId: TenantId, id: BankId): Promise<ReadonlySet<ItemId> | undefined> =>
  lastSets(keyOf(tenantId, id), async () => {
    const bank = await bankOf(db, tenantId, id);
    return bank && new Set(bank.items.map((item) => item.id));
  });

/** A bank that an exam of the tenant ever drew from: another bank has another id, so that none is ever replaced. */
export async function bankVersion(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  id: BankId,
): Promise<Bank | undefined> {
  mustRead(actor, tenantId);
  return bankOf(db, tenantId, id);
}

/** Some items of a bank, with their keys, in no order; those that it has not are left out. */
export async function readItems(
  actor: Student,
  db: Queries,
  tenantId: TenantId,
  bankId: BankId,
  ids: readonly ItemId[],
): Promise<readonly Item[]> {
  mustBeShown(actor, tenantId);
  const asked = new Set(ids);
  const bank = await bankOf(db, tenantId, bankId);
  return (bank?.items ?? []).filter(({ id }) => asked.has(id)).map((item) => Item.parse(item));
}

const Drawn = z.object({ id: BankId });

/**
 * Which of these items an exam that counts, formal or at a gate, may ask: an item is the same in every bank that has it, so
 * another bank with the same questions hides none.
 */
export async function countedItems(
  actor: Student,
  db: Queries,
  tenantId: TenantId,
  ids: readonly ItemId[],
): Promise<ReadonlySet<ItemId>> {
  mustBeShown(actor, tenantId);
  const sql = `SELECT DISTINCT bank_id AS id FROM exams
    WHERE tenant_id = $1 AND body::json->>'mode' IN ('formal', 'gate') ORDER BY bank_id`;
  const counted = new Set<ItemId>();
  for (const { id: bankId } of await select(db, Drawn, sql, [tenantId])) {
    const inBank = await idsOf(db, tenantId, bankId);
    for (const id of ids) if (inBank?.has(id)) counted.add(id);
  }
  return counted;
}
