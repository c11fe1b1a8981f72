import type { Mark } from '../passage.ts';

/** What a style makes of the element that has it, besides how it looks. */
export type Style = {
  /** Nobody sees it. */
  readonly hidden: boolean;
  readonly struck: boolean;
  readonly block: boolean;
  /** Blanks and line ends as they stand, or the line ends alone. */
  readonly kept: 'all' | 'lines' | undefined;
  readonly raised: 'higher' | 'lower' | undefined;
  /** Of a list: how it is numbered. */
  readonly numbering: string | undefined;
  /** Ways in which it stands out, of which a question may speak. */
  readonly marks: readonly Mark[];
  /** A line under it, as under a gap to fill. */
  readonly lineUnder: boolean;
  /** The first declaration that may change what is said, as it was written. */
  readonly unread: string | undefined;
};

/** Declarations of nothing but looks. */
const LOOKS = new RegExp(
  `^(${[
    '-(webkit|moz|ms|o)-.*|--.*|mso-(?!hide).*|font(-.*)?|background(-.*)?|color|margin(-.*)?|padding(-.*)?|border(-.*)?|outline(-.*)?',
    '(min-|max-)?(width|height|(inline|block)-size)|text-(align|indent|justify|shadow|size-adjust|wrap|overflow|autospace|underline-.*|rendering)(-.*)?',
    'text-decoration-(color|style|thickness|skip.*)|vertical-align|line-(height|break)|letter-spacing|word-(spacing|break|wrap)|overflow(-.*)?',
    'white-space(-.*)?|list-style(-.*)?|float|clear|z-index|cursor|box-.*|page-break-.*|break-.*|page|orphans|widows|tab-(stops?|size|interval)',
    'layout-grid.*|punctuation-.*|hyphens|table-layout|caption-side|empty-cells|align-.*|justify-.*|place-.*|gap|row-gap|column.*|flex(-(grow|shrink|basis|wrap|flow))?',
    'grid(-.*)?|transition.*|animation.*|user-select|pointer-events|zoom|object-(fit|position)|panose-1|ruby-.*|lang|language|quotes|image-rendering',
    'scroll.*|resize|speak.*|stroke(-.*)?|fill(-.*)?|filter|isolation|will-change|contain|accent-color|caret-color|color-scheme|appearance|text-emphasis(-.*)?',
  ].join('|')})$`,
);

/** Fonts whose letters are pictures or other letters. */
const SIGNS = /symbol\b|wingdings|webdings|dingbats|marlett|mt extra/i;
/** Whether the first font of a list is one of those. */
export const isOfSigns = (fonts: string): boolean => SIGNS.test(fonts.split(',')[0] ?? '');

type Judgement = Partial<Style>;
const NOTHING: Style = {
  ...{ hidden: false, struck: false, block: false, kept: undefined, raised: undefined, numbering: undefined },
  ...{ marks: [], lineUnder: false, unread: undefined },
};

const isZero = (value: string): boolean => /^0(\.0+)?(px|pt|em|rem|%)?$/.test(value);
const isFar = (value: string): boolean => /^-\d{3,}/.test(value);
const mark = (...marks: readonly Mark[]): Judgement => ({ marks });

/** What is said by properties that are more than looks; nothing where the value says nothing of the kind. */
const JUDGES: Readonly<Record<string, (value: string) => Judgement | 'unread' | undefined>> = {
  display: (value) => {
    if (value === 'none') return { hidden: true };
    if (/^(block|flex|grid|list-item|flow-root)$/.test(value)) return { block: true };
    return /^(inline(-(block|flex|grid))?|contents|ruby|initial|inherit|unset|revert|table(-.*)?)$/.test(value)
      ? undefined
      : 'unread';
  },
  visibility: (value) => (/^(hidden|collapse)$/.test(value) ? { hidden: true } : undefined),
  opacity: (value) => (isZero(value) ? { hidden: true } : undefined),
  'mso-hide': (value) => (/all|screen/.test(value) ? { hidden: true } : undefined),
  'font-size': (value) => (isZero(value) ? { hidden: true } : undefined),
  font: (value) => (isOfSigns(value) ? 'unread' : undefined),
  'font-family': (value) => (isOfSigns(value) ? 'unread' : undefined),
  'font-weight': (value) => (/^(bold|bolder|[6-9]\d\d)$/.test(value) ? mark('bold') : undefined),
  'font-style': (value) => (/^(italic|oblique)/.test(value) ? mark('italic') : undefined),
  color: (value) => (value === 'transparent' ? { hidden: true } : isBlack(value) ? undefined : mark('colour')),
  background: (value) => backdrop(value),
  'background-color': (value) => backdrop(value),
  'background-image': (value) => backdrop(value),
  'text-indent': (value) => (isFar(value) ? { hidden: true } : undefined),
  'text-decoration': (value) => decoration(value),
  'text-decoration-line': (value) => decoration(value),
  'text-emphasis': (value) => (value === 'none' ? undefined : mark('dots')),
  'text-emphasis-style': (value) => (value === 'none' ? undefined : mark('dots')),
  'text-transform': (value) => (/^(none|inherit|initial|unset)$/.test(value) ? undefined : 'unread'),
  'vertical-align': (value) =>
    value === 'super' ? { raised: 'higher' } : value === 'sub' ? { raised: 'lower' } : undefined,
  'white-space': (value) =>
    /^(pre|pre-wrap|break-spaces)$/.test(value)
      ? { kept: 'all' }
      : value === 'pre-line'
        ? { kept: 'lines' }
        : undefined,
  'list-style': (value) => ({ numbering: value }),
  'list-style-type': (value) => ({ numbering: value }),
  'list-style-image': (value) => (value === 'none' ? undefined : { numbering: 'disc' }),
  'border-bottom': (value) => (/^(0|none)/.test(value) ? undefined : { lineUnder: true }),
  position: (value) => (/^(static|relative|sticky|inherit|initial|unset)$/.test(value) ? undefined : 'unread'),
  left: (value) => (isFar(value) ? { hidden: true } : undefined),
  top: (value) => (isFar(value) ? { hidden: true } : undefined),
  ...{ right: () => undefined, bottom: () => undefined },
  direction: (value) => (value === 'rtl' ? 'unread' : undefined),
  'unicode-bidi': (value) => (/override|plaintext/.test(value) ? 'unread' : undefined),
  'writing-mode': (value) => (/^(horizontal-tb|lr-tb|initial|inherit)$/.test(value) ? undefined : 'unread'),
  transform: (value) => (value === 'none' ? undefined : 'unread'),
  clip: (value) => (value === 'auto' ? undefined : { hidden: true }),
  'clip-path': (value) => (value === 'none' ? undefined : { hidden: true }),
  content: (value) => (/^(normal|none)$/.test(value) ? undefined : 'unread'),
};

const isBlack = (value: string): boolean =>
  /^(black|#000|#000000|rgb\(0, ?0, ?0\)|inherit|initial|unset|currentcolor|windowtext|auto)$/.test(value);
const backdrop = (value: string): Judgement | 'unread' | undefined => {
  if (/url\(|gradient\(/.test(value)) return 'unread';
  return /^(none|transparent|white|#fff|#ffffff|inherit|initial|unset|rgb\(255, ?255, ?255\)|0|auto)\b/.test(value)
    ? undefined
    : mark('highlight');
};
const decoration = (value: string): Judgement | undefined => {
  if (/line-through/.test(value)) return { struck: true };
  return /underline/.test(value) ? mark('underline') : undefined;
};

/** What a `style` attribute, or what stands between the braces of a style sheet, says. */
export function styleOf(css: string): Style {
  let style = NOTHING;
  for (const [name, value, source] of declarationsIn(css)) {
    const judged = JUDGES[name]?.(value) ?? (LOOKS.test(name) || name in JUDGES ? {} : 'unread');
    style =
      judged === 'unread'
        ? { ...style, unread: style.unread ?? source }
        : { ...style, ...judged, marks: [...style.marks, ...(judged.marks ?? [])] };
  }
  // Where it is put matters to nobody who cannot see it.
  return style.hidden ? { ...style, unread: undefined } : style;
}

/** Name and value in small letters, and both as they were written. */
const declarationsIn = (css: string): readonly (readonly [string, string, string])[] =>
  (css.replace(/\/\*[\s\S]*?\*\//g, '').match(/(?:"[^"]*"|'[^']*'|\([^()]*\)|[^;])+/g) ?? []).flatMap((declaration) => {
    const [, name, value] = /^\s*([\w-]+)\s*:([\s\S]*)$/.exec(declaration) ?? [];
    if (name === undefined || value === undefined) return [];
    const said = value.replace(/!\s*important/i, '').trim();
    return [[name.toLowerCase(), said.toLowerCase(), `${name}: ${said}`] as const];
  });

/** The first declaration of a style sheet that could change what somebody reads. */
export function unreadInSheet(css: string): string | undefined {
  for (const [, block = ''] of css.replace(/\/\*[\s\S]*?\*\/|<!--|-->/g, '').matchAll(/\{([^{}]*)\}/g)) {
    const { hidden, struck, kept, raised, unread } = styleOf(block);
    if (hidden || struck || kept || raised || unread) return unread ?? block.trim();
  }
  return undefined;
}

export const isWhite = (colour: string): boolean =>
  /^(white|#fff|#ffffff|rgb\(255, ?255, ?255\)|hsl\(0, ?0%, ?100%\))$/i.test(colour.trim());

/** Whether a style writes in white, which nobody sees where the page is white too. */
export const writesWhite = (css: string): boolean =>
  declarationsIn(css).some(([name, value]) => name === 'color' && isWhite(value));
/** Whether it puts a ground of a colour under what it writes. */
export const hasGround = (css: string): boolean => styleOf(css).marks.includes('highlight');
