import { parseContent } from './parse.ts';
import type { Block, Cell, Run } from './parts.ts';

const ofRun = (run: Run): string => (run.kind === 'words' ? run.text : run.tex.trim());
const ofCell = (cell: Cell): string => cell.map(ofRun).join('');

function ofBlock(block: Block): string {
  if (block.kind === 'paragraph') return block.runs.map(ofRun).join('');
  if (block.kind === 'formula') return block.tex.trim();
  return [block.head, ...block.rows].map((row) => row.map(ofCell).join(' | ')).join('\n');
}

/** A text in one line, for lists, terminals and files: formulas as TeX, the rows of a table behind each other. */
export const plainText = (text: string): string =>
  parseContent(text)
    .map((block) => ofBlock(block).trim())
    .filter((part) => part !== '')
    .join('\n')
    .replace(/\s*[\r\n]+\s*/g, ' ');
