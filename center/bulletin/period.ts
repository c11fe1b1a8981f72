import { type BulletinPeriod, MOST_MONTHS } from '../../contract/platform/bulletin.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { SatSpans } from '../results/index.ts';

/** Months are counted from the year 0. */
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
const monthOf = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;

/** @throws Refusal `bad-message` where it ends before it begins, or is longer than {@link MOST_MONTHS} */
export function mustBePeriod({ from, to }: BulletinPeriod): void {
  const months = numberOf(to) - numberOf(from) + 1;
  if (months < 1 || months > MOST_MONTHS) throw new Refusal('bad-message', `from, to: 1 to ${MOST_MONTHS} months`);
}

/** The one of the same length that ends where this one begins. */
export function periodBefore({ from, to }: BulletinPeriod): BulletinPeriod {
  const [first, last] = [numberOf(from), numberOf(to)];
  return { from: monthOf(first - (last - first + 1)), to: monthOf(first - 1) };
}

/** The calendar quarters that lie in it whole, and the months beside them. */
export function spansOf({ from, to }: BulletinPeriod): SatSpans {
  const [quarters, months]: [string[], string[]] = [[], []];
  const last = numberOf(to);
  for (let at = numberOf(from); at <= last; ) {
    const whole = at % 3 === 0 && at + 2 <= last;
    if (whole) quarters.push(`${monthOf(at).slice(0, 5)}Q${(at % 12) / 3 + 1}`);
    else months.push(monthOf(at));
    at += whole ? 3 : 1;
  }
  return { quarters, months };
}
