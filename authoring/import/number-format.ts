import { format, isDateFormat, tokenize } from 'numfmt';

/** How cells of one style show what is in them. */
export type NumberFormat = {
  /** Days, hours, or how long something took. */
  readonly isDate: boolean;
  /** The text of a number; undefined where it cannot be told what Excel shows, or where it shows nothing. */
  readonly ofNumber: (value: number) => string | undefined;
  /** The text of a text; undefined as above. */
  readonly ofText: (text: string) => string | undefined;
};

/** A workbook stores 0.3 as 0.30000000000000004 when a formula made it; Excel knows 15 digits. */
const DIGITS = 15;

/**
 * As typed: no format that anybody chose. A number keeps all digits that a workbook has of it, and not what fits into its column. Of one
 * that is longer, such as that of a card, Excel has made noughts of the last.
 */
export const GENERAL: NumberFormat = {
  isDate: false,
  ofNumber: (value) => (Math.abs(value) < 10 ** DIGITS ? plainNumber(value) : undefined),
  ofText: (text) => text,
};

/** In digits alone: 0.0000001 and not 1e-7. */
export function plainNumber(value: number): string {
  const text = String(Number(value.toPrecision(DIGITS)));
  const [, sign = '', whole = '', part = '', power = ''] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (power === '') return text;
  const [digits, point] = [whole + part, 1 + Number(power)];
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

const UNREAD: NumberFormat = { isDate: false, ofNumber: () => undefined, ofText: (text) => text };
const DATE: NumberFormat = { isDate: true, ofNumber: () => undefined, ofText: (text) => text };

/**
 * ECMA-376 part 1, 18.8.30: formats that have a number instead of a code. Those from 37 to 43 show what is below zero otherwise
 * in each country, and money (5 to 8, 42, 44) has its sign: such workbooks say the code besides.
 */
const BUILT_IN = new Map([
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [9, '0%'],
  [10, '0.00%'],
  [11, '0.00E+00'],
  [12, '# ?/?'],
  [13, '# ??/??'],
  [48, '##0.0E+0'],
  [49, '@'],
]);
const ABOVE_ZERO = new Map([
  [37, '#,##0'],
  [38, '#,##0'],
  [39, '#,##0.00'],
  [40, '#,##0.00'],
  [41, '#,##0'],
  [43, '#,##0.00'],
]);
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** The format of a number alone, where the workbook says no code for it. */
export function builtInFormat(id: number): NumberFormat {
  if (id === 0) return GENERAL;
  if (isBuiltInDate(id)) return DATE;
  const code = BUILT_IN.get(id);
  if (code !== undefined) return formatOf(code);
  const above = ABOVE_ZERO.get(id);
  if (above === undefined) return UNREAD;
  const shown = formatOf(above);
  return { ...shown, ofNumber: (value) => (value > 0 ? shown.ofNumber(value) : undefined) };
}

/** What a code may be made of to be sure of what it shows; numerals of other scripts, for one, are not among it. */
const UNDERSTOOD = new Set([
  ...['break', 'char', 'color', 'comma', 'condition', 'digit', 'escaped', 'exp', 'general', 'group', 'hash', 'minus'],
  ...['paren', 'percent', 'plus', 'point', 'qmark', 'scale', 'skip', 'slash', 'space', 'string', 'text', 'zero'],
]);

/** The format of a code: `0"V"`, `0.0%`, `[Red]#,##0;-#,##0`, `# ?/?`. */
export function formatOf(written: string): NumberFormat {
  // As Excel in Chinese and WPS Office call it.
  const code = written.replace(/G\/通用格式/g, 'General');
  if (/^(General|@)?$/i.test(code)) return GENERAL;
  try {
    if (isDateFormat(code) || tokenize(code).some(({ type }) => type === 'datetime' || type === 'duration'))
      return DATE;
    const bare = withoutCountries(code);
    return bare === undefined ? UNREAD : formatWith(bare);
  } catch {
    // No code at all: Excel would call the workbook damaged.
    return UNREAD;
  }
}

/** The code without the countries in it, which would part digits as they do there; undefined where it is not understood. */
function withoutCountries(code: string): string | undefined {
  const parts = tokenize(code).map(({ type, value, raw }) => {
    if (type === 'locale') return inNoCountry(String(value));
    // So many blanks as the column is wide: none where nobody sees how wide it is.
    if (type === 'fill') return value === ' ' ? '' : undefined;
    // White on white, as whoever hides a number writes it.
    if (type === 'color' && /^\[(white|color ?2)\]$/i.test(raw)) return undefined;
    // In Excel in Chinese it stands before a character that is meant to the letter, elsewhere for itself.
    return UNDERSTOOD.has(type) && raw !== '!' ? raw : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** `¥-804`: a sign, and a country. More than four digits of it ask for numerals of another script, or another calendar. */
function inNoCountry(sign: string): string | undefined {
  const [, text, country = ''] = /^([^-]*)(?:-([0-9A-F]+|x-[a-z]+))?$/i.exec(sign) ?? [];
  if (text === undefined || country.length > 4 || text.includes('"')) return undefined;
  return text === '' ? '' : `"${text}"`;
}

/** Where a number goes through no section, as of 5 in `[=1]"对";[=0]"错"`. */
const NO_SECTION = /#{4,}/;

function formatWith(code: string): NumberFormat {
  const sections = tokenize(code).filter(({ type }) => type === 'break').length + 1;
  const hasText = tokenize(code).some(({ type }) => type === 'text') || sections > 3;
  const hasGeneral = /general|@/i.test(code);
  const shown = (text: string): string | undefined =>
    text.trim() === '' || NO_SECTION.test(text) ? undefined : text.trim();
  return {
    isDate: false,
    ofNumber: (value) => {
      const text = shown(format(code, nudged(value), { nbsp: false }));
      // Whether a number that is nearly none keeps its sign, programs do not agree about.
      if (text === undefined || (value < 0 && /\d/.test(text) && !/[1-9]/.test(text))) return undefined;
      return hasGeneral && isLong(value) ? undefined : text;
    },
    ofText: (text) => (hasText ? shown(format(code, text, { nbsp: false })) : text),
  };
}

/** More digits than Excel shows of a number without a format of its own. */
const isLong = (value: number): boolean => plainNumber(Math.abs(value)).replace('.', '').length > 10;

/** Excel rounds what is written, 1.005 to 1.01, where the number behind it is a trifle less. */
const nudged = (value: number): number => {
  const written = Number(value.toPrecision(DIGITS));
  return Number.isInteger(written) ? written : written * (1 + 2 ** -51);
};
