import { SaxesParser } from 'saxes';
import { Refusal } from '../../contract/words/reasons.ts';
import { entityOf } from './entities.ts';
import { decodeXml } from './xml-text.ts';

/** An element, or a run of text, where `name` is ''. */
export type XmlNode = {
  readonly name: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
};

/** A run of text as a node. */
export const textNode = (text: string): XmlNode => ({ name: '', text, attributes: {}, children: [] });

/** No question is deeper, and whoever walks the tree must not fall. */
const DEEPEST = 200;
/** Elements, their attributes and pieces of text: four letters of a file become a hundred bytes here. */
const MOST_NODES = 2_000_000;
/** Of one element. */
const MOST_ATTRIBUTES = 1_000;

/** Counts the attributes of each element as they are read. @throws Refusal `not-a-workbook` from what feeds the parser */
export function limitAttributes(parser: SaxesParser): void {
  let attributes = 0;
  parser.on('opentagstart', () => {
    attributes = 0;
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MOST_ATTRIBUTES)
      throw new Refusal('not-a-workbook', `an element with more than ${MOST_ATTRIBUTES} attributes`);
  });
}

/** Stands before the name of an entity that nobody has declared and HTML does not know either: a character that no file has. */
export const UNKNOWN_ENTITY = '\uE102';

/**
 * What HTML calls a character and XML does not: exporters forget which of the two they write. No name is unknown: what it stands for
 * matters to one text, and not to the file.
 */
const entities = (): Record<string, string> =>
  new Proxy({} as Record<string, string>, {
    get: (_, name) => (typeof name === 'string' ? (entityOf(name) ?? `${UNKNOWN_ENTITY}&${name};`) : undefined),
  });

/**
 * A document as a tree, prefixes of namespaces left out.
 * @throws Refusal `not-a-workbook` where it is no XML, or declares entities: no honest bank does
 */
export function parseXml(bytes: Uint8Array): XmlNode {
  const root: Growing = { name: '', text: '', attributes: {}, children: [] };
  const open: Growing[] = [root];
  let nodes = 0;
  const add = (node: Growing, attributes = 0): void => {
    nodes += 1 + attributes;
    if (nodes > MOST_NODES) throw new Refusal('not-a-workbook', `more than ${MOST_NODES} elements`);
    open.at(-1)?.children.push(node);
  };
  const addText = (text: string): void => add(textNode(text) as Growing);
  const parser = new SaxesParser();
  parser.ENTITIES = entities();
  parser.on('error', (error) => {
    throw new Refusal('not-a-workbook', error.message);
  });
  parser.on('doctype', (doctype) => {
    if (/<!ENTITY/i.test(doctype)) throw new Refusal('not-a-workbook', 'XML with entities of its own');
  });
  limitAttributes(parser);
  parser.on('opentag', ({ name, attributes }) => {
    const named = Object.entries(attributes).map(([key, value]) => [localName(key), value]);
    const node: Growing = { name: localName(name), text: '', attributes: Object.fromEntries(named), children: [] };
    if (open.length > DEEPEST) throw new Refusal('not-a-workbook', `elements in elements, ${DEEPEST} deep`);
    add(node, named.length);
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(decodeXml(bytes)).close();
  return root;
}

type Growing = XmlNode & { readonly children: Growing[] };

/** x:row is a row, whatever prefix a file gives its namespace. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Every element of that name, wherever it is, in order. */
export function allNamed(node: XmlNode, ...names: readonly string[]): readonly XmlNode[] {
  return node.children.flatMap((child) => [
    ...(names.includes(child.name) ? [child] : []),
    ...allNamed(child, ...names),
  ]);
}

export const childNamed = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((child) => child.name === name);

/** All text of an element as it stands: of a key, a number, what an address holds. What people read is read by `markup/`. */
export const textOf = (node: XmlNode): string =>
  node.text.replaceAll(UNKNOWN_ENTITY, '') + node.children.map(textOf).join('');

/** What may stand before the first element of a document. */
const PROLOG = /^(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^[>]*(?:\[.*?\]\s*)?>)/s;

/** The name of the first element, without a prefix; '' where there is none. */
export function rootName(text: string): string {
  let rest = text.replace(/^\uFEFF/, '');
  for (let found = PROLOG.exec(rest); found; found = PROLOG.exec(rest)) rest = rest.slice(found[0].length);
  return /^<(?:[^\s<>/:]+:)?([^\s<>/:]+)/.exec(rest)?.[1] ?? '';
}
