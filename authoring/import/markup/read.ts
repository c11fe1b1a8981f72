import { linksToFile } from '../linked-files.ts';
import { lowered } from '../lowered.ts';
import { HERE, pictureInAddress } from '../passage.ts';
import { raised } from '../raised.ts';
import { textNode, UNKNOWN_ENTITY, type XmlNode } from '../xml.ts';
import { wordsIn } from './characters.ts';
import { type Sort, sortOf } from './elements.ts';
import { listPieces } from './lists.ts';
import { formulaOf } from './math.ts';
import { allText, attribute, has, nameOf, saysSomething } from './nodes.ts';
import type { Around, Notes } from './notes.ts';
import { BREAK, EDGE, lineOfPieces, type Piece, words } from './pieces.ts';
import { marksOf, putsGround, seenAs } from './seen.ts';
import type { Style } from './style.ts';
import { unreadInSheet } from './styles.ts';
import { tablePieces } from './tables.ts';
import { Unreadable } from './unread.ts';

/** What a reader sees of a node. @throws Unreadable where it has what is not understood */
export function piecesOf(node: XmlNode, around: Around, notes: Notes): readonly Piece[] {
  if (node.name === '') return [...wordsIn(node.text, around), ...childrenOf(node, around, notes)];
  const sort = sortOf(nameOf(node));
  if (!sort) throw new Unreadable(`<${node.name}>`);
  if (isUnseen(sort)) return UNSEEN[sort](node, notes);
  const style = seenAs(node, around, notes);
  if (!style) return [];
  const within: Around = { ...around, kept: style.kept ?? around.kept, onGround: around.onGround || putsGround(node) };
  const pieces = READERS[sort](node, within, notes, style);
  if (style.raised) return [words((style.raised === 'higher' ? raised : loweredLine)(lineOfPieces(pieces)))];
  return style.block && !(sort in LAID_OUT) ? [EDGE, ...pieces, EDGE] : pieces;
}

/** In brackets behind a line where no characters stand so low. */
function loweredLine(text: string): string {
  return lowered(text) ?? `_(${text.trim()})`;
}

/** They are where they are, whatever a style says. */
const LAID_OUT: Partial<Record<Sort, true>> = { picture: true, break: true };

type Reader = (node: XmlNode, around: Around, notes: Notes, style: Style) => readonly Piece[];

const childrenOf = ({ children }: XmlNode, around: Around, notes: Notes): readonly Piece[] =>
  children.flatMap((child) => piecesOf(child, around, notes));

const blockOf: Reader = (node, around, notes, style) => {
  note(node, notes, style);
  return [EDGE, ...childrenOf(node, around, notes), EDGE];
};

const note = (node: XmlNode, notes: Notes, style: Style): void => {
  if (saysSomething(node)) for (const mark of marksOf(node, style)) notes.marks.add(mark);
};

const inlineOf: Reader = (node, around, notes, style) => {
  if (isGap(node, style)) return [words('____')];
  note(node, notes, style);
  if (attribute(node, 'title') && nameOf(node) === 'abbr') notes.leftOut.add('<abbr title>');
  return childrenOf(node, around, notes);
};

/** Nothing, on a line: a gap to fill. One blank between two words is none. */
function isGap(node: XmlNode, style: Style): boolean {
  if (saysSomething(node) || has(node, ({ name }) => /^br$/i.test(name))) return false;
  const blanks = allText(node);
  if (style.lineUnder) return true;
  return marksOf(node, style).includes('underline') && (blanks.includes('\u00A0') || blanks.length > 1);
}

const lined =
  (change: (text: string) => string): Reader =>
  (node, around, notes) => {
    const text = lineOfPieces(childrenOf(node, { ...around, kept: undefined }, notes));
    return text === '' ? [] : [words(change(text))];
  };

const quotedOf: Reader = (node, around, notes) => {
  const [open, close] = around.quotes % 2 === 0 ? '“”' : '‘’';
  const inner = childrenOf(node, { ...around, quotes: around.quotes + 1 }, notes);
  return [words(open as string), ...inner, words(close as string)];
};

/** Canvas draws formulas on its server, and says their TeX. */
function equationIn(node: XmlNode): string | undefined {
  if (!/(^|\s)equation_image(\s|$)/.test(attribute(node, 'class') ?? '')) return undefined;
  const said = /^\s*LaTeX:\s*(.+)$/is.exec(attribute(node, 'alt') ?? '')?.[1];
  const tex = (attribute(node, 'data-equation-content') ?? said ?? '').trim();
  if (tex === '' || /\\[()[\]]|\$\$/.test(tex)) throw new Unreadable('equation_image', 'picture-needed');
  return tex;
}

const pictureOf: Reader = (node, _, notes) => {
  const tex = equationIn(node);
  if (tex !== undefined) return [words(`\\(${tex}\\)`)];
  const src = attribute(node, 'src') ?? attribute(node, 'data') ?? '';
  const alt = (attribute(node, 'alt') || allText(node)).replaceAll(UNKNOWN_ENTITY, '');
  notes.pictures.push({ bytes: pictureInAddress(src) ?? notes.find(src), alt });
  return [words(HERE)];
};

/** A link leads out of an exam: its words stay. One to a file beside the text is a part of the question. */
const linkOf: Reader = (node, around, notes, style) => {
  const address = (attribute(node, 'href') ?? '').trim();
  const leadsOut = /^(https?:)?\/\/|^(mailto|tel):/i.test(address);
  const leadsOn = leadsOut || /^(#|javascript:)/i.test(address);
  if (address !== '' && (!leadsOn || linksToFile(address))) throw new Unreadable('<a href>', 'picture-needed');
  if (leadsOut) notes.leftOut.add('<a href>');
  return inlineOf(node, around, notes, style);
};

const refused: Reader = (node) => {
  throw new Unreadable(`<${node.name}>`);
};
const mediaOf: Reader = (node) => {
  throw new Unreadable(`<${node.name}>`, 'picture-needed');
};

const list: Reader = (node, around, notes) =>
  listPieces(node, around, notes, (one, within) => piecesOf(one, within, notes));
const within =
  (kept: Around['kept']): Reader =>
  (node, around, notes, style) =>
    // The first line end behind <pre> is the parser's to leave out; that of XML is as it stands.
    blockOf(node, { ...around, kept }, notes, style);

/** How each sort is read, once it is known that it is seen. */
const READERS: Readonly<Record<Exclude<Sort, UnseenSort>, Reader>> = {
  inline: inlineOf,
  block: blockOf,
  break: () => [BREAK],
  rule: () => [EDGE],
  maybe: () => [],
  media: mediaOf,
  struck: (node, around, notes, style) => (saysSomething(node) ? refused(node, around, notes, style) : []),
  quoted: quotedOf,
  ...{ bullets: list, numbers: list },
  // Without a list around it a browser gives it a bullet.
  entry: (node, around, notes) =>
    listPieces({ ...textNode(''), name: 'ul', children: [node] }, around, notes, (one, inner) =>
      piecesOf(one, inner, notes),
    ),
  table: (node, around, notes) =>
    tablePieces(node, around, notes, (one, inner) => piecesOf({ ...one, name: '' }, { ...inner, lists: 0 }, notes)),
  cells: refused,
  lower: lined(loweredLine),
  higher: lined(raised),
  kept: within('all'),
  ruby: (node, around, notes) => childrenOf(node, around, notes),
  reading: (node, around, notes) =>
    has({ ...node, name: '' }, ({ name }) => name === 'rt')
      ? childrenOf(node, around, notes)
      : lined((text) => `（${text}）`)(node, around, notes, {} as Style),
  picture: pictureOf,
  object: (node, around, notes, style) =>
    (/^image\//.test(attribute(node, 'type') ?? '') ? pictureOf : mediaOf)(node, around, notes, style),
  link: linkOf,
  bidi: (node, around, notes, style) =>
    /^rtl$/i.test(attribute(node, 'dir') ?? '')
      ? refused(node, around, notes, style)
      : inlineOf(node, around, notes, style),
  math: (node) => [words(formulaOf(node))],
};

type UnseenSort = 'gone' | 'told' | 'script' | 'sheet' | 'input';
const isUnseen = (sort: Sort): sort is UnseenSort => sort in UNSEEN;

/** What nobody sees, whatever its style. */
const UNSEEN: Readonly<Record<UnseenSort, (node: XmlNode, notes: Notes) => readonly Piece[]>> = {
  gone: (node, notes) => {
    if (nameOf(node) === 'link' && /stylesheet/i.test(attribute(node, 'rel') ?? '')) notes.leftOut.add('<link>');
    return [];
  },
  told: (node, notes) => {
    if (allText(node).trim() !== '') notes.leftOut.add(`<${nameOf(node)}>`);
    return [];
  },
  /** MathJax keeps the TeX of what it draws in one. */
  script: (node, notes) => {
    const tex = /^math\/tex(;\s*mode=display)?/i.exec(attribute(node, 'type') ?? '');
    if (tex) return [words(tex[1] ? `\\[${allText(node)}\\]` : `\\(${allText(node)}\\)`)];
    notes.leftOut.add('<script>');
    return [];
  },
  sheet: (node) => {
    const unread = unreadInSheet(allText(node));
    if (unread !== undefined) throw new Unreadable(`<style> ${unread}`);
    return [];
  },
  input: (node) => {
    if (!/^hidden$/i.test(attribute(node, 'type') ?? '')) throw new Unreadable('<input>');
    return [];
  },
};
