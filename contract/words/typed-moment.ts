import { dayOf } from './calendar.ts';
import { type Instant, instant } from './ids.ts';

const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s?(Z|([+-])(\d{2}):?(\d{2}))$/i;

/** China's is the largest of the others; nobody is farther from Greenwich than so many hours. */
const FARTHEST_HOURS = 14;
const CHINA_MS = 8 * 3_600_000;

/**
 * A moment as somebody types it: day, hour and minute, and from where that is counted, as `2026-12-01T08:00+08:00`. Nothing
 * where any of them is missing or no clock shows it: what a machine would guess is another time than was meant.
 */
export function readMoment(text: string): Instant | undefined {
  const [, year = '', month = '', day = '', hour, minute, second = '00', part = '0', zone, , away, minutes] =
    MOMENT.exec(text.trim()) ?? [];
  const date = dayOf(year, month, day);
  if (!date || !zone || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (Number(away ?? 0) + Number(minutes ?? 0) / 60 > FARTHEST_HOURS || Number(minutes ?? 0) > 59) return undefined;
  const offset = zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const at = new Date(`${date}T${hour}:${minute}:${second}.${part.padEnd(3, '0')}${offset}`);
  return isSaid(at) ? instant(at) : undefined;
}

/** Years have four figures, in China too. */
const isSaid = (at: Date): boolean =>
  [at, new Date(at.getTime() + CHINA_MS)].every((one) => /^\d{4}-/.test(one.toISOString()));

/** A moment told back to whoever typed it: by China's clock and by Greenwich's, as `2026-12-01 08:00 +08:00 (00:00 UTC)`. */
export function sayMoment(at: Instant): string {
  const [there, here] = [new Date(Date.parse(at) + CHINA_MS).toISOString(), new Date(at).toISOString()];
  const clock = (iso: string): string => iso.slice(11, iso.endsWith(':00.000Z') ? 16 : 19);
  const other = there.slice(0, 10) === here.slice(0, 10) ? clock(here) : `${here.slice(0, 10)} ${clock(here)}`;
  return `${there.slice(0, 10)} ${clock(there)} +08:00 (${other} UTC)`;
}
