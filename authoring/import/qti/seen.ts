import { linksToFile } from '../linked-files.ts';
import { type FoundPicture, HERE, illustrated, type Passage } from '../passage.ts';
import { pipeTable, type ReadCell } from '../pipe-table.ts';
import { allNamed, textOf, type XmlNode } from '../xml.ts';
import type { Find } from './addresses.ts';

const UNSHOWABLE = ['object', 'video', 'audio', 'math', 'svg', 'picture', 'iframe'];

/** Elements of XHTML of which their words are all they say, or nearly. */
const WORDS = new Set([
  ...['a', 'abbr', 'acronym', 'address', 'article', 'aside', 'b', 'bdi', 'bdo', 'big', 'blockquote', 'br', 'caption'],
  ...[
    'center',
    'cite',
    'code',
    'col',
    'colgroup',
    'dd',
    'dfn',
    'div',
    'dl',
    'dt',
    'em',
    'figcaption',
    'figure',
    'font',
  ],
  ...['footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'label', 'li', 'main'],
  ...[
    'nav',
    'ol',
    'p',
    'pre',
    'prompt',
    'q',
    'samp',
    'section',
    'simpleChoice',
    'small',
    'span',
    'strong',
    'sub',
    'sup',
  ],
  ...['table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul', 'var'],
]);

/** The first element of which it is not known what it says; what is not text at all is found by {@link seen}. */
export function unreadMarkup(node: XmlNode): string | undefined {
  if (UNSHOWABLE.includes(node.name) || node.name === '') return undefined;
  if (!WORDS.has(node.name)) return `<${node.name}>`;
  return node.children.map(unreadMarkup).find((tag) => tag !== undefined);
}

/** What a reader sees of an element; nothing where it holds what is neither text nor picture. */
export function seen(node: XmlNode, find: Find): Passage | undefined {
  const pictures: FoundPicture[] = [];
  const marked = replaced(node, (child) => {
    if (!isPicture(child)) return undefined;
    const { src, data = '', alt = '' } = child.attributes;
    pictures.push({ bytes: find(src ?? data), alt: alt || textOf({ ...child, name: '' }) });
    return { name: '', text: HERE, attributes: {}, children: [] };
  });
  if (allNamed(marked, ...UNSHOWABLE).length > 0) return undefined;
  if (allNamed(marked, 'a').some(({ attributes: { href = '' } }) => linksToFile(href))) return undefined;
  if (styles(marked).some((style) => /\burl\s*\(/i.test(style))) return undefined;
  let tableUnreadable = false;
  const lined = replaced(marked, (child) => {
    if (child.name !== 'table') return undefined;
    const table = allNamed(child, 'table').length > 0 ? ({ is: 'unreadable' } as const) : pipeTable(cellsOf(child));
    if (table.is === 'unreadable') tableUnreadable = true;
    return table.is === 'table' ? withTable(child, table.text) : undefined;
  });
  const passage = illustrated(textOf(lined), pictures);
  return tableUnreadable ? { ...passage, tableUnreadable } : passage;
}

const cellsOf = (table: XmlNode): readonly (readonly ReadCell[])[] =>
  allNamed(table, 'tr').map(({ children }) =>
    children
      .filter(({ name }) => name === 'td' || name === 'th')
      .map((cell) => ({
        text: textOf({ ...cell, name: '' }),
        columns: cell.attributes.colspan,
        rows: cell.attributes.rowspan,
      })),
  );

/** Its title, and the table as lines with bars. */
function withTable(table: XmlNode, lines: string): XmlNode {
  const titles = table.children.filter(({ name }) => name === 'caption').map((title) => ({ ...title, name: 'p' }));
  return { ...NOTHING, children: [...titles, { ...NOTHING, text: `\n${lines}\n` }] };
}

/** `<object>` shows pictures too; what stands in it is for whoever cannot see them. */
const isPicture = ({ name, attributes }: XmlNode): boolean =>
  name === 'img' || (name === 'object' && /^image\//.test(attributes.type ?? ''));

const styles = (node: XmlNode): readonly string[] => [node.attributes.style ?? '', ...node.children.flatMap(styles)];

const NOTHING: XmlNode = { name: '', text: '', attributes: {}, children: [] };

/** The same tree with other elements in place of some. */
const replaced = (node: XmlNode, by: (node: XmlNode) => XmlNode | undefined): XmlNode =>
  by(node) ?? { ...node, children: node.children.map((child) => replaced(child, by)) };
