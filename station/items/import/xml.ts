import { XMLParser } from 'fast-xml-parser';
import { Refusal } from '../../../contract/reasons.ts';
import { decodeText } from './text.ts';

/** An element, or a run of text, where `name` is ''. */
export type XmlNode = {
  readonly name: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
};

const parser = new XMLParser({
  ...{ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true },
  ...{
    trimValues: false,
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
  },
});
const ATTRIBUTES = ':@';

/**
 * A document as a tree, prefixes of namespaces left out.
 * @throws Refusal `not-a-workbook` where it is no XML, or declares entities: no honest bank does
 */
export function parseXml(bytes: Uint8Array): XmlNode {
  const text = decodeText(bytes);
  if (/<!ENTITY/i.test(text)) throw new Refusal('not-a-workbook', 'XML with entities of its own');
  try {
    return { name: '', text: '', attributes: {}, children: (parser.parse(text, true) as RawNode[]).map(nodeOf) };
  } catch (error) {
    throw new Refusal('not-a-workbook', (error as Error).message);
  }
}

type RawNode = Record<string, unknown>;

function nodeOf(raw: RawNode): XmlNode {
  const name = Object.keys(raw).find((key) => key !== ATTRIBUTES) ?? '';
  const attributes = (raw[ATTRIBUTES] ?? {}) as Record<string, string>;
  const inner = raw[name];
  if (name === '#text') return { name: '', text: String(inner), attributes, children: [] };
  return { name, text: '', attributes, children: Array.isArray(inner) ? inner.map(nodeOf) : [] };
}

/** Every element of that name, wherever it is, in order. */
export function allNamed(node: XmlNode, ...names: readonly string[]): readonly XmlNode[] {
  return node.children.flatMap((child) => [
    ...(names.includes(child.name) ? [child] : []),
    ...allNamed(child, ...names),
  ]);
}

export const childNamed = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((child) => child.name === name);

/** Elements that begin on a line of their own. */
const BLOCKS = /^(p|div|br|li|ul|ol|table|tr|h[1-6]|simplechoice|qti-simple-choice)$/i;

/** What a reader sees of an element. */
export const textOf = (node: XmlNode): string => {
  if (node.name === '') return decodeEntities(node.text) + node.children.map(textOf).join('');
  const inner = node.children.map(textOf).join('');
  if (/^sup$/i.test(node.name)) return raised(inner);
  return (BLOCKS.test(node.name) ? '\n' : '') + inner;
};

/** 10<sup>4</sup> must not become 104. */
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-'].map((sign, at) => [sign, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'][at] as string]),
);
const raised = (text: string): string => {
  const signs = [...text.trim().replace(/−/g, '-')];
  return signs.every((sign) => sign in RAISED) ? signs.map((sign) => RAISED[sign]).join('') : `^(${text.trim()})`;
};

/** Elements of HTML that people write text with. What else stands between < and > is text: U<u1 且 u2>5. */
const TAGS =
  /<\/?(a|abbr|b|big|blockquote|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|ins|li|ol|p|pre|s|small|span|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)(\s[^<>]*)?\/?>|<!--.*?-->/gis;

/** What a reader sees of a piece of HTML; nothing where it holds a picture or anything else that is no text. */
export function htmlText(html: string): string | undefined {
  if (/<(img|video|audio|object|svg|math|iframe|embed)\b|@@PLUGINFILE@@/i.test(html)) return undefined;
  const lines = html
    .replace(/<sup(?:\s[^<>]*)?>([^<]*)<\/sup>/gi, (_, inner: string) => raised(inner))
    .replace(/<(br|\/p|\/div|\/li)\b[^<>]*>/gi, '\n');
  return decodeEntities(lines.replace(TAGS, ''));
}

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&', apos: "'" };

const decodeEntities = (text: string): string =>
  text.replace(/&(nbsp|lt|gt|quot|amp|apos|#\d{1,7}|#x[\da-f]{1,6});/gi, (_, name: string) =>
    entity(name.toLowerCase()),
  );

function entity(name: string): string {
  const known = ENTITIES[name];
  if (known !== undefined) return known;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : '';
}
