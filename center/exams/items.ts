import { z } from 'zod';
import { type BankId, ItemId, type TenantId } from '../../contract/words/ids.ts';
import { Item } from '../../contract/words/items.ts';
import { type Queries, select } from '../database/index.ts';
import { mustBeShown, type Student } from '../tenants/index.ts';

const Row = z.object({ item: Item });

/** Some items of a bank, with their keys, in no order; those that it has not are left out. */
export async function readItems(
  actor: Student,
  db: Queries,
  tenantId: TenantId,
  bankId: BankId,
  ids: readonly ItemId[],
): Promise<readonly Item[]> {
  mustBeShown(actor, tenantId);
  const sql = `SELECT each.item FROM banks, json_array_elements(banks.body::json->'items') AS each(item)
    WHERE banks.tenant_id = $1 AND banks.id = $2 AND each.item->>'id' = ANY($3::text[])`;
  return (await select(db, Row, sql, [tenantId, bankId, [...ids]])).map(({ item }) => item);
}

const Named = z.object({ id: ItemId });

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
  const sql = `SELECT DISTINCT each.item->>'id' AS id FROM banks, json_array_elements(banks.body::json->'items') AS each(item)
    WHERE banks.tenant_id = $1 AND each.item->>'id' = ANY($2::text[]) AND EXISTS (SELECT 1 FROM exams
      WHERE exams.tenant_id = banks.tenant_id AND exams.bank_id = banks.id AND exams.body::json->>'mode' IN ('formal', 'gate'))`;
  return new Set((await select(db, Named, sql, [tenantId, [...ids]])).map(({ id }) => id));
}
