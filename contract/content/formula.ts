import library, { type Options } from 'temml';
import { LONGEST_FORMULA } from './tokens.ts';

/** Its types say what a script without modules would have. */
const temml = library as unknown as { __renderToMathMLTree(tex: string, options: Options): Node };

/** A formula as MathML: elements that every browser of today draws, and nothing that loads, links, runs or lays itself over a page. */
export type MathElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly classes: string;
  /** By the names that scripts use: `paddingLeft`. */
  readonly style: Readonly<Record<string, string>>;
  readonly children: readonly (MathElement | string)[];
};

/** TeX that nobody could draw as it was meant. The message says why, for whoever wrote it. */
export class UnreadableFormula extends Error {}

const ELEMENTS: ReadonlySet<string> = new Set([
  ...['math', 'mrow', 'mi', 'mn', 'mo', 'mtext', 'mspace', 'mstyle', 'mpadded', 'mphantom', 'mfrac', 'msqrt', 'mroot'],
  ...['msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover', 'mmultiscripts', 'mprescripts', 'none'],
  ...['mtable', 'mtr', 'mtd'],
]);
const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['display', 'displaystyle', 'scriptlevel', 'mathvariant', 'mathsize', 'width', 'height', 'depth', 'voffset'],
  ...['lspace', 'rspace', 'fence', 'form', 'stretchy', 'symmetric', 'separator', 'minsize', 'maxsize', 'largeop'],
  ...['movablelimits', 'accent', 'accentunder', 'linethickness', 'columnspan', 'rowspan'],
]);
/** Colours are left out: what is read in the dark, or by contrast, has those of the page. */
const STYLE = /^(padding|border|width$|textAlign$|mathDepth$|fontWeight$|display$)/;

/** Commands that change what others mean, number and refer, or paint. */
const REFUSED =
  /\\(def|gdef|edef|xdef|let|futurelet|global|long|(?:re)?newcommand|providecommand|DeclareMathOperator|label|ref|eqref|tag|notag|nonumber|rule)(?![a-zA-Z])/;
/** From an unescaped percent sign on TeX sees nothing: 50% would be shown as 50. */
const COMMENT = /(?:^|[^\\])(?:\\\\)*%/;

/** How often what stands for something longer may be written out. */
const MOST_EXPANSIONS = 500;
/** In em; what is meant to be larger is not. */
const LARGEST = [10, 10] as const;

/**
 * @param tex without its marks
 * @throws UnreadableFormula
 */
export function mathOf(tex: string, display: boolean): MathElement {
  if (tex.length > LONGEST_FORMULA) throw new UnreadableFormula('too long');
  if (COMMENT.test(tex)) throw new UnreadableFormula('a percent sign is written \\%');
  const refused = REFUSED.exec(tex)?.[0];
  if (refused) throw new UnreadableFormula(`${refused} is not shown here`);
  try {
    return elementOf(treeOf(tex, display));
  } catch (error) {
    if (error instanceof UnreadableFormula) throw error;
    // Deeper than a program can follow, or no TeX.
    throw new UnreadableFormula(error instanceof RangeError ? 'too deep' : reasonIn((error as Error).message));
  }
}

/** A node of the library's tree; of text only `text`. */
type Node = {
  readonly type?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly classes?: readonly string[];
  readonly style?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Node[];
};

/** Its own way to a document writes styles that the page may not take; so what it would write is taken over. */
const treeOf = (tex: string, displayMode: boolean): Node =>
  temml.__renderToMathMLTree(tex, {
    ...{ displayMode, throwOnError: true, trust: false, strict: false, annotate: false },
    ...{ maxExpand: MOST_EXPANSIONS, maxSize: [...LARGEST], macros: {} },
  });

/** `<menclose>` is drawn by no browser; of what it encloses with, these two lines are. */
const LINES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  top: { paddingTop: '0.1em', borderTop: '0.065em solid' },
  bottom: { paddingBottom: '0.1em', borderBottom: '0.065em solid' },
};

function elementOf(node: Node): MathElement {
  const line = node.type === 'menclose' ? LINES[String(node.attributes?.notation)] : undefined;
  return asElement(line ? { ...node, type: 'mrow', style: line } : node);
}

function asElement({ type = '', attributes = {}, classes = [], style = {}, children = [] }: Node): MathElement {
  if (!ELEMENTS.has(type)) throw new UnreadableFormula(`holds what is not shown here: ${type || 'no element'}`);
  // Browsers draw no line break in a formula: two equations would run into each other.
  if (attributes.linebreak === 'newline')
    throw new UnreadableFormula('lines are parted by \\\\ in an environment only');
  const written = typeof attributes.style === 'string' ? declarations(attributes.style) : [];
  const styled = [...Object.entries(style), ...written].map(
    ([name, value]) => [camelCase(name), String(value)] as const,
  );
  return {
    name: type,
    attributes: Object.fromEntries(
      Object.entries(attributes).flatMap(([name, value]) => (ATTRIBUTES.has(name) ? [[name, String(value)]] : [])),
    ),
    classes: classes.filter(Boolean).join(' '),
    style: Object.fromEntries(styled.filter(([name]) => STYLE.test(name))),
    children: children.flatMap(childrenOf),
  };
}

/** A text, an element, or several that the library holds together without an element. */
const childrenOf = (node: Node): readonly (MathElement | string)[] => {
  if (typeof node.text === 'string') return [node.text];
  return node.type === undefined && node.children ? node.children.flatMap(childrenOf) : [elementOf(node)];
};

const declarations = (css: string): readonly (readonly [string, string])[] =>
  css.split(';').flatMap((one) => {
    const [name, value] = one.split(':');
    return name && value ? [[name.trim(), value.trim()] as const] : [];
  });

const camelCase = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The library repeats the formula behind its reason. */
const reasonIn = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/ at (position \d+|end of input):.*$/, '').trim();
