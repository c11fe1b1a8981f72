import { extname } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { BankFile, Item } from '../../contract/words/items.ts';
import type { Localized } from '../../contract/words/localized.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { PictureBytes } from '../import/index.ts';
import { draftOf, KIND_NAMES, readLabel } from '../import/index.ts';

type Exported = { readonly title: Localized; readonly items: readonly Item[]; readonly pictures: PictureBytes };

const FORMATS: Readonly<Record<string, (bank: Exported) => string>> = {
  '.json': ({ title, items, pictures }) => {
    const shown = [...pictures].map(([hash, bytes]) => [hash, Buffer.from(bytes).toString('base64')]);
    const file: BankFile = { title, items: items.map(draftOf), pictures: Object.fromEntries(shown) };
    return `${JSON.stringify(file, null, 1)}\n`;
  },
  '.csv': ({ items }) => toCsv(items),
};
export const EXPORT_FORMATS = Object.keys(FORMATS);

/**
 * A bank as a file that people can edit and that reads back as the same items. JSON holds everything; CSV, for spreadsheets,
 * what has a column: no English and no source.
 * @param file where it goes: its ending says which format
 * @throws Refusal `not-a-workbook`, for CSV also where items have pictures: without them they would be other items
 */
export function exportBank(bank: Exported, file: string): string {
  const write = FORMATS[extname(file).toLowerCase()];
  if (!write) throw new Refusal('not-a-workbook', `${file} ends in none of ${EXPORT_FORMATS.join(' ')}`);
  return write(bank);
}

const LETTERS = [...'ABCDEFGHIJKL'];
const HEADINGS = ['章节', '题型', '题目', ...LETTERS.map((letter) => `选项${letter}`), '答案'];
const ABOUT = ['难度', '解析', '行业', '重点领域', '人员类别', '互斥组'];

function toCsv(items: readonly Item[]): string {
  const shown = items.filter((item) => picturesOf([item]).size > 0).length;
  if (shown > 0)
    throw new Refusal('not-a-workbook', `CSV holds no pictures, and ${shown} items have some: write .json`);
  const rows = items.map((item) => {
    const { options, key, kind, stem, topic } = draftOf(item);
    const { difficulty, explanation, industry, area, category, enemies } = item;
    const about = [
      difficulty === undefined ? '' : `${Math.round(difficulty * 1e4) / 100}%`,
      explanation?.zh,
      industry,
      area,
      category,
      enemies,
    ];
    return [
      topic,
      KIND_NAMES[kind],
      stem.zh,
      ...LETTERS.map((letter, at) => optionCell(letter, options[at]?.zh ?? '')),
      keyText(item, key),
      ...about,
    ];
  });
  // With its mark, or Excel takes it for another encoding.
  // A text that begins like a formula would be one.
  return stringify([[...HEADINGS, ...ABOUT], ...rows], { bom: true, escape_formulas: true });
}

/** A text that begins as a label would gets its own in front, so that it is not taken for one. */
const optionCell = (letter: string, text: string): string =>
  readLabel(text)?.mark === 'strong' ? `${letter}.${text}` : text;

/** Letters; of a number the number, how far an answer may be off, and its unit. */
const keyText = ({ number, unit = '' }: Item, key: readonly number[]): string =>
  number ? `${number.value}${number.tolerance > 0 ? `±${number.tolerance}` : ''}${unit}` : lettersOf(key);

const lettersOf = (key: readonly number[]): string => key.map((at) => LETTERS[at] ?? '').join('');
