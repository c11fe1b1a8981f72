import type { Check } from '../contract/words/readiness.ts';

/** A check on one line of a terminal: what it is called and found in English, what to do in both languages. */
export function checkOnOneLine({ name, status, found, expected, advice, reason }: Check): string {
  const todo = advice ? ` ${advice.zh} ${advice.en}` : '';
  const code = reason ? ` [${reason}]` : '';
  return `${status.padEnd(10)} ${name}: ${found.en} (expected ${expected.en}).${todo}${code}`;
}

type Figure = 'found' | 'expected';

/** A check for scripts: the command line speaks English, what to do is for people and in both languages. */
export const checkInWords = ({ found, expected, ...check }: Check): Omit<Check, Figure> & Record<Figure, string> => ({
  ...check,
  found: found.en,
  expected: expected.en,
});
