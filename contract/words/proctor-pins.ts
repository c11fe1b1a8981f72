import { z } from 'zod';
import type { ExamMode } from './exam.ts';

/**
 * What a proctor types: the number that the center dealt to them, and behind it digits of their own choice. The number says who it
 * is, so that one secret is tried and not everybody's, and so that two proctors may choose the same digits.
 */
export const TypedPin = z.string().regex(/^\d{4,12}$/);

/** Two digits for the first eighty of a firm, four for a thousand more; none is the beginning of another. */
export const ProctorNumber = z.string().regex(/^([1-8]\d|9\d{3})$/);

/** Whose PIN begins like this, if a number can begin so. */
export const numberIn = (typed: string): string | undefined => /^([1-8]\d|9\d{3})/.exec(typed)?.[0];

/** Numbers in the order in which they are dealt. */
export function* proctorNumbers(): Generator<string> {
  for (let n = 10; n < 90; n++) yield String(n);
  for (let n = 9_000; n < 10_000; n++) yield String(n);
}

/** Digits of their own choice. */
export const OwnDigits = z.string().regex(/^\d{4,8}$/);

/** In all, where an exam is formal; a policy may ask for more. */
const FORMAL_DIGITS = 6;
const LEAST_DIGITS = 4;

/** How many digits a PIN must have by which something is decided about an exam. */
export const pinDigitsOf = ({
  pinDigits,
  mode,
}: {
  readonly pinDigits?: number | undefined;
  readonly mode: ExamMode;
}): number => pinDigits ?? (mode === 'formal' ? FORMAL_DIGITS : LEAST_DIGITS);

/** What is tried first by whoever guesses: one digit, a row, a pattern that repeats, a year, a day. */
export function isEasyPin(own: string): boolean {
  const digits = [...own].map(Number);
  const steps = new Set(digits.slice(1).map((digit, at) => (digit - (digits[at] as number) + 10) % 10));
  if (steps.size === 1 && [0, 1, 9].some((step) => steps.has(step))) return true;
  if (/^(\d{1,4})\1+$/.test(own)) return true;
  return isDay(own);
}

const DAY = '(0[1-9]|[12]\\d|3[01])';
const MONTH = '(0[1-9]|1[0-2])';
const YEAR = '(19|20)\\d\\d';
const DAYS = new RegExp(
  `^(${YEAR}|${MONTH}${DAY}|${DAY}${MONTH}|\\d\\d${MONTH}${DAY}|${DAY}${MONTH}\\d\\d|${YEAR}${MONTH}${DAY}|${DAY}${MONTH}${YEAR}|${YEAR}${MONTH})$`,
);
/** Birthdays stand in card numbers, and on many a roster. */
const isDay = (own: string): boolean => DAYS.test(own);
