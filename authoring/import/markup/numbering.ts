const ROMAN: readonly (readonly [number, string])[] = [
  ...([
    [1000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
  ] as const),
  ...([
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ] as const),
];

function roman(number: number): string {
  let [left, text] = [number, ''];
  for (const [worth, letters] of ROMAN) for (; left >= worth; left -= worth) text += letters;
  return text;
}

/** a, b, … z, aa, ab: as columns of a sheet are counted. */
function letters(number: number): string {
  let text = '';
  for (let left = number; left > 0; left = Math.floor((left - 1) / 26))
    text = String.fromCharCode(97 + ((left - 1) % 26)) + text;
  return text;
}

const HAN = '〇一二三四五六七八九';
const han = (number: number): string =>
  number < 10
    ? (HAN[number] as string)
    : `${number < 20 ? '' : HAN[Math.floor(number / 10)]}十${number % 10 === 0 ? '' : HAN[number % 10]}`;

const between = (from: number, to: number, write: (number: number) => string) => (number: number) =>
  number >= from && number <= to ? write(number) : String(number);

const dotted = (write: (number: number) => string) => (number: number) => `${write(number)}. `;
const DECIMAL = dotted(String);
const ALPHA = dotted(between(1, 10_000, letters));
const LARGE_ALPHA = dotted(between(1, 10_000, (number) => letters(number).toUpperCase()));
const LOW_ROMAN = dotted(between(1, 3_999, roman));
const LARGE_ROMAN = dotted(between(1, 3_999, (number) => roman(number).toUpperCase()));
const CHINESE = (number: number): string => `${between(1, 99, han)(number)}、`;
const BULLET = (): string => '• ';

/** What stands before an entry, by its number, for each way to number that HTML or a style has a name for. */
const WAYS: Readonly<Record<string, (number: number) => string>> = {
  ...{ '1': DECIMAL, a: ALPHA, A: LARGE_ALPHA, i: LOW_ROMAN, I: LARGE_ROMAN },
  ...{ decimal: DECIMAL, 'decimal-leading-zero': dotted((number) => String(number).padStart(2, '0')) },
  ...{ 'lower-alpha': ALPHA, 'lower-latin': ALPHA, 'upper-alpha': LARGE_ALPHA, 'upper-latin': LARGE_ALPHA },
  ...{ 'lower-roman': LOW_ROMAN, 'upper-roman': LARGE_ROMAN },
  ...{ 'cjk-ideographic': CHINESE, 'simp-chinese-informal': CHINESE, 'trad-chinese-informal': CHINESE },
  ...{
    'cjk-decimal': (number: number) => `${[...String(number)].map((digit) => HAN[Number(digit)] ?? digit).join('')}、`,
  },
  ...{ disc: BULLET, circle: () => '◦ ', square: () => '▪ ', none: () => '' },
};

/** Marks of lists in lists, as browsers draw them. */
export const BULLETS = ['disc', 'circle', 'square'] as const;

const PLACES = /^(inside|outside|inherit|initial|unset|url\(.*\))$/;

/**
 * How a list is numbered: by its style, or else by its `type`.
 * @returns nothing where the style names a way that is not known
 */
export function numberingOf(
  style: string | undefined,
  type: string | undefined,
  usual: string,
): ((number: number) => string) | undefined {
  const words = style?.split(/\s+/).filter((word) => !PLACES.test(word)) ?? [];
  const [way, ...more] = words.length > 1 ? words.filter((word) => word !== 'none') : words;
  if (way !== undefined) return more.length === 0 && Object.hasOwn(WAYS, way) ? WAYS[way] : undefined;
  const named = type !== undefined && Object.hasOwn(WAYS, type) ? type : usual;
  return WAYS[named];
}
