import { expect, it } from 'vitest';
import { instant } from '../../contract/words/ids.ts';
import { timesIn } from './time.ts';

const noon = instant(new Date('2026-07-05T16:30:00.000Z'));

it.each([
  ['Asia/Shanghai', '2026-07-06 00:30', 'Beijing time UTC+8'],
  ['Asia/Urumqi', '2026-07-05 22:30', 'UTC+6'],
  ['Europe/Berlin', '2026-07-05 18:30', 'UTC+2'],
  ['Asia/Kathmandu', '2026-07-05 22:15', 'UTC+5:45'],
  ['UTC', '2026-07-05 16:30', 'UTC+0'],
])('in %s it was %s, %s', (zone, time, name) => {
  const times = timesIn(zone);
  expect([times.format(noon), times.zoneAt(new Date(noon), 'en')]).toEqual([time, name]);
});

it('is called Beijing time in Chinese', () => {
  expect(timesIn('Asia/Shanghai').zoneAt(new Date(noon), 'zh')).toBe('北京时间 UTC+8');
});
