import type { Command } from 'commander';
import { SeatWish } from '../../contract/people-center/operator-api.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';
import { wholeNumber } from '../values.ts';

type SeatOptions = CenterOptions & {
  readonly exam: string;
  readonly rows: number;
  readonly columns: number;
  readonly again?: true;
};

/** Where candidates sit. */
export function addSeats(program: Command): void {
  atCenter(program, 'seats', 'draw a seat at random for every candidate of an exam who has none')
    .requiredOption('--exam <id>', 'the exam')
    .requiredOption('--rows <number>', 'of the room', wholeNumber)
    .requiredOption('--columns <number>', 'of the room', wholeNumber)
    .option('--again', 'for all: seats that were drawn before count no more')
    .action((options: SeatOptions) => present(options.json, () => seats(options)));
}

async function seats({ center, token, exam, rows, columns, again }: SeatOptions): Promise<CommandResult> {
  const wish = SeatWish.parse({ examId: exam, rows, columns, ...(again ? { again } : {}) });
  const { drawn, seats: all } = await openOperator(center, token).drawSeats(wish);
  const text = all.map(({ name, seat }) => `${seat}\t${name}`);
  if (all.length === 0) text.push(`nobody sits ${exam}: put candidates in first`);
  else if (drawn < all.length) text.push(`${drawn} drawn now, the others before; --again draws all anew`);
  return { exit: all.length > 0 ? 0 : 1, json: { ok: all.length > 0, drawn, seats: all }, text };
}
