import type { Item } from '../../contract/words/items.ts';
import type { Terms } from '../../contract/words/terms.ts';
import { SEED_TERMS } from '../terms/index.ts';
import { isBlank } from './cells.ts';
import { readColumns } from './columns.ts';
import { tidyContent } from './content.ts';
import { ABOUT_FIELDS } from './headings.ts';
import { charOf } from './labels.ts';
import type { FoundPicture, PictureBytes } from './passage.ts';
import { type Repair, type RowReason, refuse, type Why } from './problems.ts';
import { sortOut } from './report.ts';
import { columnName } from './sheets.ts';
import type { Place } from './source.ts';
import { plainSheet, readSheets } from './workbook.ts';
import { MOST_OPTIONS, type WrittenRow } from './written-row.ts';

/** What became of a row that was written again. */
export type Rewritten =
  | {
      readonly ok: true;
      readonly item: Item;
      /** What it asks, and what it calls right: what it is held against other rows by. */
      readonly question: string;
      readonly answer: string;
      readonly repairs: readonly Repair[];
      readonly pictures: PictureBytes;
    }
  | ({ readonly ok: false; readonly reason: RowReason } & Why);

const LETTERS = Array.from({ length: MOST_OPTIONS }, (_, at) => charOf(at));
const HEADS = ['kind', 'stem', 'key', 'topic', ...ABOUT_FIELDS, ...LETTERS];
const COLUMNS = readColumns(HEADS.map((head, at) => `${head}=${columnName(at)}`).join(','));

/** Reads a row that somebody wrote by the rules that every row of a table is read by. */
export async function readWritten(
  row: WrittenRow,
  { file, sheet, row: at, terms = SEED_TERMS }: Place & { readonly file: string; readonly terms?: Terms },
): Promise<Rewritten> {
  if (isBlank(row.stem)) return refuse('stem-missing');
  if (row.options.length > MOST_OPTIONS) return refuse('options-count');
  const cells = HEADS.map((head) => cellOf(row, head));
  const source = readSheets([plainSheet('', [cells], placed(row))], { columns: COLUMNS });
  const { items, asked, pictures, report } = await sortOut(file, source, terms, true);
  const [item, told, problem] = [items[0], asked[0], report.rejected[0]];
  if (problem) return refuse(problem.reason, withoutCell(problem));
  // A stem alone is none of the rows that a table has: notes look like that.
  if (!item || !told) return refuse(isBlank(row.kind) ? 'kind-missing' : 'key-missing');
  const made = report.repairs.flatMap((one) => one.repairs);
  // In a table a number before the question is no part of it; whoever wrote the question by hand is told.
  const cut = item.stem.zh !== tidyContent(row.stem) && !made.some(({ part }) => part === 'stem');
  const repairs = cut ? [{ part: 'stem' as const, from: row.stem, to: item.stem.zh }, ...made] : made;
  const from = { file, row: at, ...(sheet === '' ? {} : { sheet }) };
  return { ok: true, item: { ...item, source: from }, ...askedOf(told), repairs, pictures };
}

const askedOf = ({ question, answer }: { readonly question: string; readonly answer: string }) => ({
  question,
  answer,
});

/** Where its cells were is not where anybody can look. */
const withoutCell = ({ formula, construct }: Why): Why => ({
  ...(formula && { formula }),
  ...(construct && { construct }),
});

function cellOf({ about, options, ...row }: WrittenRow, head: string): string {
  const letter = LETTERS.indexOf(head);
  if (letter >= 0) return options[letter] ?? '';
  const field = ABOUT_FIELDS.find((one) => one === head);
  return field ? (about[field] ?? '') : row[head as 'kind' | 'stem' | 'key' | 'topic'];
}

/** Each in its own cell, as Excel puts a picture into one. */
function placed({ pictures }: WrittenRow) {
  const inCell = (head: string) => (picture: FoundPicture) => ({
    ...{ ...picture, rows: { first: 0, last: 0 }, column: HEADS.indexOf(head), inCell: true },
  });
  return [
    ...pictures.stem.map(inCell('stem')),
    ...[...pictures.options].flatMap(([at, own]) => own.map(inCell(charOf(at)))),
  ];
}
