import type { Mark } from '../passage.ts';
import { isTransparent, isUsual, isWhite } from './colours.ts';
import type { Style } from './style.ts';

/** Properties of nothing but looks. */
const LOOKS = new RegExp(
  `^(${[
    '-(webkit|moz|ms|o)-.*|--.*|mso-.*|font(-.*)?|background(-.*)?|color|margin(-.*)?|padding(-.*)?|border(-.*)?|outline(-.*)?',
    '(min-|max-)?(width|height|(inline|block)-size)|text-(align|indent|justify|shadow|size-adjust|wrap|overflow|autospace|underline-.*|rendering)(-.*)?',
    'text-decoration-(color|style|thickness|skip.*)|vertical-align|line-(height|break)|letter-spacing|word-(spacing|break|wrap)|overflow(-.*)?',
    'white-space(-.*)?|list-style(-.*)?|float|clear|z-index|cursor|box-.*|page-break-.*|break-.*|page|orphans|widows|tab-(stops?|size|interval)',
    'layout-grid.*|punctuation-.*|hyphens|table-layout|caption-side|empty-cells|align-.*|justify-.*|place-.*|gap|row-gap|column.*|flex(-(grow|shrink|basis|wrap))?',
    'grid(-.*)?|transition.*|animation.*|user-select|pointer-events|object-(fit|position)|panose-1|ruby-.*|lang|language|quotes|image-rendering',
    'scroll.*|resize|speak.*|stroke(-.*)?|fill(-.*)?|isolation|will-change|contain|accent-color|caret-color|color-scheme|appearance|text-emphasis(-.*)?',
    'top|left|right|bottom|inset(-.*)?|opacity|visibility|unicode-bidi',
  ].join('|')})$`,
);

/** Fonts whose letters are pictures or other letters. */
const SIGNS = /symbol\b|wingdings|webdings|dingbats|marlett|mt extra/i;
/** Whether the first font of a list is one of those. */
export const isOfSigns = (fonts: string): boolean => SIGNS.test(fonts.split(',')[0] ?? '');

/** What a declaration makes of an element; `unread` where that is something else than it says without. */
type Judgement = Partial<Omit<Style, 'unread'>> | 'unread' | undefined;

const HIDDEN: Judgement = { hidden: true };
const isNothing = (value: string): boolean => /^(none|normal|auto|initial|inherit|unset|revert)$/.test(value);
const isZero = (value: string): boolean => /^0?\.?0+(px|pt|em|rem|%)?$/.test(value);
const isTiny = (value: string): boolean => isZero(value) || /^(0?\.\d+|1)(px|pt)$/.test(value);
const isFar = (value: string): boolean => /^-\d{3,}/.test(value);
const mark = (...marks: readonly Mark[]): Judgement => ({ marks });
const unlessNothing = (value: string): Judgement => (isNothing(value) ? undefined : 'unread');
const ifFar = (value: string): Judgement => (isFar(value) ? HIDDEN : undefined);

function display(value: string): Judgement {
  if (value === 'none') return HIDDEN;
  if (/^(block|flex|grid|list-item|flow-root)$/.test(value)) return { block: true };
  return /^(inline(-(block|flex|grid|table))?|contents|ruby|table(-.*)?)$/.test(value) || isNothing(value)
    ? undefined
    : 'unread';
}

function colour(value: string): Judgement {
  if (isTransparent(value)) return HIDDEN;
  if (isWhite(value)) return { white: true };
  return isUsual(value) ? undefined : mark('colour');
}

function ground(value: string): Judgement {
  if (/url\(|gradient\(/.test(value)) return 'unread';
  const [first = ''] = value.match(/[\w-]+\([^()]*\)|\S+/g) ?? [];
  return isNothing(first) || isTransparent(first) || isWhite(first) || isZero(first) ? undefined : mark('highlight');
}

/** A line over a letter is a not, or a mean. */
function decoration(value: string): Judgement {
  if (/line-through/.test(value)) return { struck: true };
  if (/overline/.test(value)) return 'unread';
  return /underline/.test(value) ? mark('underline') : undefined;
}

function font(value: string): Judgement {
  if (isOfSigns(value) || /small-caps/.test(value)) return 'unread';
  return /(^|\s)0(px|pt|em)?\s*(\/|\s)/.test(value) ? HIDDEN : undefined;
}

function blanks(value: string): Judgement {
  if (/^(pre|pre-wrap|break-spaces|preserve)(\s|$)/.test(value)) return { kept: 'all' };
  return /^(pre-line|preserve-breaks)$/.test(value) ? { kept: 'lines' } : undefined;
}

const height = (value: string): Judgement => {
  if (/^(super|text-super)$/.test(value)) return { raised: 'higher' };
  return value === 'sub' ? { raised: 'lower' } : undefined;
};

const dots = (value: string): Judgement => (value === 'none' ? undefined : mark('dots'));

/** Properties that may say more than how it looks, and what their values say. */
const JUDGES: Readonly<Record<string, (value: string) => Judgement>> = {
  display,
  ...{ visibility: (value) => (/^(hidden|collapse)$/.test(value) ? HIDDEN : undefined) },
  ...{
    opacity: (value) => (isZero(value) ? HIDDEN : undefined),
    'font-size': (value) => (isTiny(value) ? HIDDEN : undefined),
  },
  'mso-hide': (value) => (/all|screen/.test(value) ? HIDDEN : undefined),
  'text-indent': ifFar,
  ...{ left: ifFar, top: ifFar, 'margin-left': ifFar, 'margin-top': ifFar },
  ...{
    clip: (value) => (value === 'auto' ? undefined : HIDDEN),
    'clip-path': (value) => (isNothing(value) ? undefined : HIDDEN),
  },
  ...{ color: colour, '-webkit-text-fill-color': colour, '-webkit-text-security': unlessNothing },
  ...{ background: ground, 'background-color': ground, 'background-image': ground },
  ...{ font, 'font-family': font, 'font-variant': font, 'font-variant-caps': unlessNothing },
  'font-variant-position': (value) => height(value),
  'font-weight': (value) => (/^(bold|bolder|[6-9]\d\d)$/.test(value) ? mark('bold') : undefined),
  'font-style': (value) => (/^(italic|oblique)/.test(value) ? mark('italic') : undefined),
  ...{ 'text-decoration': decoration, 'text-decoration-line': decoration },
  ...{ 'text-emphasis': dots, 'text-emphasis-style': dots, '-webkit-text-emphasis': dots },
  ...{ 'text-transform': unlessNothing, transform: unlessNothing, rotate: unlessNothing, scale: unlessNothing },
  'vertical-align': height,
  ...{ 'white-space': blanks, 'white-space-collapse': blanks },
  ...{ 'list-style': (value) => ({ numbering: value }), 'list-style-type': (value) => ({ numbering: value }) },
  'list-style-image': (value) => (isNothing(value) ? undefined : { numbering: 'disc' }),
  'border-bottom': (value) => (/^(0|none)/.test(value) ? undefined : { lineUnder: true, marks: ['underline'] }),
  'border-top': (value) => (/^(0|none)/.test(value) ? undefined : { lineOver: true }),
  position: (value) => (/^(static|relative|sticky)$/.test(value) || isNothing(value) ? undefined : 'unread'),
  direction: (value) => (value === 'rtl' ? 'unread' : undefined),
  'unicode-bidi': (value) => (/override|plaintext/.test(value) ? 'unread' : undefined),
  'writing-mode': (value) => (/^(horizontal-tb|lr-tb)$/.test(value) || isNothing(value) ? undefined : 'unread'),
  ...{ 'flex-direction': reversal, 'flex-flow': reversal },
  ...{ content: unlessNothing, filter: unlessNothing, zoom: (value) => (isZero(value) ? HIDDEN : undefined) },
};

function reversal(value: string): Judgement {
  return /reverse/.test(value) ? 'unread' : undefined;
}

/** What a declaration says, both parts in small letters; one of a property that is not known is `unread`. */
export const judge = (name: string, value: string): Exclude<Judgement, undefined> =>
  (Object.hasOwn(JUDGES, name) ? JUDGES[name]?.(value) : LOOKS.test(name) ? undefined : 'unread') ?? {};
