import { extname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BankFile, Item } from '../../contract/words/items.ts';
import type { Localized } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { draftOf, type PictureBytes, readBankFile } from '../import/index.ts';
import { bankCsv } from './bank-csv.ts';

type Exported = { readonly title: Localized; readonly items: readonly Item[]; readonly pictures: PictureBytes };

const FORMATS: Readonly<Record<string, (bank: Exported) => string>> = {
  '.json': bankJson,
  '.csv': ({ items }) => bankCsv(items),
};
export const EXPORT_FORMATS = Object.keys(FORMATS);

/**
 * A bank as a file that people can edit, and that was read again: it gives the same items. JSON holds everything; CSV, for spreadsheets,
 * what has a column: no pictures, and no source.
 * @param file where it goes: its ending says which format
 * @throws Refusal `not-a-workbook`, for CSV also where it cannot hold an item as it is
 */
export function exportBank(bank: Exported, file: string): string {
  const write = FORMATS[extname(file).toLowerCase()];
  if (!write) throw new Refusal('not-a-workbook', `${file} ends in none of ${EXPORT_FORMATS.join(' ')}`);
  return write(bank);
}

function bankJson({ title, items, pictures }: Exported): string {
  const shown = [...pictures].map(([hash, bytes]) => [hash, Buffer.from(bytes).toString('base64')]);
  const file: BankFile = { title, items: items.map(draftOf), pictures: Object.fromEntries(shown), literal: true };
  const text = `${JSON.stringify(file, null, 1)}\n`;
  const again = [...readBankFile(Buffer.from(text)).rows];
  const lost = items.findIndex((item, at) => {
    const reading = again[at]?.reading;
    return !reading?.ok || !isDeepStrictEqual(reading.item, item);
  });
  if (lost >= 0) throw new Refusal('not-a-workbook', `item ${lost + 1} does not read back: ${items[lost]?.id}`);
  return text;
}
