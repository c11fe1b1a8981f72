import type { XmlNode } from '../xml.ts';
import { addressFrom, folderOf } from './addresses.ts';

/** An element of QTI under its name in 2.x, whichever of the two spellings a file has. */
export type QtiNode = Omit<XmlNode, 'children'> & {
  /** What the file calls it: whoever mends the file looks for that. */
  readonly written: string;
  readonly children: readonly QtiNode[];
};

/** Attributes that are the address of another file. */
const ADDRESSES: Readonly<Record<string, string>> = {
  img: 'src',
  object: 'data',
  include: 'href',
  assessmentStimulusRef: 'href',
  assessmentItemRef: 'href',
  assessmentSectionRef: 'href',
};

/**
 * A document of QTI: names as 2.x spells them, addresses as they are from the top of the package.
 * @param folder where the document stands
 */
export function qtiTree(node: XmlNode, folder: string): QtiNode {
  const isNew = node.name.startsWith('qti-');
  const name = isNew ? camel(node.name.slice('qti-'.length)) : node.name;
  // A prefix is not kept, so this is xml:base.
  const { base } = node.attributes;
  const here = base === undefined ? folder : folderOf(addressFrom(folder, base));
  const attributes = isNew
    ? Object.fromEntries(Object.entries(node.attributes).map(([key, value]) => [camelAttribute(key), value]))
    : node.attributes;
  const [named, address] = [ADDRESSES[name], attributes[ADDRESSES[name] ?? '']];
  return {
    ...node,
    name,
    written: node.name,
    attributes: named && address !== undefined ? { ...attributes, [named]: addressFrom(here, address) } : attributes,
    children: node.children.map((child) => qtiTree(child, here)),
  };
}

const camel = (name: string): string => name.replace(/-([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
const camelAttribute = (name: string): string => (/^(data|aria)-/.test(name) ? name : camel(name));

/** As a report names it. */
export const tagOf = ({ written }: Pick<QtiNode, 'written'>): string => `<${written}>`;

/** Every element below, in order. */
export const elements = (node: QtiNode): readonly QtiNode[] =>
  node.children.flatMap((child) => (child.name === '' ? [] : [child, ...elements(child)]));

export const allIn = (node: QtiNode, ...names: readonly string[]): readonly QtiNode[] =>
  elements(node).filter(({ name }) => names.includes(name));

/** The same, but none that is inside another of them. */
export const outermostIn = (node: QtiNode, ...names: readonly string[]): readonly QtiNode[] =>
  node.children.flatMap((child) => (names.includes(child.name) ? [child] : outermostIn(child, ...names)));

export const elementsOf = (node: QtiNode): readonly QtiNode[] => node.children.filter(({ name }) => name !== '');

export const childOf = (node: QtiNode, name: string): QtiNode | undefined =>
  node.children.find((child) => child.name === name);

/** The words in an element, with nothing around them. */
export const wordsIn = (node: QtiNode): string => (node.text + node.children.map(wordsIn).join('')).trim();

/** The values that a declaration lists. */
export const valuesIn = (node: QtiNode | undefined): readonly string[] =>
  node ? allIn(node, 'value').map((value) => wordsIn(value)) : [];

export const blockOf = (children: readonly QtiNode[]): QtiNode => ({
  name: 'div',
  written: 'div',
  text: '',
  attributes: {},
  children,
});
