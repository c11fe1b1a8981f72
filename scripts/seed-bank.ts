import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BankFile } from '../contract/words/items.ts';
import { bankFromFile, picturesFromFile } from '../proof/index.ts';

/** The bank of our own, with what its items show. */
export function seedBank() {
  const path = resolve(import.meta.dirname, '../center/seed/bank.json');
  const file = BankFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  return { bank: bankFromFile(file), pictures: picturesFromFile(file) };
}
