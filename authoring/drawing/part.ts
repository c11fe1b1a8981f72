import type { ItemId } from '../../contract/words/ids.ts';
import { placeOfSeat, type SeatLabel } from '../../contract/words/seat-label.ts';

/**
 * A part of a bank that neighbours do not draw from. Stations of a room need not know of each other: the seats are coloured
 * with four colours so that all eight around one have another, and each colour has a part of every pile to itself.
 */
export type Part = { readonly at: number; readonly of: number };

const COLOURS = 4;

/** Every part that a seat may have: a blueprint must be met from each. */
export const PARTS: readonly Part[] = Array.from({ length: COLOURS }, (_, at) => ({ at, of: COLOURS }));

export function partOfSeat(label: SeatLabel): Part {
  const { row, column } = placeOfSeat(label);
  return { at: (row % 2) * 2 + (column % 2), of: COLOURS };
}

/** Ids are hashes, so that every pile falls into parts of about the same size. */
export const isOfPart = (id: ItemId, { at, of }: Part): boolean => Number.parseInt(id.slice(-6), 16) % of === at;
