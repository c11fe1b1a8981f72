/** How pairs are written so that they are read again: `1-C；2-A`. */
export const writtenPairs = (key: readonly number[], charOf: (at: number) => string): string =>
  key.map((at, n) => `${n + 1}-${charOf(at)}`).join('；');

/** Premises as they are read again, one in a line. */
export const writtenPremises = (texts: readonly string[]): string =>
  texts.map((text, at) => `${at + 1}.${text}`).join('\n');
