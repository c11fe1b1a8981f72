import { type DefaultTreeAdapterTypes as Dom, defaultTreeAdapter, parseFragment } from 'parse5';
import { textNode, type XmlNode } from '../xml.ts';

/** No text that people write is deeper, and whoever walks the tree must not fall. */
const DEEPEST = 200;

class TooDeep extends Error {}

/** What a browser would make of a piece of HTML, as a tree; nothing where its elements are too deep in each other. */
export function treeOfHtml(html: string): XmlNode | undefined {
  let depth = 0;
  const treeAdapter = {
    ...defaultTreeAdapter,
    // Here, as the parser itself looks through all that is open, again and again.
    onItemPush: () => {
      depth += 1;
      if (depth > DEEPEST) throw new TooDeep();
    },
    onItemPop: () => {
      depth -= 1;
    },
  };
  try {
    return { ...textNode(''), children: nodesOf(parseFragment(html, { treeAdapter }).childNodes) };
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    throw error;
  }
}

const nodesOf = (nodes: readonly Dom.ChildNode[]): readonly XmlNode[] =>
  nodes.flatMap((node): readonly XmlNode[] => {
    if (defaultTreeAdapter.isTextNode(node)) return [textNode(node.value)];
    if (!defaultTreeAdapter.isElementNode(node)) return [];
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    return [{ name: node.tagName, text: '', attributes, children: nodesOf(node.childNodes) }];
  });
