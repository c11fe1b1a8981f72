import { expect, test } from 'vitest';
import { daysLeft, daysUntil } from './days.ts';

const at = (day: number, hour: number, minute = 0): Date => new Date(2026, 10, day, hour, minute);

test('days are counted by midnights, not by hours', () => {
  const days = (then: Date, now: Date) => daysUntil(then.toISOString(), now);
  expect(days(at(28, 0, 30), at(27, 23, 50))).toBe(1);
  expect(days(at(27, 23, 50), at(27, 0, 10))).toBe(0);
  expect(days(at(26, 23), at(27, 0))).toBe(-1);
  expect(days(new Date(2027, 0, 1, 8), at(30, 20))).toBe(32);
});

test('a certificate ends soon in its last ninety days, and one that holds no more has none left', () => {
  const now = at(1, 12);
  const left = (days: number, standing = 'valid') =>
    daysLeft({ expiresAt: new Date(2026, 10, 1 + days, 12).toISOString(), standing }, now);
  expect([left(91), left(90), left(0)]).toEqual([
    { days: 91, soon: false },
    { days: 90, soon: true },
    { days: 0, soon: true },
  ]);
  expect(left(20, 'suspended')).toEqual({ days: 20, soon: true });
  for (const standing of ['expired', 'revoked']) expect(left(20, standing)).toBeUndefined();
  expect(daysLeft({ expiresAt: null, standing: 'valid' }, now)).toBeUndefined();
});
