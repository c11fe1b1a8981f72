import { isBlank } from './cells.ts';
import { readLabel } from './labels.ts';
import { cutOptions } from './pieces.ts';
import type { RowPictures } from './row-pictures.ts';
import type { ItemRow } from './sheets.ts';
import { KIND_NAMES, MOST_OPTIONS, type WrittenRow } from './written-row.ts';

/** What stands in a row of a table. */
export const writtenIn = (row: ItemRow, { stem, options }: RowPictures): WrittenRow => ({
  kind: row.kind || (row.sectionKind && row.sectionKind !== 'choice' ? KIND_NAMES[row.sectionKind] : ''),
  ...{ stem: row.stem, options: optionsIn(row), key: row.key, topic: row.topic },
  about: Object.fromEntries([...row.about].filter(([, text]) => !isBlank(text))),
  pictures: { stem, options },
});

function optionsIn({ optionCell, optionColumns }: ItemRow): readonly string[] {
  const columns = [...optionColumns].filter(([, text]) => !isBlank(text));
  if (columns.length === 0) return isBlank(optionCell) ? [] : cutAsTyped(optionCell);
  const last = Math.max(...columns.map(([letter]) => letter));
  return Array.from({ length: last + 1 }, (_, letter) => optionColumns.get(letter) ?? '');
}

/** Labels go where each stands for its place; any other may be what is wrong, and stays for whoever mends it to see. */
function cutAsTyped(cell: string): readonly string[] {
  const raws = cutOptions(cell)?.pieces.map(({ raw }) => raw) ?? cell.split(/[\r\n]+/).filter((line) => !isBlank(line));
  if (raws.length > MOST_OPTIONS) return [cell];
  const labels = raws.map(readLabel);
  const ordered = labels.every((label, at) => label?.letter === at);
  return raws.map((raw, at) => (ordered ? (labels[at]?.rest ?? raw) : raw).trim());
}
