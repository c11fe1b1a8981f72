/** An identity number has 18 characters: where somebody lives, when they were born, and the rest. */
export const GROUPS = [6, 8, 4] as const;
export const NUMBER_LENGTH = 18;

/** As it is printed on the card: 6, 8 and 4 characters apart. What is longer is shown as it is. */
export function grouped(number: string): string {
  const plain = withoutGaps(number);
  const [first, second] = [GROUPS[0], GROUPS[0] + GROUPS[1]];
  return [plain.slice(0, first), plain.slice(first, second), plain.slice(second)].filter(Boolean).join(' ');
}

/** What was typed, without the gaps, in capitals. */
export const withoutGaps = (typed: string): string => typed.replace(/\s/g, '').toUpperCase();
