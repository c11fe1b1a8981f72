import { posix } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import { linksToFile } from './linked-files.ts';
import { openPackage } from './package.ts';
import { type FoundPicture, HERE, illustrated, type Passage, pictureInAddress, unescapeAddress } from './passage.ts';
import { pipeTable, type ReadCell } from './pipe-table.ts';
import { type ItemReading, refuse } from './problems.ts';
import { readQuestion } from './question.ts';
import type { ReadRow, Source } from './source.ts';
import { decodeXml } from './text.ts';
import { allNamed, outermost, parseXml, rootName, textOf, type XmlNode } from './xml.ts';

/** What an honest package stays under: a zip can pretend to be a thousand times as much. */
const [MAX_FILES, MAX_FILE_BYTES, MAX_BYTES] = [50_000, 4_000_000, 400_000_000];

/**
 * QTI 2.1, 2.2 and 3.0: items with one choice interaction, alone or in a package. Anything else is rejected as
 * `kind-unknown`. A row is one item; its place is the file in the package. Source: imsglobal.org/question.
 * @throws Refusal `not-a-workbook` where it is no package, or one that is too large
 */
export function readQti(bytes: Uint8Array): Source {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const { documents, at } = isZip ? unpack(bytes) : { documents: new Map([['', bytes]]), at: () => undefined };
  const rows = [...documents].flatMap(([name, file]): ReadRow[] => {
    const items = outermost(parseXml(file), 'assessmentItem', 'qti-assessment-item');
    // An address is written from where the item stands.
    const find = (src: string): Uint8Array | undefined =>
      pictureInAddress(src) ?? at(posix.join(posix.dirname(name), unescapeAddress(src)));
    return items.map((item, n) => ({ sheet: name, row: n + 1, reading: readOne(item, find) }));
  });
  return { rows, skippedSheets: [] };
}

/** Whether an XML file has questions of QTI in it; a Moodle quiz may speak of them. */
export function isQti(bytes: Uint8Array): boolean {
  const text = decodeXml(bytes);
  return rootName(text) !== 'quiz' && /<([\w.-]+:)?(qti-)?assessment-?item[\s/>]/i.test(text);
}

type Files = { readonly documents: ReadonlyMap<string, Uint8Array>; readonly at: Find };

/** The XML files of a package and its pictures. */
function unpack(bytes: Uint8Array): Files {
  try {
    const pack = openPackage(bytes, MAX_FILES);
    const read = (names: readonly string[]): ReadonlyMap<string, Uint8Array> =>
      new Map(names.toSorted().map((name) => [name, pack.read(name)]));
    const wanted = pack.names.filter((name) => /\.(xml|png|jpe?g|gif|webp)$/i.test(name));
    mustBeWithin(wanted.map((name) => [name, pack.sizeOf(name)]));
    const pictures = read(wanted.filter((name) => !/\.xml$/i.test(name)));
    return {
      documents: read(wanted.filter((name) => /\.xml$/i.test(name))),
      at: (path) => pictures.get(pack.find(path) ?? ''),
    };
  } catch (error) {
    throw new Refusal('not-a-workbook', (error as Error).message);
  }
}

/** Before anything is unpacked. @throws Error where a file, or all of them, would be too much */
function mustBeWithin(sizes: readonly (readonly [string, number])[]): void {
  let all = 0;
  for (const [name, size] of sizes) {
    all += size;
    if (size > MAX_FILE_BYTES || all > MAX_BYTES) throw new Error(`${JSON.stringify(name)} unpacks to too much`);
  }
}

const INTERACTION = /Interaction$|-interaction$/;
const CHOICE = ['choiceInteraction', 'qti-choice-interaction'];
const UNSHOWABLE = ['object', 'video', 'audio', 'math', 'svg', 'picture', 'iframe'];

type Find = (src: string) => Uint8Array | undefined;

function readOne(item: XmlNode, find: Find): ItemReading {
  const [body] = allNamed(item, 'itemBody', 'qti-item-body');
  const interactions = body ? elements(body).filter(({ name }) => INTERACTION.test(name)) : [];
  const [interaction] = interactions;
  if (!body || !interaction || interactions.length > 1 || !CHOICE.includes(interaction.name))
    return refuse('kind-unknown');
  const { responseIdentifier, 'response-identifier': kebab } = interaction.attributes;
  const declaration = allNamed(item, 'responseDeclaration', 'qti-response-declaration').find(
    ({ attributes }) => attributes.identifier === (responseIdentifier ?? kebab),
  );
  if (!declaration) return refuse('key-missing');
  const [correct] = allNamed(declaration, 'correctResponse', 'qti-correct-response');
  const key = new Set(correct ? allNamed(correct, 'value', 'qti-value').map((value) => textOf(value).trim()) : []);
  const choices = allNamed(interaction, 'simpleChoice', 'qti-simple-choice');
  const names = choices.map(({ attributes }) => attributes.identifier ?? '');
  if (!key.isSubsetOf(new Set(names))) return refuse('key-outside-options');
  const options = choices.map((choice, at) => ({ text: seen(choice, find), right: key.has(names[at] ?? '') }));
  return readQuestion({
    several: declaration.attributes.cardinality === 'multiple',
    stem: stemOf(withoutFeedback(body), interaction.name, find),
    options,
    topic: '',
  });
}

const elements = (node: XmlNode): readonly XmlNode[] =>
  node.children.flatMap((child) => (child.name === '' ? [] : [child, ...elements(child)]));

/** What a reader sees of an element; nothing where it holds what is neither text nor picture. */
function seen(node: XmlNode, find: Find): Passage | undefined {
  const pictures: FoundPicture[] = [];
  const marked = replaced(withoutFeedback(node), (child) => {
    if (!isPicture(child)) return undefined;
    const { src, data = '', alt = '' } = child.attributes;
    pictures.push({ bytes: find(src ?? data), alt: alt || textOf({ ...child, name: '' }) });
    return { name: '', text: HERE, attributes: {}, children: [] };
  });
  if (allNamed(marked, ...UNSHOWABLE).length > 0) return undefined;
  if (allNamed(marked, 'a').some(({ attributes: { href = '' } }) => linksToFile(href))) return undefined;
  if (elements(marked).some(({ attributes: { style = '' } }) => /\burl\s*\(/i.test(style))) return undefined;
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

/** What stands around the options, and the prompt among them. */
const stemOf = (body: XmlNode, interaction: string, find: Find): Passage | undefined => {
  const around = without(body, ({ name }) => name === interaction);
  const prompts = allNamed(body, 'prompt', 'qti-prompt').map((prompt) => ({ ...prompt, name: 'p' }));
  return seen({ ...around, children: [...around.children, ...prompts] }, find);
};

const FEEDBACK = /^(qti-)?(feedback-?(inline|block)|rubric-?block)$/i;
const withoutFeedback = (node: XmlNode): XmlNode => without(node, ({ name }) => FEEDBACK.test(name));

const NOTHING: XmlNode = { name: '', text: '', attributes: {}, children: [] };

const without = (node: XmlNode, leaveOut: (node: XmlNode) => boolean): XmlNode =>
  replaced(node, (child) => (leaveOut(child) ? NOTHING : undefined));

/** The same tree with other elements in place of some. */
const replaced = (node: XmlNode, by: (node: XmlNode) => XmlNode | undefined): XmlNode =>
  by(node) ?? { ...node, children: node.children.map((child) => replaced(child, by)) };
