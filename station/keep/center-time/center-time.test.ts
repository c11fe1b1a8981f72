import { expect, it } from 'vitest';
import { instant } from '../../../contract/words/ids.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { openDatabase } from '../../core/database/index.ts';
import { behindMs, mustNotBeBehind, openCenterTime, readCenterTime } from './index.ts';

const at = (minutes: number) => instant(new Date(Date.UTC(2026, 2, 4, 8, minutes)));

it('keeps the newest time that was seen, also over a restart', () => {
  const database = openDatabase(':memory:');
  const time = openCenterTime(database);
  expect([time.newest, readCenterTime(database)]).toEqual([undefined, undefined]);
  for (const minutes of [5, 3, 9, 1]) time.seen(at(minutes));
  expect([time.newest, openCenterTime(database).newest]).toEqual([at(9), at(9)]);
});

it('believes what the center answered just now, also where it is earlier', () => {
  const time = openCenterTime(openDatabase(':memory:'));
  time.seen(at(59));
  time.told(at(3));
  expect(time.newest).toBe(at(3));
});

it('a clock is behind from ten minutes on, and nothing that counts begins by it', () => {
  const newest = at(30);
  expect([30, 20, 19, 45].map((minutes) => behindMs(at(minutes), newest))).toEqual([0, 0, 660_000, 0]);
  expect(behindMs(at(0), undefined)).toBe(0);
  expect(reasonOf(() => mustNotBeBehind({ newest }, at(19)))).toBe('clock-behind');
  expect(reasonOf(() => mustNotBeBehind({ newest }, at(20)))).toBe('ok');
});
