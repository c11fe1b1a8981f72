import type { ItemDraft } from '../../contract/words/items.ts';
import { boundsOf, compareDecimals, type Decimal, middleOf, numberOf, readDecimal } from './decimal.ts';
import { type ItemReading, refuse } from './problems.ts';

export type NumberKey = Required<Pick<ItemDraft, 'number'>> & Pick<ItemDraft, 'unit'>;

/** An answer of a question for a number as the formats of Moodle know one: the first that an answer falls into counts. */
export type NumberAnswer = {
  /** In hundredths of the marks. */
  readonly worth: number;
  /** A number and how far from it one may be; `any` takes every answer. */
  readonly takes: { readonly value: Decimal; readonly off: Decimal } | 'any' | undefined;
};

/** The key that some answers make, with what they say besides; or why there is none. */
export type NumberReading =
  | { readonly ok: true; readonly key: NumberKey; readonly partly: boolean }
  | Extract<ItemReading, { ok: false }>;

/** `36`, `36` with a tolerance of `0.5`, `*`: texts that a program wrote. */
export function takesNear(value: string, off: string): NumberAnswer['takes'] {
  if (value.trim() === '*') return 'any';
  const [number, tolerance] = [readDecimal(value), off.trim() === '' ? { digits: 0n, places: 0 } : readDecimal(off)];
  return number && tolerance && tolerance.digits >= 0n ? { value: number, off: tolerance } : undefined;
}

/** `19.5` to `23.5`, both of them among what is right. */
export function takesBetween(from: string, to: string): NumberAnswer['takes'] {
  const [low, high] = [readDecimal(from), readDecimal(to)];
  if (!low || !high || compareDecimals(low, high) > 0) return undefined;
  const { middle, half } = middleOf(low, high);
  return { value: middle, off: half };
}

/**
 * One number is right, or one range. Where several are, which one is meant cannot be known; what is worth a part is told of.
 * @param full how the format writes an answer that is worth everything
 */
export function readNumberAnswers(answers: readonly NumberAnswer[], full: string): NumberReading {
  const right = answers.filter(({ worth }) => worth === 100);
  const [first] = right;
  if (!first) return refuse('key-missing');
  if (first.takes === undefined || first.takes === 'any') return refuse('key-unreadable');
  const { takes } = first;
  if (right.some((other) => !isSame(other.takes, takes)))
    return refuse('construct-unread', { construct: `${full} ×${right.length}` });
  // What comes before it takes a part of the right answers away.
  const before = answers.slice(0, answers.indexOf(first));
  if (before.some((other) => overlaps(other.takes, takes)))
    return refuse('construct-unread', { construct: `${full} after another` });
  if (!isTypeable(takes)) return refuse('key-unreadable');
  const number = { value: numberOf(takes.value), tolerance: numberOf(takes.off) };
  return { ok: true, key: { number }, partly: answers.some(({ worth }) => worth !== 0 && worth !== 100) };
}

type Range = Exclude<NumberAnswer['takes'], 'any' | undefined>;

const isSame = (other: NumberAnswer['takes'], { value, off }: Range): boolean =>
  typeof other === 'object' && compareDecimals(other.value, value) === 0 && compareDecimals(other.off, off) === 0;

function overlaps(other: NumberAnswer['takes'], right: Range): boolean {
  if (typeof other !== 'object') return true;
  const [p, q] = [boundsOf(other.value, other.off), boundsOf(right.value, right.off)];
  return compareDecimals(p.low, q.high) <= 0 && compareDecimals(q.low, p.high) <= 0;
}

/** Whether somebody can type it: fifteen digits before the point and nine behind it, {@link parseNumber}. */
function isTypeable({ value, off }: Range): boolean {
  const magnitude = Math.abs(numberOf(value));
  if (!(magnitude < 1e15)) return false;
  const shift = 10n ** BigInt(Math.max(0, value.places - 9));
  const rounded = {
    digits: ((value.digits + (value.digits < 0n ? -shift : shift) / 2n) / shift) * shift,
    places: value.places,
  };
  const { low, high } = boundsOf(value, off);
  return compareDecimals(low, rounded) <= 0 && compareDecimals(rounded, high) <= 0;
}
