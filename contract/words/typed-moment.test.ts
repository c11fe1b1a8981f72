import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, readDay } from './calendar.ts';
import { instant } from './ids.ts';
import { readMoment, sayMoment } from './typed-moment.ts';

describe('a day', () => {
  test.each([
    ['2026-11-27', '2026-11-27'],
    ['2028/2/29', '2028-02-29'],
    ['2026年3月5日', '2026-03-05'],
    [' 2026.12.31 ', '2026-12-31'],
  ])('is read as people write it: %s', (text, day) => {
    expect(readDay(text)).toBe(day);
  });

  test.each(['2026-02-30', '2026-02-29', '2026-13-01', '2026-00-10', '2026-11-31', '8', '', '26-11-27', '2026-11-27x'])(
    'that no calendar has is none: %s',
    (text) => {
      expect(readDay(text)).toBeUndefined();
    },
  );

  test('is every day that there is, and no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 0, max: 33 }),
        (y, m, d) => {
          const last = m >= 1 && m <= 12 ? new Date(Date.UTC(2000 + (y % 400), m, 0)).getUTCDate() : 0;
          expect(dayOf(String(y).padStart(4, '0'), m, d) !== undefined).toBe(d >= 1 && d <= last);
        },
      ),
    );
  });
});

describe('a moment', () => {
  test.each([
    ['2026-12-01T08:00+08:00', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01 08:00 +08:00', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T08:00+0800', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T08:00:30Z', '2026-12-01T08:00:30.000Z'],
    ['2026-12-01T08:00:30.5z', '2026-12-01T08:00:30.500Z'],
    ['2026-12-31T20:00-05:00', '2027-01-01T01:00:00.000Z'],
  ])('is read with its zone: %s', (text, at) => {
    expect(readMoment(text)).toBe(at);
  });

  test.each([
    '2027-02-30T08:00+08:00',
    '2027-02-29T08:00Z',
    '8',
    '2027-03-05',
    '2027-03-05 18:00',
    '2027-03-05T18:00',
    '2027-03-05T24:00+08:00',
    '2027-03-05T18:60+08:00',
    '2027-03-05T18:00+25:00',
    '2027-03-05T18:00+14:30',
    '0000-01-01T00:00+14:00',
    '9999-12-31T23:59-14:00',
    '9999-12-31T23:59Z',
    '2027-03-05T18:00+08:75',
    '2027-3-5T18:00+08:00',
    '+002027-03-05T18:00Z',
    'tomorrow',
    'Fri, 05 Mar 2027 18:00:00 GMT',
    '1700000000000',
    '',
  ])('that leaves anything open, or that no clock shows, is none: %s', (text) => {
    expect(readMoment(text)).toBeUndefined();
  });

  test('is told back by China’s clock and by Greenwich’s', () => {
    expect(sayMoment(instant(new Date('2026-12-01T00:00:00Z')))).toBe('2026-12-01 08:00 +08:00 (00:00 UTC)');
    expect(sayMoment(instant(new Date('2026-12-01T18:00:05Z')))).toBe(
      '2026-12-02 02:00:05 +08:00 (2026-12-01 18:00:05 UTC)',
    );
  });

  test('told back is read as itself', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9990-01-01'), noInvalidDate: true }), (date) => {
        const at = instant(new Date(Math.floor(date.getTime() / 1000) * 1000));
        expect(readMoment(sayMoment(at).replace(/ \(.*$/, ''))).toBe(at);
      }),
    );
  });
});
