import { fold } from './cells.ts';

/** A letter in front of an option. */
export type Label = {
  /** Place in the alphabet. */
  readonly letter: number;
  /** `strong`: A. A、 A: A) — `weak`: A, A。 — `none`: the text follows at once, as in A二氧化碳. */
  readonly mark: 'strong' | 'weak' | 'none';
  /** The first character of the mark, folded. */
  readonly sign: string;
  /** The text behind the label, as typed. */
  readonly rest: string;
};

const LABEL = /^(?:\s*([([【]))?\s*([A-L])\s*([)\]】.、:,。|﹑·・]*)\s*/i;
const STRONG = '[.、:)\\]】﹑·・]';

const letterOf = (char: string): number => char.toUpperCase().charCodeAt(0) - 65;
export const charOf = (letter: number): string => String.fromCharCode(65 + letter);

/** The label a piece of an option cell begins with. */
export function readLabel(piece: string): Label | undefined {
  const found = LABEL.exec(fold(piece));
  if (!found) return undefined;
  const [whole, open = '', char = '', marks = ''] = found;
  if (open !== '' && !/[)\]】]/.test(marks)) return undefined;
  const mark = new RegExp(STRONG).test(marks) ? 'strong' : marks === '' ? 'none' : 'weak';
  // Lower case without a mark is a word or a unit: "c.m" is rare, "cm" is not.
  if (mark === 'none' && char >= 'a') return undefined;
  const sign = marks.slice(0, 1);
  return { letter: letterOf(char), mark, sign, rest: withoutEcho(piece.slice(whole.length), char, sign) };
}

/** B、B. 警灯 has its label twice; A、A、B级 begins with the name of a grade. */
function withoutEcho(rest: string, char: string, sign: string): string {
  const echo = sign === '.' ? null : new RegExp(`^${char}\\s*\\.\\s*(?=\\D)`, 'i').exec(fold(rest));
  return echo ? rest.slice(echo[0].length) : rest;
}

/** A label with nothing behind it but punctuation. */
export const isBare = ({ rest }: Pick<Label, 'rest'>): boolean => !/[\p{L}\p{N}]/u.test(rest);

/** How a letter inside a text shows that it is a label, the surest first. */
const SIGNS: readonly ((char: string) => RegExp)[] = [
  (char) => new RegExp(`${char}\\s*${STRONG}`, 'g'),
  (char) => new RegExp(`${char}\\s*,`, 'g'),
  (char) => new RegExp(`(?<=[\\p{Script=Han}\\s)。;,])${char}(?=\\p{Script=Han})`, 'gu'),
];

/**
 * Where the label of `letter` lies buried in a text; undefined where it cannot be told because it is not there or is
 * there twice.
 */
export function findBuried(text: string, letter: number): number | undefined {
  const folded = fold(text);
  for (const sign of SIGNS) {
    const places = [...folded.matchAll(sign(charOf(letter)))].map((found) => found.index);
    if (places.length === 1) return places[0];
    if (places.length > 1) return undefined;
  }
  return undefined;
}

/** How the label after the last one shows in the last piece, where no label behind it confirms it. */
const TRAILING: readonly ((char: string) => RegExp)[] = [
  (char) => new RegExp(`${char}\\s*(${STRONG})`, 'g'),
  (char) => new RegExp(`(?<=\\s)${char}\\s*(,)`, 'g'),
  (char) => new RegExp(`(?<=[\\p{Script=Han}\\s)。;,.])${char}(?=\\p{Script=Han})`, 'gu'),
];

/**
 * Whether the label after the last one lies buried in the last piece, and whether that is sure: 维生素D、E has the shape of
 * an option that lost its separator. `mark` is the mark behind the labels before it.
 */
export function findTrailing(text: string, letter: number, mark: string): Trailing | undefined {
  const folded = fold(text);
  for (const sign of TRAILING) {
    const [first, ...others] = [...folded.matchAll(sign(charOf(letter)))];
    if (!first || isBare({ rest: folded.slice(first.index + first[0].length) })) continue;
    const before = folded.slice(0, first.index);
    const tight = /[A-Z0-9]$/.test(before);
    // PE、 is a word, MWC、 may not be: few items have more than four options, so only up to D it is worth a doubt.
    if (tight && letter > 3) continue;
    const apart = before === '' || /\s$/.test(before) || first[1] === mark;
    return {
      at: first.index,
      sure: others.length === 0 && first[1] !== undefined && apart && !/[A-Z0-9]$/.test(before),
    };
  }
  return undefined;
}

type Trailing = { readonly at: number; readonly sure: boolean };
