import { tidy } from '../cells.ts';
import { pipeTable, type ReadCell } from '../pipe-table.ts';
import type { XmlNode } from '../xml.ts';
import { allText, attribute, has, nameOf } from './nodes.ts';
import type { Around, Notes } from './notes.ts';
import { EDGE, lineOfPieces, type Piece, words } from './pieces.ts';
import { seenAs } from './seen.ts';
import { styleOf } from './styles.ts';
import { Unreadable } from './unread.ts';

type Read = (node: XmlNode, around: Around) => readonly Piece[];
type Cell = { readonly node: XmlNode; readonly pieces: readonly Piece[] };

/**
 * A table with its caption: lines with bars, or what it only lays out. What stands under what must be told by the rows alone.
 * @param read the children of a node
 */
export function tablePieces(table: XmlNode, around: Around, notes: Notes, read: Read): readonly Piece[] {
  const parts = partsOf(table);
  const captions = parts.filter((part) => nameOf(part) === 'caption' && seenAs(part, around, notes));
  const rows = rowsOf(parts, around, notes).map((row) =>
    cellsOf(row, around, notes).map((node): Cell => ({ node, pieces: read(node, around) })),
  );
  const title = captions.flatMap((caption) => [EDGE, ...read(caption, around), EDGE]);
  return [...title, EDGE, ...bodyOf(rows, notes), EDGE];
}

function bodyOf(rows: readonly (readonly Cell[])[], notes: Notes): readonly Piece[] {
  const read = pipeTable(rows.map((row) => row.map(readCell)));
  if (read.is === 'layout') return layoutOf(rows);
  const isNested = rows.flat().some(({ node }) => node.children.some((child) => has(child, isTable)));
  if (read.is === 'table' && !isNested) return [{ is: 'table', text: read.text }];
  notes.tableUnreadable = true;
  return rows.flat().flatMap(({ pieces }) => [EDGE, ...pieces]);
}

const isTable = (node: XmlNode): boolean => nameOf(node) === 'table';

const readCell = ({ node, pieces }: Cell): ReadCell => ({
  text: lineOfPieces(pieces),
  columns: attribute(node, 'colspan'),
  rows: attribute(node, 'rowspan'),
});

/** One under the other what stands so; beside each other what is a line each, with bars where one of them is empty. */
function layoutOf(rows: readonly (readonly Cell[])[]): readonly Piece[] {
  return rows.flatMap((row): readonly Piece[] => {
    const isOneLine = row.every(({ pieces }) => pieces.every(({ is }) => is === 'words'));
    if (row.length === 1 || !isOneLine) return row.flatMap(({ pieces }) => [EDGE, ...pieces, EDGE]);
    const said = row.map(({ pieces }) => lineOfPieces(pieces));
    const between = said.every((text) => tidy(text) !== '') ? ' ' : ' | ';
    return [EDGE, ...row.flatMap(({ pieces }, at) => [...(at > 0 ? [words(between)] : []), ...pieces]), EDGE];
  });
}

/** Parts of a table, without the blanks between them. @throws Unreadable where there is anything else */
function partsOf(node: XmlNode): readonly XmlNode[] {
  return node.children.flatMap((child) => {
    if (child.name === '') {
      if (child.children.length > 0) return partsOf(child);
      if (child.text.trim() !== '') throw new Unreadable(`<${node.name}>`);
      return [];
    }
    // A column that is taken away takes its cells along.
    const { hidden } = styleOf(attribute(child, 'style') ?? '');
    if (hidden && /^col(group)?$/i.test(child.name)) throw new Unreadable(`<${child.name} hidden>`);
    return GONE.test(child.name) ? [] : [child];
  });
}
const GONE = /^(colgroup|col|script|style|template)$/i;

/** In the order in which they are shown: the foot comes last, wherever it was written. */
function rowsOf(parts: readonly XmlNode[], around: Around, notes: Notes): readonly XmlNode[] {
  const rows = (group: XmlNode): readonly XmlNode[] => {
    if (/^tr$/i.test(group.name)) return seenAs(group, around, notes) ? [group] : [];
    if (!/^(thead|tbody|tfoot)$/i.test(group.name)) throw new Unreadable(`<${group.name}>`);
    return seenAs(group, around, notes) ? partsOf(group).flatMap(rows) : [];
  };
  const groups = parts.filter((part) => nameOf(part) !== 'caption');
  const rank = (part: XmlNode): number => ({ thead: 0, tfoot: 2 })[nameOf(part)] ?? 1;
  return groups.toSorted((one, other) => rank(one) - rank(other)).flatMap(rows);
}

function cellsOf(row: XmlNode, around: Around, notes: Notes): readonly XmlNode[] {
  return partsOf(row).map((cell) => {
    if (!/^t[dh]$/i.test(cell.name)) throw new Unreadable(`<${cell.name}>`);
    // Without it all behind it would stand elsewhere.
    const { hidden } = styleOf(attribute(cell, 'style') ?? '');
    if (hidden || attribute(cell, 'hidden') !== undefined) throw new Unreadable(`<${cell.name} hidden>`);
    if (!seenAs(cell, around, notes) && allText(cell).trim() !== '') return { ...cell, children: [] };
    return cell;
  });
}
