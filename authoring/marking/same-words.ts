import type { GapKey } from '../../contract/words/items.ts';
import { parseNumber } from '../../contract/words/typed-number.ts';

/** Whether what was typed into a gap is one of the texts that count there, however it was typed. */
export function isAccepted(typed: string, { accepted, ...gap }: GapKey): boolean {
  const caseCounts = gap.caseCounts === true;
  return accepted.some((text) => isSame(typed, text, caseCounts));
}

/** Numbers are compared as numbers: 36.0 is 36, and 1,000 may be a thousand or two numbers, so that it is neither. */
function isSame(typed: string, text: string, caseCounts: boolean): boolean {
  const [given, right] = [parseNumber(typed), parseNumber(text)];
  if (given !== undefined && right !== undefined) return given === right;
  const [words, wanted] = [foldWords(typed, caseCounts), foldWords(text, caseCounts)];
  return words === wanted && (words !== '' || sameMarks(typed, text));
}

/** Where nothing but marks is asked for, they are what counts: 。 is no ？. */
function sameMarks(typed: string, text: string): boolean {
  const [given, right] = [typed, text].map((marks) => marks.normalize('NFKC').replace(/[\s\p{Cc}\p{Cf}]/gu, ''));
  return given !== '' && given === right;
}

/**
 * A text without what people type differently when they mean the same: full and half width, blanks, marks between and around
 * words, capitals. What changes what a text says stays: signs and marks in numbers, powers, and the first letter of a unit
 * behind a number, for 5 MW is no 5 mW.
 */
export function foldWords(text: string, caseCounts = false): string {
  const plain = withoutMarks(
    withPowers(text)
      .normalize('NFKC')
      .replace(/[\p{Cc}\p{Cf}]/gu, ' '),
  );
  const joined = plain
    .replace(/\s+/g, ' ')
    .trim()
    // A blank says something between two words in letters, and between two numbers; nowhere else.
    .replace(/(?<=(.))\s(?=(.))/gu, (blank, before: string, behind: string) => (parts(before, behind) ? blank : ''))
    // Whoever has no × on the keyboard types x or *, and >= for ≥.
    .replace(/(?<=\d)[x*](?=\d)/gi, '×')
    .replace(/>=|[≧⩾]/g, '≥')
    .replace(/<=|[≦⩽]/g, '≤');
  return caseCounts ? joined : foldCase(joined);
}

/** 10² is not 102, and 1½ not 11/2; m² may be typed as m2. */
const withPowers = (text: string): string =>
  text
    .replace(/(?<=\d)(?=[⁰¹²³⁴-⁹⁺⁻])/gu, '^')
    .replace(/(?<=\d)(?=[₀-₉])/gu, '_')
    .replace(/(?<=\d)(?=[¼-¾⅐-⅞])/gu, '+');

/** Marks of a sentence. A dash, a slash, a percent sign and the like are no such marks; a dot or colon in a number is none. */
function withoutMarks(text: string): string {
  return text
    .replace(/[‐-―−]/g, '-')
    .replace(/[⁄∕]/g, '/')
    .replace(/[〜∼]/g, '~')
    .replace(/(?<!\d)[.,:]|[.,:](?!\d)|[;!?"'()[\]{}、。〈-】〔-〟‘-‟…·・•_`]/gu, (mark, at: number) =>
      // .5 is a number too.
      mark === '.' && /^\d/.test(text.slice(at + 1))
        ? mark
        : mark === '_' && /\d/.test(text[at - 1] ?? '')
          ? mark
          : ' ',
    );
}

const parts = (before: string, behind: string): boolean =>
  (/\d/.test(before) && /\d/.test(behind)) || (isLetter(before) && isLetter(behind));
/** Of a script that parts its words by blanks. */
const isLetter = (char: string): boolean =>
  /\p{L}/u.test(char) && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(char);

/** Behind a number m is a thousandth and M a million, unless it stands alone. */
const foldCase = (text: string): string =>
  text
    .replace(/(?<=\d\s?)M(?=\p{L})/gu, '\u{E000}')
    .toLowerCase()
    .replaceAll('\u{E000}', 'M');
