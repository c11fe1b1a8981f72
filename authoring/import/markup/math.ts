import { mathOf } from '../../../contract/content/formula.ts';
import type { XmlNode } from '../xml.ts';
import { allText, nameOf } from './nodes.ts';
import { Unreadable } from './unread.ts';

/** A formula in MathML as TeX with its marks, that a screen can draw. @throws Unreadable with the element it cannot say in TeX */
export function formulaOf(math: XmlNode): string {
  const display = math.attributes.display === 'block';
  const tex = rowOf(math.children).trim();
  if (tex === '') throw new Unreadable('<math>');
  try {
    mathOf(tex, display);
  } catch {
    throw new Unreadable('<math>');
  }
  return display ? `\\[${tex}\\]` : `\\(${tex}\\)`;
}

type Write = (node: XmlNode) => string;

/** Elements of MathML, and what says the same in TeX. */
const WRITERS: Readonly<Record<string, Write>> = {
  mi: (node) => identifier(node),
  mn: (node) => escaped(textIn(node)),
  mo: (node) => operator(textIn(node)),
  mtext: (node) => texts(node),
  ms: (node) => texts(node),
  mspace: () => '\\,',
  ...{
    mrow: (node) => rowOf(node.children),
    mstyle: (node) => rowOf(node.children),
    mpadded: (node) => rowOf(node.children),
  },
  mfrac: (node) => fraction(node),
  msqrt: (node) => `\\sqrt{${rowOf(node.children)}}`,
  mroot: (node) => of(node, 2, ([base, index]) => `\\sqrt[${index}]{${base}}`),
  msup: (node) => of(node, 2, ([base, above]) => `{${base}}^{${above}}`),
  msub: (node) => of(node, 2, ([base, below]) => `{${base}}_{${below}}`),
  msubsup: (node) => of(node, 3, ([base, below, above]) => `{${base}}_{${below}}^{${above}}`),
  munder: (node) => of(node, 2, ([base, below]) => under(base, below)),
  mover: (node) => of(node, 2, ([base, above]) => over(base, above)),
  munderover: (node) => of(node, 3, ([base, below, above]) => `${base}\\limits_{${below}}^{${above}}`),
  mfenced: (node) => fenced(node),
  mtable: (node) => table(node),
  semantics: (node) => semantics(node),
};

function texOf(node: XmlNode): string {
  if (node.name === '' && node.children.length === 0) {
    if (node.text.trim() !== '') throw new Unreadable('<math>');
    return '';
  }
  const name = nameOf(node);
  if (node.name === '') return rowOf(node.children);
  const write = Object.hasOwn(WRITERS, name) ? WRITERS[name] : undefined;
  if (!write || changesMeaning(node)) throw new Unreadable(`<${name}>`);
  return write(node);
}

const rowOf = (nodes: readonly XmlNode[]): string => nodes.map(texOf).join('');

/** Attributes that say more than how it looks: colours and sizes are left out as those of TeX are. */
const changesMeaning = ({ attributes }: XmlNode): boolean =>
  attributes.hidden !== undefined ||
  /display|visib|content|decoration|transform/.test(attributes.style ?? '') ||
  (attributes.mathvariant !== undefined && !/^(normal|italic)$/.test(attributes.mathvariant));

const elementsIn = ({ children }: XmlNode): readonly XmlNode[] => children.filter(({ name }) => name !== '');

/** An element with so many parts, each of them in TeX. */
function of(node: XmlNode, count: number, write: (parts: readonly [string, string, string]) => string): string {
  const parts = elementsIn(node);
  if (parts.length !== count) throw new Unreadable(`<${nameOf(node)}>`);
  const [first = '', second = '', third = ''] = parts.map(texOf);
  return write([first, second, third]);
}

const textIn = (node: XmlNode): string => {
  if (elementsIn(node).length > 0) throw new Unreadable(`<${nameOf(elementsIn(node)[0] as XmlNode)}>`);
  return allText(node).replace(/\s+/g, ' ').trim();
};

const SPECIAL: Readonly<Record<string, string>> = {
  ...{ '\\': '\\backslash ', '{': '\\{', '}': '\\}', '%': '\\%', '#': '\\#', '&': '\\&', $: '\\$', _: '\\_' },
  ...{ '^': '\\hat{}', '~': '\\sim ' },
};
const escaped = (text: string): string => text.replace(/[\\{}%#&$_^~]/g, (sign) => SPECIAL[sign] as string);

const HAN = /\p{Script=Han}/u;

function identifier(node: XmlNode): string {
  const text = textIn(node);
  const isUpright = node.attributes.mathvariant === 'normal';
  if (HAN.test(text)) return inText(text);
  if ([...text].length === 1) return isUpright ? `\\mathrm{${escaped(text)}}` : escaped(text);
  return text === '' ? '' : `\\mathrm{${escaped(text)}}`;
}

const texts = (node: XmlNode): string => {
  const text = textIn(node);
  return text === '' ? '\\ ' : inText(allText(node).replace(/\s+/g, ' '));
};
function inText(text: string): string {
  if (/[\\{}$^~]/.test(text)) throw new Unreadable('<mtext>');
  return `\\text{${text.replace(/[%#&_]/g, '\\$&')}}`;
}

/** Signs that only say how what stands beside them is meant: times, a function, a comma, plus. */
const UNSEEN = /[\u2061-\u2064\u200B]/g;
const NAMED: Readonly<Record<string, string>> = {
  '∑': '\\sum ',
  '∏': '\\prod ',
  '∫': '\\int ',
  lim: '\\lim ',
  '−': '-',
};

function operator(text: string): string {
  const seen = text.replace(UNSEEN, '');
  if (Object.hasOwn(NAMED, seen)) return NAMED[seen] as string;
  return /^[a-z]{2,}$/i.test(seen) ? `\\operatorname{${seen}}` : escaped(seen);
}

function fraction(node: XmlNode): string {
  if (/^0(\D|$)/.test(node.attributes.linethickness ?? '')) throw new Unreadable('<mfrac linethickness>');
  return of(node, 2, ([top, bottom]) => `\\frac{${top}}{${bottom}}`);
}

const OVER: Readonly<Record<string, string>> = {
  ...{ '¯': '\\overline', '‾': '\\overline', '―': '\\overline', '-': '\\overline', '→': '\\vec', '⃗': '\\vec' },
  ...{ '\\hat{}': '\\hat', '\\sim ': '\\tilde', '˙': '\\dot', '.': '\\dot', '¨': '\\ddot', '⏞': '\\overbrace' },
};
const UNDER: Readonly<Record<string, string>> = { '\\_': '\\underline', '¯': '\\underline', '⏟': '\\underbrace' };

const isLarge = (base: string): boolean =>
  /^\\(sum|prod|int|lim) $|^\\(mathrm|operatorname)\{(lim|max|min|sup|inf)\}$/.test(base);

function over(base: string, above: string): string {
  const accent = Object.hasOwn(OVER, above) ? OVER[above] : undefined;
  if (accent) return `${accent}{${base}}`;
  return isLarge(base) ? `${base}\\limits^{${above}}` : `\\overset{${above}}{${base}}`;
}

function under(base: string, below: string): string {
  const line = Object.hasOwn(UNDER, below) ? UNDER[below] : undefined;
  if (line) return `${line}{${base}}`;
  const named = base.replace(/^\\(mathrm|operatorname)(?=\{(lim|max|min|sup|inf)\}$)/, '\\operatorname*');
  return isLarge(base) ? `${named}${named === base ? '\\limits' : ''}_{${below}}` : `\\underset{${below}}{${base}}`;
}

function fenced(node: XmlNode): string {
  const { open = '(', close = ')', separators = ',' } = node.attributes;
  const [sign = '', ...others] = separators.replace(/\s/g, '');
  if (others.some((other) => other !== sign)) throw new Unreadable('<mfenced separators>');
  const fence = (mark: string): string => (mark.trim() === '' ? '.' : escaped(mark.trim()));
  return `\\left${fence(open)}${elementsIn(node).map(texOf).join(escaped(sign))}\\right${fence(close)}`;
}

function table(node: XmlNode): string {
  const rows = elementsIn(node).map((row) => {
    if (nameOf(row) !== 'mtr') throw new Unreadable(`<${nameOf(row)}>`);
    return elementsIn(row).map((cell) => {
      const { rowspan = '1', columnspan = '1' } = cell.attributes;
      if (nameOf(cell) !== 'mtd' || rowspan !== '1' || columnspan !== '1') throw new Unreadable(`<${nameOf(cell)}>`);
      return rowOf(cell.children);
    });
  });
  return `\\begin{matrix}${rows.map((row) => row.join('&')).join('\\\\')}\\end{matrix}`;
}

/** What a formula was made of is said beside it; where that is TeX, it is what somebody wrote. */
function semantics(node: XmlNode): string {
  const [shown, ...notes] = elementsIn(node);
  const tex = notes.find((note) => /^(application\/x-(tex|latex)|tex|latex)$/i.test(note.attributes.encoding ?? ''));
  const written = tex && allText(tex).trim();
  if (written) return written;
  return shown ? texOf(shown) : '';
}
