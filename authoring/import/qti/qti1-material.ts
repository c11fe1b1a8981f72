import { htmlPassage, type Unread } from '../markup/index.ts';
import { type Passage, plain } from '../passage.ts';
import { refuse } from '../problems.ts';
import { addressFrom, type Find } from './addresses.ts';
import { elementsOf, type QtiNode, tagOf, wordsIn } from './tree.ts';

/** Material of QTI 1.2 as one piece of HTML, or the part of it that is not understood. */
export type Material = { readonly html: string } | { readonly unread: string };

/** Elements that only hold others, each beginning a line. */
const BLOCKS = new Set([
  ...['flow', 'flow_mat', 'flow_label', 'material', 'presentation_material', 'rubric', 'mat_extension', 'itemfeedback'],
]);

/** Without a word about it, QTI 1.2 shows a part to everybody. */
export const isForCandidates = ({ attributes: { view = 'All' } }: QtiNode): boolean =>
  /^(all|candidate)$/i.test(view.trim());

/** @param skip what is read elsewhere */
function materialOf(node: QtiNode, skip: (node: QtiNode) => boolean = () => false): Material {
  if (skip(node)) return { html: '' };
  const read = PARTS[node.name];
  if (read) return read(node);
  if (!BLOCKS.has(node.name)) return { unread: tagOf(node) };
  return joined(node, skip);
}

/** What is in an element, which may itself be of any name. */
export function joined(node: QtiNode, skip: (node: QtiNode) => boolean = () => false): Material {
  if (node.children.some(({ name, text }) => name === '' && text.trim() !== '')) return { unread: tagOf(node) };
  const parts = elementsOf(node).map((child) => materialOf(child, skip));
  const unread = parts.find((part) => 'unread' in part);
  return unread ?? { html: `<div>${parts.map((part) => ('html' in part ? part.html : '')).join('')}</div>` };
}

const PARTS: Readonly<Record<string, (node: QtiNode) => Material>> = {
  mattext: (node) => textOf(node, node.attributes.texttype ?? 'text/plain'),
  matemtext: (node) => textOf(node, node.attributes.texttype ?? 'text/plain'),
  mat_formattedtext: (node) => textOf(node, node.attributes.type ?? 'PLAIN_TEXT'),
  matbreak: () => ({ html: '<br>' }),
  matimage: imageOf,
  // What is said of a picture to whoever cannot see it.
  qticomment: () => ({ html: '' }),
};

const HTML = /^(text\/html|text\/xhtml|text\/x-?html|html|smart_text)$/i;
const PLAIN = /^(text\/plain|text|plain_text|plain)$/i;

function textOf(node: QtiNode, type: string): Material {
  if (elementsOf(node).length > 0 || node.attributes.uri !== undefined) return { unread: tagOf(node) };
  const text = rawText(node);
  if (HTML.test(type.trim())) return { html: text };
  return PLAIN.test(type.trim()) ? { html: escaped(text).replaceAll('\n', '<br>') } : { unread: `texttype="${type}"` };
}

const rawText = (node: QtiNode): string => node.children.map(({ text }) => text).join('');

function imageOf(node: QtiNode): Material {
  const { uri, embedded, imagtype = 'image/png', label = '' } = node.attributes;
  const src = embedded ? `data:${imagtype};base64,${wordsIn(node).replace(/\s+/g, '')}` : uri;
  if (src === undefined || (embedded && embedded !== 'base64')) return { unread: tagOf(node) };
  return { html: `<img src="${escaped(src)}" alt="${escaped(label)}">` };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Where Canvas keeps the files of a course, and how it writes that place in an address. */
const CANVAS_FILES = /^(\$|%24)IMS[-_]CC[-_]FILEBASE(\$|%24)\//i;
const CANVAS_FOLDERS = ['web_resources/', ''];

/** Addresses that only the server knows from which a package was taken. */
const SERVER_STUB = /@X@[\w.]+@X@/;
const COURSE_FILE = /(\$|%24)IMS[-_]CC[-_]FILEBASE(\$|%24)/i;

/**
 * What a reader sees of material; or what in it is not understood.
 * @param folder where the document stands
 */
function qti1Passage(html: string, find: Find, folder: string): Passage | Unread {
  return htmlPassage(html, (src) => {
    const file = src.replace(CANVAS_FILES, '').replace(/[?#].*$/s, '');
    const folders = CANVAS_FILES.test(src) ? [...CANVAS_FOLDERS, folder] : [folder, ''];
    for (const start of folders) {
      const found = find(addressFrom(start, file));
      if (found) return found;
    }
    return undefined;
  });
}

/** What a piece of HTML wants from a server, besides pictures that are in the package. */
function wantedElsewhere(html: string): string | undefined {
  const [stub] = SERVER_STUB.exec(html) ?? [];
  if (stub !== undefined) return stub;
  const [file] = COURSE_FILE.exec(html.replace(/<img\b[^<>]*>/gi, '')) ?? [];
  return file;
}

/** What a reader sees of material; or what in it is not understood, or lies on a server. */
export function seen(
  material: Material,
  { find, folder }: { readonly find: Find; readonly folder: string },
): Passage | Unread {
  const construct = 'unread' in material ? material.unread : wantedElsewhere(material.html);
  if (construct !== undefined) return refuse('construct-unread', { construct });
  return 'html' in material ? qti1Passage(material.html, find, folder) : plain('');
}
