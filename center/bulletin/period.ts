import { type BulletinPeriod, MOST_MONTHS } from '../../contract/platform/bulletin.ts';
import { Refusal } from '../../contract/words/reasons.ts';

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

/** Years, calendar quarters and months: `2025`, `2026-Q1`, `2026-04`. What is counted of firms is added up in these. */
export type Spans = {
  /** All the time before a period. */
  readonly until: readonly string[];
  readonly during: readonly string[];
  /** The period before it. */
  readonly before: readonly string[];
};

export const spansOf = (period: BulletinPeriod): Spans => ({
  ...{ until: spansUntil(period.from), during: spansIn(period), before: spansIn(periodBefore(period)) },
});

/** The years that lie in it whole, the quarters beside them, and the months beside these. */
function spansIn({ from, to }: BulletinPeriod): readonly string[] {
  const spans: string[] = [];
  const last = numberOf(to);
  for (let at = numberOf(from); at <= last; ) {
    const months = [12, 3].find((many) => at % many === 0 && at + many - 1 <= last) ?? 1;
    const year = monthOf(at).slice(0, 4);
    spans.push(months === 12 ? year : months === 3 ? `${year}-Q${(at % 12) / 3 + 1}` : monthOf(at));
    at += months;
  }
  return spans;
}

/** No clock says that it is earlier. */
const FIRST_MONTH = '1970-01';

/** All the time before a month. */
const spansUntil = (month: string): readonly string[] =>
  spansIn({ from: FIRST_MONTH, to: monthOf(numberOf(month) - 1) });
