import { mathOf, UnreadableFormula } from '../../contract/content/formula.ts';
import { isWordsAlone, parseContent } from '../../contract/content/parse.ts';
import type { Block, Formula, Run } from '../../contract/content/parts.ts';
import type { ItemDraft } from '../../contract/words/items.ts';
import { tidy } from './cells.ts';
import type { UnreadFormula } from './problems.ts';

/** {@link tidy}, but a table keeps its lines: without them it would be none. */
export function tidyContent(text: string): string {
  // What was closed up may be a formula that it was not before, behind which there is more to tidy.
  for (let last = text, left = MOST_ROUNDS; ; left -= 1) {
    const tidied = tidiedOnce(last);
    if (tidied === last || left === 0) return tidied;
    last = tidied;
  }
}
const MOST_ROUNDS = 8;

function tidiedOnce(text: string): string {
  const blocks = isWordsAlone(text) ? [] : parseContent(text);
  if (!blocks.some(({ kind }) => kind === 'table')) return tidy(text);
  const parts = blocks.map((block) => (block.kind === 'table' ? tidyLines(block) : tidy(block.source)));
  const shown = parts.filter((part) => part !== '');
  const close = shown.join('\n');
  // What has bars would be one more row of the table above it, and what was opened before a blank line closed behind it.
  return tidyTables(close) === tidyTables(text) ? close : shown.join('\n\n');
}

const tidyTables = (text: string): string =>
  parseContent(text)
    .flatMap((block) => (block.kind === 'table' ? [tidyLines(block)] : []))
    .join('\n\n');

const tidyLines = ({ source }: Block): string =>
  source
    .split(/\r\n?|\n/)
    .map(tidy)
    .filter((line) => line !== '')
    .join('\n');

type Said = { readonly zh?: string | undefined; readonly en?: string | undefined };
type Speaking = {
  readonly passage?: { readonly text: Said } | undefined;
  readonly stem: Said;
  readonly premises?: readonly Said[] | undefined;
  readonly options: readonly Said[];
  readonly explanation?: Said | undefined;
};

/** All that an item says, in every language, where it is more than words. */
const blocksOf = ({ passage, stem, premises = [], options, explanation }: Speaking): readonly Block[] =>
  [passage?.text, stem, ...premises, ...options, explanation]
    .flatMap((said) => [said?.zh ?? '', said?.en ?? ''])
    .flatMap((text) => (isWordsAlone(text) ? [] : parseContent(text)));

const formulasIn = (runs: readonly Run[]): readonly Formula[] =>
  runs.flatMap((run) => (run.kind === 'formula' ? [run] : []));

function formulasOf(block: Block): readonly Formula[] {
  if (block.kind === 'formula') return [block];
  if (block.kind === 'paragraph') return formulasIn(block.runs);
  return [block.head, ...block.rows].flat().flatMap(formulasIn);
}

/** The first formula of a draft that no screen could draw, and why; nothing where each can be. */
export function unreadableFormula(draft: ItemDraft): UnreadFormula | undefined {
  for (const { tex, display } of blocksOf(draft).flatMap(formulasOf)) {
    try {
      mathOf(tex, display);
    } catch (error) {
      if (!(error instanceof UnreadableFormula)) throw error;
      return { tex: tex.trim(), why: error.message };
    }
  }
  return undefined;
}

export type ItemContent = { readonly formulas: boolean; readonly tables: boolean };

/** Whether an item has formulas, and tables. */
export function contentOf(item: Speaking): ItemContent {
  const blocks = blocksOf(item);
  return {
    formulas: blocks.some((block) => formulasOf(block).length > 0),
    tables: blocks.some(({ kind }) => kind === 'table'),
  };
}
