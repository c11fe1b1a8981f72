import { parseContent } from '../../contract/content/parse.ts';
import type { Block, Cell, Run } from '../../contract/content/parts.ts';
import type { Translate } from '../../messages/index.ts';
import { spokenFormula } from './spoken-formula.ts';

/** A text of an item as it is read aloud, part by part: formulas in words, a table row by row. */
export const spokenContent = (text: string, t: Translate): readonly string[] =>
  parseContent(text)
    .flatMap((block) => ofBlock(block, t))
    .filter((part) => part.trim() !== '');

function ofBlock(block: Block, t: Translate): readonly string[] {
  const ofRun = (run: Run): string => (run.kind === 'words' ? run.text : ` ${spokenFormula(run.tex, t)} `);
  if (block.kind === 'paragraph') return [block.runs.map(ofRun).join('')];
  if (block.kind === 'formula') return [spokenFormula(block.tex, t)];
  const ofRow = (row: readonly Cell[]): string => row.map((cell) => cell.map(ofRun).join('').trim()).join('; ');
  const size = t('content.table-size', { columns: block.columns.length, rows: block.rows.length });
  return [size, ...[block.head, ...block.rows].map(ofRow)];
}
