import type { Obstacle, Turn, TurnEntry } from '../../contract/platform/planning.ts';
import type { Locale } from '../../contract/words/localized.ts';
import type { PlatformKey } from '../../messages/platform/index.ts';

export const turnStateWord = (state: Turn['state']): PlatformKey => `turn-state.${state}`;
export const obstacleWord = (obstacle: Obstacle): PlatformKey => `obstacle.${obstacle}`;
export const entryWord = (state: TurnEntry['state']): PlatformKey => `entry.${state}`;

const TONES: Readonly<Record<Turn['state'], string>> = {
  planned: '',
  open: 'good',
  closed: 'warn',
  held: '',
  cancelled: 'bad',
};
export const turnTone = (state: Turn['state']): string => TONES[state];

export const examTitle = ({ exam }: Pick<Turn, 'exam'>, locale: Locale): string => exam.title[locale] ?? exam.title.zh;

const dayFormat = (locale: Locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
const timeFormat = (locale: Locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
export const dayOf = (at: string, locale: Locale): string => dayFormat(locale).format(new Date(at));
export const timesOf = ({ begins, ends }: Pick<Turn, 'begins' | 'ends'>, locale: Locale): string =>
  [begins, ends].map((at) => timeFormat(locale).format(new Date(at))).join(' – ');
export const momentOf = (at: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));

/** A moment as a field of date and time has it, by the clock of whoever types. */
export function typedMoment(at: Date): string {
  const two = (figure: number) => String(figure).padStart(2, '0');
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

const DAY_MS = 24 * 3_600_000;
/** The Monday of a day's week, at its beginning. */
export function weekOf(day: Date): Date {
  const monday = new Date(day.getFullYear(), day.getMonth(), day.getDate());
  monday.setDate(monday.getDate() - ((monday.getDay() + 6) % 7));
  return monday;
}
export const daysOn = (day: Date, days: number): Date =>
  new Date(day.getFullYear(), day.getMonth(), day.getDate() + days);
/** Tomorrow, when offices open. */
export function tomorrow(now: Date): Date {
  const day = new Date(now.getTime() + DAY_MS);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), 9);
}
