import type { Block, Cell, Run, Table } from './parts.ts';
import { type Line, linesOf, type Span, type TableLines, tableAt } from './tables.ts';
import { type Token, tokensOf } from './tokens.ts';

const MARK = /\\|\$\$|\|/;
/** Whether there is nothing in a text but words, as in most of a large bank. */
export const isWordsAlone = (text: string): boolean => !MARK.test(text);

/**
 * What a text of an item says: words with line breaks; formulas in TeX, `\( … \)` in a line and `\[ … \]` or `$$ … $$` in lines of their
 * own; tables as GitHub has them, a head, a line of dashes, and rows parted by bars. One `$` is money. `\\(`, `\\[` and `\$$` stand for
 * the marks themselves, `\|` in a table for a bar. All else is words: there is no text that is refused.
 *
 * How a text is shown, and nothing more: items keep it as it was written.
 */
export function parseContent(text: string): readonly Block[] {
  if (isWordsAlone(text)) return text === '' ? [] : [{ kind: 'paragraph', runs: [words(text)], source: text }];
  const tokens = tokensOf(text);
  const cut = openCutter(text, tokens);
  const lines = linesOf(text, tokens);
  const blocks: Block[] = [];
  let from = 0;
  for (let at = 0; at < lines.length; at++) {
    const found = tableAt(text, lines, at);
    if (!found) continue;
    blocks.push(...paragraphs(cut({ from, to: found.head.from })));
    from = (found.rows.at(-1) as Line).end;
    blocks.push(tableOf(text, found, from, cut));
    at += found.rows.length + 1;
  }
  blocks.push(...paragraphs(cut({ from, to: text.length })));
  return blocks.map((block, at) => trimmed(block, blocks[at - 1] !== undefined, blocks[at + 1] !== undefined));
}

const words = (source: string, text = source): Run => ({ kind: 'words', text, source });

/** Cuts stretches of a text into runs, from its beginning on: each call goes on from where the last one ended. */
type Cutter = (span: Span, inTable?: boolean) => readonly Run[];

function openCutter(text: string, tokens: readonly Token[]): Cutter {
  let next = 0;
  return ({ from, to }, inTable = false) => {
    const runs: Run[] = [];
    let done = from;
    let shown = '';
    let begun = from;
    const endWords = (): void => {
      shown += text.slice(done, Math.min(to, tokens[next]?.from ?? to));
    };
    while ((tokens[next]?.from ?? to) < from) next++;
    for (; (tokens[next]?.from ?? to) < to; next++) {
      const token = tokens[next] as Token;
      if (token.is === 'formula') {
        endWords();
        if (token.from > begun) runs.push(words(text.slice(begun, token.from), shown));
        const { tex, display } = token;
        runs.push({ kind: 'formula', tex, display, source: text.slice(token.from, token.to) });
        [done, begun, shown] = [token.to, token.to, ''];
        // Among words a bar with a backslash is what it is.
      } else if (token.is === 'escape' && (inTable || token.text !== '|')) {
        endWords();
        shown += token.text;
        done = token.to;
      }
    }
    endWords();
    if (to > begun) runs.push(words(text.slice(begun, to), shown));
    return runs;
  };
}

/** Runs as blocks: a formula in lines of its own is one. */
function paragraphs(runs: readonly Run[]): readonly Block[] {
  const blocks: Block[] = [];
  let open: Run[] = [];
  const close = (): void => {
    if (open.length > 0)
      blocks.push({ kind: 'paragraph', runs: open, source: open.map(({ source }) => source).join('') });
    open = [];
  };
  for (const run of runs) {
    if (run.kind === 'words' || !run.display) {
      open.push(run);
      continue;
    }
    close();
    blocks.push(run);
  }
  close();
  return blocks;
}

function tableOf(text: string, { head, columns, rows }: TableLines, end: number, cut: Cutter): Table {
  const cells = (line: Line): readonly Cell[] => {
    const written = (line.cells ?? []).map(({ from, to }) => inCell(cut({ from, to }, true)));
    return columns.map((_, at) => written[at] ?? []);
  };
  return { kind: 'table', columns, head: cells(head), rows: rows.map(cells), source: text.slice(head.from, end) };
}

/** Without the room around it. */
const inCell = (runs: readonly Run[]): Cell =>
  runs
    .map((run, at) => shownAs(run, (text) => trimEdges(text, at === 0, at === runs.length - 1)))
    .filter((run) => run.kind === 'formula' || run.text !== '');

const trimEdges = (text: string, start: boolean, end: boolean): string => {
  const begun = start ? text.trimStart() : text;
  return end ? begun.trimEnd() : begun;
};

const shownAs = (run: Run, change: (text: string) => string): Run =>
  run.kind === 'words' ? { ...run, text: change(run.text) } : run;

/** Beside another block words begin and end without line breaks: the block has lines of its own. */
function trimmed(block: Block, behind: boolean, before: boolean): Block {
  if (block.kind !== 'paragraph') return block;
  const last = block.runs.length - 1;
  const runs = block.runs.map((run, at) =>
    shownAs(run, (text) => trimEdges(text, behind && at === 0, before && at === last)),
  );
  return { ...block, runs };
}
