import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import { parseContent } from '../../contract/content/parse.ts';
import type { Align, Block, Cell, Run, Table } from '../../contract/content/parts.ts';
import { usePage } from '../context.ts';
import { FormulaView } from './formula.tsx';
import { Sideways } from './sideways.tsx';

/** A text of an item as it is meant: words, formulas, tables. Its parts go into whatever it stands in; of words alone nothing is added. */
export function Content({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseContent(text), [text]);
  return <Blocks blocks={blocks} />;
}

/** What of a text comes before its first table, and the rest: a table is too much for the name of a question. */
export function partsOfStem(text: string): { readonly lead: readonly Block[]; readonly rest: readonly Block[] } {
  const blocks = parseContent(text);
  const table = blocks.findIndex(({ kind }) => kind === 'table');
  const at = table < 0 ? blocks.length : table;
  return { lead: blocks.slice(0, at), rest: blocks.slice(at) };
}

/** Where in a sentence of the catalogue something else goes: a character that none has. */
const HERE = '\uE100';

type SentenceProps = { readonly around: (here: string) => string; readonly children: ReactNode };

/** A sentence of the catalogue around what an item says. */
export function Sentence({ around, children }: SentenceProps) {
  const [before, after] = around(HERE).split(HERE);
  return (
    <div className="content">
      {before}
      {children}
      {after}
    </div>
  );
}

/** Parts of a text never change places, and so need no keys. */
export const inOrder = (parts: readonly ReactNode[]): ReactNode => createElement(Fragment, null, ...parts);

export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return inOrder(blocks.map(blockView));
}

function blockView(block: Block): ReactNode {
  if (block.kind === 'paragraph') return runs(block.runs);
  return block.kind === 'table' ? <TableView table={block} /> : <FormulaLine tex={block.tex} />;
}

const runs = (all: readonly Run[]): ReactNode => inOrder(all.map(runView));

const runView = (run: Run): ReactNode =>
  run.kind === 'words' ? run.text : <FormulaView tex={run.tex} display={false} />;

function FormulaLine({ tex }: { readonly tex: string }) {
  const { t } = usePage();
  return (
    <Sideways label={t('content.formula')} className="formula-line">
      <FormulaView tex={tex} display />
    </Sideways>
  );
}

function TableView({ table: { columns, head, rows } }: { readonly table: Table }) {
  const { t } = usePage();
  const row = (cells: readonly Cell[], cell: (content: ReactNode, align: Align) => ReactNode): ReactNode => (
    <tr>{inOrder(columns.map((align, at) => cell(runs(cells[at] ?? []), align)))}</tr>
  );
  const body = rows.map((cells) => row(cells, (content, align) => <td data-align={align}>{content}</td>));
  return (
    <Sideways label={t('content.table')} className="table-of-item">
      <table>
        <thead>
          {row(head, (content, align) => (
            <th scope="col" data-align={align}>
              {content}
            </th>
          ))}
        </thead>
        <tbody>{inOrder(body)}</tbody>
      </table>
    </Sideways>
  );
}
