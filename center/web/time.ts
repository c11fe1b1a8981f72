import type { Instant } from '../../contract/words/ids.ts';

/** `2026-03-05 14:07` in the time zone of this process (environment variable `TZ`). */
export function formatTime(at: Instant): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The zone those times are in, `GMT+8`: a time without its zone proves nothing. */
export function zoneName(now: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}
