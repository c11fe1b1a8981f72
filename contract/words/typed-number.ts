/**
 * A number as people type one: digits of half or full width, one decimal point, a sign. Nothing else, so that nobody's answer
 * is guessed at: 1,5 may be fifteen tenths or a list.
 */
export function parseNumber(typed: string): number | undefined {
  // 10² is not 102.
  if (/[²³¹⁰-₟①-⓿]/.test(typed)) return undefined;
  const text = typed.normalize('NFKC').replace(/\s/g, '').replace(/^[−–]/, '-');
  return /^[+-]?(\d{1,15}(\.\d{0,9})?|\.\d{1,9})$/.test(text) ? Number(text) : undefined;
}
