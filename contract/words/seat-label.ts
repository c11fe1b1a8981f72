import { z } from 'zod';

/** Where a station stands in its room: row and column, from 1, as `3-12`. */
export const SeatLabel = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,2}-[1-9]\d{0,2}$/)
  .brand<'SeatLabel'>();
export type SeatLabel = z.infer<typeof SeatLabel>;

export function placeOfSeat(label: SeatLabel): { readonly row: number; readonly column: number } {
  const [row = 1, column = 1] = label.split('-').map(Number);
  return { row, column };
}
