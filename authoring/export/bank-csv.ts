import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import type { Item } from '../../contract/words/items.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import {
  draftOf,
  isLost,
  KIND_NAMES,
  OPTION_LETTERS,
  readCsvRows,
  readLabel,
  writtenPairs,
  writtenPremises,
} from '../import/index.ts';

const HEADINGS = ['章节', '题型', '题目', ...OPTION_LETTERS.map((letter) => `选项${letter}`), '答案'];
const ABOUT = ['难度', '解析', '行业', '重点领域', '人员类别', '互斥组', '选项顺序固定', '左列', '材料'];
const LITERAL = '按原文';
const ENGLISH = ['英文材料', '英文题目', ...OPTION_LETTERS.map((letter) => `英文选项${letter}`), '英文解析'];

/**
 * Items as the rows of a CSV file, each of which was read again and is the same item. Those that would be read otherwise, as one whose
 * stem begins with a number, are marked as meant to the letter.
 * @throws Refusal `not-a-workbook` where one has pictures, or cannot be written so that it reads back
 */
export function bankCsv(items: readonly Item[]): string {
  const shown = items.filter((item) => picturesOf([item]).size > 0).length;
  if (shown > 0)
    throw new Refusal('not-a-workbook', `CSV holds no pictures, and ${shown} items have some: write .json`);
  const plain = items.map(plainRow);
  const differ = differing(items, tableOf(plain));
  const text = tableOf(items.map((item, at) => (differ.has(at) ? literalRow(item) : (plain[at] ?? []))));
  const [lost] = differ.size > 0 ? differing(items, text) : [];
  if (lost !== undefined)
    throw new Refusal(
      'not-a-workbook',
      `CSV cannot hold item ${lost + 1} as it is (${items[lost]?.stem.zh.slice(0, 40)}): write .json`,
    );
  return text;
}

type Row = readonly (string | undefined)[];

function tableOf(rows: readonly Row[]): string {
  const isMarked = rows.some((row) => row.length > HEADINGS.length + ABOUT.length);
  const head = [...HEADINGS, ...ABOUT, ...(isMarked ? [LITERAL, ...ENGLISH] : [])];
  const cells = [head, ...rows].map((row) => head.map((_, at) => guarded(row[at] ?? '')));
  // With its mark, or Excel takes it for another encoding.
  return stringify(cells, { bom: true, quoted_match: /[\r"]/ });
}

/**
 * A text that begins like a formula would be one: it gets a mark before it, and so does one that begins with such a mark. What programs
 * write of a formula that failed, or of what they have no room for, is said to be a text.
 */
const guarded = (text: string): string => {
  if (isLost(text)) return `="${text}"`;
  return /^'*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
};

/** The places of items that are not what is read in their row. */
function differing(items: readonly Item[], text: string): ReadonlySet<number> {
  const read = new Map<number, Item>();
  for (const { row, reading } of readAgain(text)) if (reading.ok) read.set(row - HEAD_ROWS, reading.item);
  return new Set(items.flatMap((item, at) => (isSame(item, read.get(at + 1)) ? [] : [at])));
}
const HEAD_ROWS = 1;

function readAgain(text: string): ReturnType<typeof readCsvRows>['rows'] {
  try {
    return readCsvRows(Buffer.from(text), 'bank.csv', {}).rows;
  } catch (error) {
    const why = error instanceof Refusal ? error.detail : String(error);
    throw new Refusal('not-a-workbook', `CSV cannot hold them, ${why}: write .json`);
  }
}

/** Where it was read from is no part of it. */
const isSame = ({ source: _, ...item }: Item, read: Item | undefined): boolean => isDeepStrictEqual(item, read);

/** As somebody would write it. */
function plainRow(item: Item): Row {
  const { kind, topic } = item;
  const { options, key, stem } = draftOf(item);
  const { difficulty, explanation } = item;
  const percent = difficulty === undefined ? '' : `${Math.round(difficulty * 1e4) / 100}%`;
  const texts = OPTION_LETTERS.map((letter, at) => optionCell(letter, options[at]?.zh ?? ''));
  return [
    topic,
    KIND_NAMES[kind],
    stem.zh,
    ...texts,
    keyText(item, key, ''),
    percent,
    explanation?.zh,
    ...namesOf(item),
    item.premises && writtenPremises(item.premises.map(({ text }) => text?.zh ?? '')),
    item.passage?.text.zh,
  ];
}

/** So that each cell is what the item says, and nothing in it is taken for a label, a number or an answer. */
function literalRow(item: Item): Row {
  const { kind, topic, passage, stem, explanation, difficulty } = item;
  const { options, premises, key } = draftOf(item);
  const texts = OPTION_LETTERS.map((_, at) => options[at]?.zh);
  return [
    ...[topic, KIND_NAMES[kind], stem.zh, ...texts, keyText(item, key, ' ')],
    ...[difficulty === undefined ? '' : String(difficulty), explanation?.zh, ...namesOf(item)],
    ...[premises && JSON.stringify(premises), passage?.text.zh, '是'],
    ...[passage?.text.en, stem.en, ...OPTION_LETTERS.map((_, at) => options[at]?.en), explanation?.en],
  ];
}

const namesOf = ({ industry, area, category, enemies, fixedOrder }: Item): Row => [
  ...[industry, area, category, enemies],
  fixedOrder ? '是' : '',
];

/** A text that begins as a label would gets its own in front, so that it is not taken for one. */
const optionCell = (letter: string, text: string): string =>
  readLabel(text)?.mark === 'strong' ? `${letter}.${text}` : text;

/** Letters; of a number the number, how far an answer may be off, and its unit; of words what counts in each gap; of pairs all of them. */
function keyText({ kind, number, unit, gaps }: Item, key: readonly number[], gap: '' | ' '): string {
  if (gaps) return gap ? JSON.stringify(gaps) : gaps.map(({ accepted }) => accepted.join('|')).join('；');
  if (kind === 'match' && !gap) return writtenPairs(key, (at) => OPTION_LETTERS[at] ?? '');
  return number
    ? `${number.value}${number.tolerance > 0 ? `±${number.tolerance}` : ''}${unit === undefined ? '' : gap + unit}`
    : key.map((at) => OPTION_LETTERS[at] ?? '').join('');
}
