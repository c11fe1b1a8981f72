import type { ChipSaid } from '../../contract/page/proctor-desk.ts';

/** What the chip of the last card said, in memory alone, until whoever it named has gone. */
export type LastChip = {
  read(chip: ChipSaid): void;
  /** Of the card with this number, where that was the last one. */
  of(number: string): ChipSaid | undefined;
  forget(): void;
};

export function openLastChip(): LastChip {
  let last: ChipSaid | undefined;
  return {
    read(chip) {
      last = chip;
    },
    of: (number) => (last?.number === number ? last : undefined),
    forget() {
      last = undefined;
    },
  };
}
