import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExamId, TenantId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { makeBank } from '../../proof/index.ts';
import type { Queries } from '../database/index.ts';
import { demoBank, SYSTEM } from '../seed/index.ts';
import { openTestCenter, type TestCenter } from '../testing/index.ts';
import { bankVersion, countedItems, putExam, readExam, readItems } from './index.ts';

let open: TestCenter;
const tenantId = 'tn_demo' as TenantId;
beforeAll(async () => {
  open = await openTestCenter();
});
afterAll(() => open.close());

/** The database, and how often a bank was read whole. */
function counting() {
  let reads = 0;
  const db: Queries = {
    query(sql, params) {
      if (/\bFROM banks\b/.test(sql)) reads += 1;
      return open.center.db.query(sql, params);
    },
  };
  return { db, reads: () => reads };
}

/** Banks of the same questions but one each; and one that nobody else has, as what was read once is kept by what is in it. */
const otherBank = (leftOut: number): Bank => {
  const { title, items } = demoBank();
  const own = items.slice(-1).map((item) => ({ ...item, stem: { zh: randomUUID() } }));
  return makeBank(title, [...items.slice(0, -1).toSpliced(leftOut, 1), ...own]);
};
const put = async (bank: Bank, changes: object): Promise<void> => {
  const exam = await readExam(SYSTEM, open.center.db, tenantId, 'ex_demo' as ExamId);
  await putExam(SYSTEM, open.center.db, tenantId, { exam: { ...exam, bankId: bank.id, ...changes }, bank });
};

test('a bank is read once for all taps, and no more than a few are kept', async () => {
  const [bank, ...others] = [0, 1, 2, 3, 4].map(otherBank) as [Bank, ...Bank[]];
  for (const [n, one] of [bank, ...others].entries()) await put(one, { id: `ex_bank-${n}`, mode: 'mock' });
  const { db, reads } = counting();
  const ids = bank.items.slice(3, 6).map(({ id }) => id);
  for (let n = 0; n < 5; n++) {
    const items = await readItems(SYSTEM, db, tenantId, bank.id, ids);
    expect(items).toEqual(bank.items.slice(3, 6));
  }
  expect(reads()).toBe(1);
  for (const other of others) await bankVersion(SYSTEM, db, tenantId, other.id);
  expect(reads()).toBe(5);
  await bankVersion(SYSTEM, db, tenantId, bank.id);
  expect(reads()).toBe(6);
});

test('what a firm has is kept for no other', async () => {
  const bank = otherBank(5);
  await put(bank, { id: 'ex_bank-own', mode: 'mock' });
  expect(await bankVersion(SYSTEM, open.center.db, tenantId, bank.id)).toEqual(bank);
  const other = 'tn_other' as TenantId;
  expect(await bankVersion(SYSTEM, open.center.db, other, bank.id)).toBeUndefined();
});

test('items that an exam that counts may ask are known from one reading of each bank, and at once where one is put', async () => {
  const [bank, missing] = [otherBank(6), demoBank().items[6]];
  const ids = [...bank.items.slice(0, 3), missing].flatMap((item) => item?.id ?? []);
  const { db, reads } = counting();
  const ask = () => countedItems(SYSTEM, db, tenantId, ids);
  const before = await ask();
  const first = reads();
  expect(await ask()).toEqual(before);
  expect(reads()).toBe(first);
  // The demo bank is drawn from by a formal exam, and has them all.
  expect(before).toEqual(new Set(ids));
  await put(bank, { mode: 'formal' });
  await put(bank, { id: 'ex_bank-own', mode: 'mock' });
  expect(await ask()).toEqual(new Set(ids.slice(0, 3)));
});
