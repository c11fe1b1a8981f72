import type { SchedulePeriod } from '../../contract/platform/schedules.ts';

export type Rhythm = { readonly period: SchedulePeriod; readonly day: number; readonly hour: number };
/** When a bulletin is due, and of which months it is, both included. */
export type Due = { readonly at: Date; readonly from: string; readonly to: string };

/** China's clock, which has one zone and no summer time. */
const ZONE_MS = 8 * 3_600_000;
const LENGTH: Readonly<Record<SchedulePeriod, number>> = { month: 1, quarter: 3 };

const monthOf = (number: number): string => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;

/** The one that is due in a month, counted from the year 0. */
function dueIn(month: number, { period, day, hour }: Rhythm): Due {
  const at = new Date(Date.UTC(Math.floor(month / 12), month % 12, day, hour) - ZONE_MS);
  return { at, from: monthOf(month - LENGTH[period]), to: monthOf(month - 1) };
}

/** The month, or the first of the quarter, in which it is by that clock. */
function periodAt(instant: Date, { period }: Rhythm): number {
  const there = new Date(instant.getTime() + ZONE_MS);
  const month = there.getUTCFullYear() * 12 + there.getUTCMonth();
  return month - (month % LENGTH[period]);
}

/** The first that is due later than that. */
export function dueAfter(instant: Date, rhythm: Rhythm): Due {
  const month = periodAt(instant, rhythm);
  const due = dueIn(month, rhythm);
  return due.at > instant ? due : dueIn(month + LENGTH[rhythm.period], rhythm);
}

/** Those that are due from one instant to another, both included: the last so many of them, in their order. */
export function lastDues(first: Date, until: Date, rhythm: Rhythm, most: number): readonly Due[] {
  const [dues, step]: [Due[], number] = [[], LENGTH[rhythm.period]];
  for (let month = periodAt(until, rhythm); dues.length < most; month -= step) {
    const due = dueIn(month, rhythm);
    if (due.at < first) break;
    if (due.at <= until) dues.unshift(due);
  }
  return dues;
}

/** Of the last period that is over, whether it was due or not. */
export const overBy = (instant: Date, rhythm: Rhythm): Due => dueIn(periodAt(instant, rhythm), rhythm);
