import type { CardSaid } from '../steps/index.ts';

/** What the chip of the last card said, in memory alone, until whoever it named has gone. */
export type LastChip = {
  read(chip: CardSaid): void;
  /** Of the card with this number, where that was the last one. */
  of(number: string): CardSaid | undefined;
  forget(): void;
};

export function openLastChip(): LastChip {
  let last: CardSaid | undefined;
  return {
    read(chip) {
      last = chip;
    },
    of: (number) => (last?.numbers.some((one) => one === number) ? last : undefined),
    forget() {
      last = undefined;
    },
  };
}
