import type { Instant } from '../../contract/words/ids.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { MESSAGES } from './messages.ts';

/** How pages write a time: in the zone of the rooms, wherever the center itself may run. */
export type RoomTime = {
  /** `2026-03-05 14:07`; the zone stands once beside a column of them. */
  format(at: Instant): string;
  /** `北京时间 UTC+8`: a time without its zone proves nothing. */
  zoneAt(now: Date, locale: Locale): string;
};

/** @param zone a name of the IANA's, such as `Asia/Shanghai` */
export function timesIn(zone: string): RoomTime {
  const parts = new Intl.DateTimeFormat('en', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
  return {
    format(at) {
      const of = new Map(parts.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
      return `${of.get('year')}-${of.get('month')}-${of.get('day')} ${of.get('hour')}:${of.get('minute')}`;
    },
    zoneAt(now, locale) {
      const offset = offsetOf(zone, now);
      return zone === 'Asia/Shanghai' ? `${MESSAGES[locale].beijingTime} ${offset}` : offset;
    },
  };
}

/** `UTC+8`: summer and winter may differ. */
function offsetOf(timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(now);
  return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC').replace('GMT', 'UTC');
}
