import type { BulletinPeriod } from '../../contract/platform/bulletin.ts';
import type { PlatformTranslate } from '../../messages/platform/index.ts';
import type { Choice } from './fields.tsx';

const two = (number: number): string => String(number).padStart(2, '0');
/** A month of China's clock, as months since the year 0. */
const monthNow = (): number => {
  const there = new Date(Date.now() + 8 * 3_600_000);
  return there.getUTCFullYear() * 12 + there.getUTCMonth();
};
const yearOf = (month: number): number => Math.floor(month / 12);
const quarterText = (month: number): string => `${yearOf(month)}-Q${Math.floor((month % 12) / 3) + 1}`;
const monthText = (month: number): string => `${yearOf(month)}-${two((month % 12) + 1)}`;

const [QUARTERS, MONTHS] = [8, 12];

/** What may be chosen: the last quarters and the last months, each the newest first. */
export function periodChoices(t: PlatformTranslate): readonly Choice[] {
  const now = monthNow();
  const quarters = Array.from({ length: QUARTERS }, (_, back) => now - back * 3);
  const months = Array.from({ length: MONTHS }, (_, back) => now - back);
  return [
    ...quarters.map((at) => ({
      value: quarterText(at),
      label: t('bulletin.quarter', { year: String(yearOf(at)), quarter: Math.floor((at % 12) / 3) + 1 }),
    })),
    ...months.map((at) => ({
      value: monthText(at),
      label: t('bulletin.one-month', { year: String(yearOf(at)), month: two((at % 12) + 1) }),
    })),
  ];
}

/** The months that a choice stands for; of what is no choice, the quarter that is. */
export function periodOf(chosen: string): BulletinPeriod {
  const [, year, quarter] = chosen.match(/^(\d{4})-Q([1-4])$/) ?? [];
  if (year && quarter) {
    const first = (Number(quarter) - 1) * 3 + 1;
    return { from: `${year}-${two(first)}`, to: `${year}-${two(first + 2)}` };
  }
  return /^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(chosen) ? { from: chosen, to: chosen } : periodOf(quarterText(monthNow()));
}

export const usualPeriod = (): string => quarterText(monthNow());
