import type { Locale } from '../../../contract/words/localized.ts';
import type { Mark } from '../passage.ts';
import type { XmlNode } from '../xml.ts';
import { isUsual, isWhite } from './colours.ts';
import { isOfSigns } from './declarations.ts';
import { sortOf } from './elements.ts';
import { attribute, has, nameOf, saysSomething } from './nodes.ts';
import type { Around, Notes } from './notes.ts';
import type { Style } from './style.ts';
import { hasGround, styleOf } from './styles.ts';
import { Unreadable } from './unread.ts';

/** Classes with which pages keep words from whoever sees: Moodle's, Bootstrap's and those of QTI 3. */
const UNSEEN = /(^|\s)(accesshide|sr-only|(qti-)?visually-?hidden|d-none|hidden|hide|invisible|qti-hidden)(\s|$)/;

/** Classes that change what words look like so much that they say something else. */
const CHANGING =
  /(^|\s)([\w-]*(line-through|strikethrough|uppercase|lowercase|capitalize|vertical-rl|vertical-lr)[\w-]*)(\s|$)/;

/** Drawn by a script from something else, which is not there. */
const DRAWN = /(^|\s)MathJax(_\w+)?(\s|$)/;

/** An element as it is seen: not at all, or with what its style makes of it. @throws Unreadable */
export function seenAs(node: XmlNode, around: Around, notes: Notes): Style | undefined {
  const style = styleOf(attribute(node, 'style') ?? '');
  if (!isInLanguage(node, notes)) return undefined;
  const says = saysSomething(node);
  const why = hiddenBy(node, style, around);
  if (why !== undefined) {
    if (says && isShownInside(node)) throw new Unreadable(why);
    if (says) notes.leftOut.add(why);
    return undefined;
  }
  if (!says) return { ...style, struck: false, unread: undefined };
  const unread = unreadOf(node, style);
  if (unread) throw unread;
  return style;
}

/** What of an element is not understood, where it says something. */
function unreadOf(node: XmlNode, style: Style): Unreadable | undefined {
  const classes = attribute(node, 'class') ?? '';
  if (DRAWN.test(classes)) return new Unreadable('MathJax');
  const changing = CHANGING.exec(classes)?.[2];
  if (changing) return new Unreadable(`class="${changing}"`);
  if (attribute(node, 'background')) return new Unreadable(`<${node.name} background>`, 'picture-needed');
  const face = attribute(node, 'face');
  if (face && isOfSigns(face)) return new Unreadable(`face="${face}"`);
  if (style.struck) return new Unreadable('text-decoration: line-through');
  if (style.lineOver && sortOf(nameOf(node)) === 'inline') return new Unreadable('border-top');
  return style.unread === undefined ? undefined : new Unreadable(style.unread);
}

/** Why nobody sees an element, by its name. */
function hiddenBy(node: XmlNode, style: Style, { onGround }: Around): string | undefined {
  const css = attribute(node, 'style') ?? '';
  const name = nameOf(node);
  for (const way of ['hidden', 'popover']) if (attribute(node, way) !== undefined) return `<${name} ${way}>`;
  if (style.hidden) return `<${name} style="${css.trim()}">`;
  const [unseen] = UNSEEN.exec(attribute(node, 'class') ?? '') ?? [];
  if (unseen) return `<${name} class="${unseen.trim()}">`;
  if (/(^|\s)katex-html(\s|$)/.test(attribute(node, 'class') ?? '')) return 'katex-html';
  const isBright =
    style.white ||
    /(^|\s)text-white(\s|$)/.test(attribute(node, 'class') ?? '') ||
    (name === 'font' && isWhite(attribute(node, 'color') ?? ''));
  return isBright && !onGround && !putsGround(node) ? `<${name} style="color: white">` : undefined;
}

export const putsGround = (node: XmlNode): boolean =>
  attribute(node, 'bgcolor') !== undefined ||
  /(^|\s)bg-(?!white|transparent|light)/.test(attribute(node, 'class') ?? '') ||
  hasGround(attribute(node, 'style') ?? '');

/** Ways to hide that what is inside may take back for itself. */
const TAKEN_BACK = [
  /(^|[\s;])visibility\s*:/i,
  /(^|[\s;])font(-size)?\s*:/i,
  /(^|[\s;])(-webkit-text-fill-)?color\s*:/i,
];

/** Whether what is hidden holds what may show itself again: letters of no size, and of some size in them. */
function isShownInside(node: XmlNode): boolean {
  const css = attribute(node, 'style') ?? '';
  if (/display\s*:\s*none/i.test(css) || attribute(node, 'hidden') !== undefined) return false;
  const takes = (one: XmlNode): boolean =>
    TAKEN_BACK.some((property) => property.test(css) && property.test(attribute(one, 'style') ?? ''));
  return node.children.some((child) => has(child, takes));
}

const LOCALES: readonly (readonly [RegExp, Locale])[] = [
  [/^(zh|cmn)([-_].*)?$/i, 'zh'],
  [/^en([-_].*)?$/i, 'en'],
];

/** Of what is there in several languages, whether it is the one that is read. */
function isInLanguage(node: XmlNode, notes: Notes): boolean {
  if (!/(^|\s)multilang(\s|$)/.test(attribute(node, 'class') ?? '')) return true;
  const written = attribute(node, 'lang') ?? attribute(node, 'xml:lang') ?? '';
  const locales = written.split(/[\s,]+/).map((tag) => LOCALES.find(([is]) => is.test(tag))?.[1]);
  if (!locales.every((locale) => locale !== undefined)) throw new Unreadable(`multilang lang="${written}"`);
  for (const locale of locales) notes.parts[locale] += 1;
  return locales.includes(notes.locale);
}

const MARKS: Readonly<Record<string, Mark>> = {
  ...{ u: 'underline', ins: 'underline', b: 'bold', strong: 'bold', i: 'italic', em: 'italic', mark: 'highlight' },
};

/** How an element stands out. */
export const marksOf = (node: XmlNode, { marks }: Style): readonly Mark[] => {
  const own = MARKS[nameOf(node)];
  const colour = nameOf(node) === 'font' ? attribute(node, 'color') : undefined;
  return [...marks, ...(own ? [own] : []), ...(colour && !isUsual(colour) ? ['colour' as const] : [])];
};
