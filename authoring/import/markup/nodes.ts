import type { XmlNode } from '../xml.ts';

export const nameOf = ({ name }: XmlNode): string => name.toLowerCase();

export const attribute = ({ attributes }: XmlNode, name: string): string | undefined => attributes[name];

/** All the text under a node. */
export const allText = (node: XmlNode): string => node.text + node.children.map(allText).join('');

/** Whether a node, or one under it, is as asked for. */
export const has = (node: XmlNode, is: (node: XmlNode) => boolean): boolean =>
  is(node) || node.children.some((child) => has(child, is));

/** Whether there is anything under a node that somebody could see. */
export const saysSomething = (node: XmlNode): boolean =>
  has(node, (one) =>
    one.name === '' ? one.text.trim() !== '' : /^(img|object|math|input|svg|video|audio)$/i.test(one.name),
  );
