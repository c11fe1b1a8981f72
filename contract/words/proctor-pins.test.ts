import { describe, expect, it } from 'vitest';
import { isEasyPin, numberIn, ProctorNumber, pinDigitsOf, proctorNumbers } from './proctor-pins.ts';

describe('numbers of proctors', () => {
  it('are enough, and none is the beginning of another', () => {
    const all = [...proctorNumbers()];
    expect(all.length).toBe(1_080);
    for (const number of all) {
      expect(ProctorNumber.parse(number)).toBe(number);
      expect(numberIn(`${number}0000`)).toBe(number);
    }
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(['', '0123', '9', '912', 'ab1234'])('stand at the beginning of no "%s"', (typed) => {
    expect(numberIn(typed)).toBeUndefined();
  });
});

describe('digits of one’s own choice', () => {
  it.each([
    '0000',
    '111111',
    '1234',
    '123456',
    '8901',
    '4321',
    '1212',
    '123123',
    '1987',
    '2004',
    '0512',
    '3112',
    '870512',
    '120587',
    '19870512',
    '12051987',
  ])('%s is easily guessed', (own) => {
    expect(isEasyPin(own)).toBe(true);
  });

  it.each(['4829', '7391', '8364', '482915', '70318264'])('%s is not', (own) => {
    expect(isEasyPin(own)).toBe(false);
  });

  it('are not made scarce by that: nine of ten are left', () => {
    const all = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'));
    expect(all.filter(isEasyPin).length).toBeLessThan(1_000);
  });
});

it('a formal exam asks for six, and for more where its policy does', () => {
  expect(pinDigitsOf({ mode: 'formal' })).toBe(6);
  expect(pinDigitsOf({ mode: 'mock' })).toBe(4);
  expect(pinDigitsOf({ mode: 'formal', pinDigits: 8 })).toBe(8);
});
