import type { XmlNode } from '../xml.ts';
import { attribute, nameOf } from './nodes.ts';
import type { Around, Notes } from './notes.ts';
import { BULLETS, numberingOf } from './numbering.ts';
import { EDGE, END, keptBlanks, type Piece } from './pieces.ts';
import { seenAs } from './seen.ts';
import { styleOf } from './styles.ts';
import { Unreadable } from './unread.ts';

type Read = (node: XmlNode, around: Around) => readonly Piece[];

const isEntry = (node: XmlNode): boolean => nameOf(node) === 'li';
const wholeNumber = (written: string | undefined): number | undefined => {
  const [number] = /^\s*[+-]?\d{1,9}/.exec(written ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
};

/**
 * A list: each entry in lines of its own, behind its number or bullet. Lists in lists are moved in.
 * @param read one node, or the children of an entry
 */
export function listPieces(list: XmlNode, around: Around, notes: Notes, read: Read): readonly Piece[] {
  const within: Around = { ...around, lists: around.lists + 1 };
  const entries = list.children.filter(isEntry);
  const isNumbered = nameOf(list) === 'ol';
  const isReversed = isNumbered && attribute(list, 'reversed') !== undefined;
  const mark = marker(list, isNumbered ? '1' : (BULLETS[Math.min(around.lists, 2)] ?? 'disc'));
  let next = (isNumbered ? wholeNumber(attribute(list, 'start')) : undefined) ?? (isReversed ? entries.length : 1);
  const pieces = list.children.flatMap((child): readonly Piece[] => {
    if (!isEntry(child)) return read(child, within);
    // One that is not shown has its number all the same, but where it takes no room at all.
    const number = wholeNumber(attribute(child, 'value')) ?? next;
    if (!seenAs(child, within, notes)) return [];
    next = number + (isReversed ? -1 : 1);
    const indent = keptBlanks('    '.repeat(around.lists));
    return [EDGE, { is: 'entry', mark: indent + mark(child)(number) }, ...read({ ...child, name: '' }, within), END];
  });
  return [EDGE, ...pieces, EDGE];
}

/** What stands before each entry; it may have a way of its own. */
function marker(list: XmlNode, usual: string): (entry: XmlNode) => (number: number) => string {
  const way = (node: XmlNode, otherwise: string): ((number: number) => string) | undefined =>
    numberingOf(styleOf(attribute(node, 'style') ?? '').numbering, attribute(node, 'type'), otherwise);
  const ofList = way(list, usual);
  return (entry) => {
    const own = styleOf(attribute(entry, 'style') ?? '').numbering ?? attribute(entry, 'type');
    const write = own === undefined ? ofList : way(entry, usual);
    if (!write) throw new Unreadable('list-style-type');
    return write;
  };
}
