import type { CardSaid } from '../steps/index.ts';

/** What the chips of the last cards said, in memory alone, until whoever one of them named has sat here and gone. */
export type LastChip = {
  read(chip: CardSaid): void;
  /** Of the card with this number: also where other cards were laid since, a doubt that it left is one still. */
  of(number: string): CardSaid | undefined;
  forget(number: string): void;
};

/** As many people as may stand before one station and be turned away. */
const MOST = 30;

export function openLastChip(): LastChip {
  let last: readonly CardSaid[] = [];
  const isOf = (number: string) => (card: CardSaid) => card.numbers.some((one) => one === number);
  return {
    read(chip) {
      // A card is read anew, and what it said before counts no more.
      const others = last.filter(({ numbers }) => !numbers.some((number) => isOf(number)(chip)));
      last = [chip, ...others].slice(0, MOST);
    },
    of: (number) => last.find(isOf(number)),
    forget(number) {
      last = last.filter((card) => !isOf(number)(card));
    },
  };
}
