import { parseContent } from '../../contract/content/parse.ts';
import type { Run } from '../../contract/content/parts.ts';
import { tidy } from './cells.ts';

/** A table of another format as lines with bars. */
export type ReadTable = { readonly is: 'table'; readonly text: string } | { readonly is: 'layout' | 'unreadable' };

/** A cell as the format has it: its text, and over how many columns and rows it goes. */
export type ReadCell = {
  readonly text: string;
  readonly columns: string | undefined;
  readonly rows: string | undefined;
};

/**
 * The rows of a table as lines with bars; the first is the head. One of a single row, or of a single column in which no cell is empty,
 * is no table but a layout of what its cells say. One with cells that go over several, or with rows longer than its head, is not read: what stands under what would be
 * guessed.
 */
export function pipeTable(rows: readonly (readonly ReadCell[])[]): ReadTable {
  const width = rows[0]?.length ?? 0;
  if (rows.length < 2 || rows.every((row) => row.length === 1 && tidy(row[0]?.text ?? '') !== ''))
    return { is: 'layout' };
  const merged = rows
    .flat()
    .some(({ columns = '1', rows: over = '1' }) => columns.trim() !== '1' || over.trim() !== '1');
  if (merged || rows.some((row) => row.length > width || row.length === 0)) return { is: 'unreadable' };
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const [head = '', ...body] = rows.map((row) => line(rows[0]?.map((_, at) => inCell(row[at]?.text ?? '')) ?? []));
  const text = [head, line(new Array(width).fill('---')), ...body].join('\n');
  // It has to be the same table again: a bar behind a backslash, or a formula over two cells, would make another of it.
  const [again, ...more] = parseContent(text);
  const same = more.length === 0 && again?.kind === 'table' && again.rows.length === body.length;
  return same && again.columns.length === width && !/\\\\\|/.test(text) ? { is: 'table', text } : { is: 'unreadable' };
}

/** In one line, its bars marked as its own; those of a formula are TeX. */
const inCell = (text: string): string =>
  parseContent(tidy(text))
    .map((block) => (block.kind === 'paragraph' ? block.runs.map(withOwnBars).join('') : block.source))
    .join('');

const withOwnBars = ({ kind, source }: Run): string => (kind === 'words' ? source.replaceAll('|', '\\|') : source);
