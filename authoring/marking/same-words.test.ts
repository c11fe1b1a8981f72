import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldWords, isAccepted } from './same-words.ts';

const accepts = (accepted: string, typed: string, caseCounts?: true): boolean =>
  isAccepted(typed, { accepted: [accepted], ...(caseCounts ? { caseCounts } : {}) });

describe('words in a gap', () => {
  it.each([
    ['安全第一', ' 安全 第一。'],
    ['安全第一', '「安全第一」'],
    ['预防为主、综合治理', '预防为主，综合治理'],
    ['36V', '３６ｖ'],
    ['36 V', '36V'],
    ['36', '36.0'],
    ['0.5', '.5'],
    ['-5', '−5'],
    ['m²', 'm2'],
    ['10²', '10^2'],
    ['50%', '５０％'],
    ['24V/36V', '24v／36v'],
    ['fire extinguisher', ' Fire  Extinguisher. '],
    ['A级', 'a级'],
    ['1:2', '1：2'],
    ['GB/T 3608', 'gb/t3608'],
    ['5～10', '5~10'],
    ['5〜10', '5~10'],
    ['50×30', '50x30'],
    ['50 × 30', '50*30'],
    ['≥18岁', '>= 18岁'],
    ['≤10', '≦10'],
    ['。', ' 。'],
    ['？', '?'],
    ['ＣＯ₂', 'co2'],
    ['安全\u200b第一', '安全第一'],
  ])('%s may be typed as %s', (accepted, typed) => expect(accepts(accepted, typed)).toBe(true));

  it.each([
    ['15', '1.5'],
    ['5〜10', '5 10'],
    ['。', '？'],
    ['。', ' '],
    ['。', ''],
    ['50×30', '5030'],
    ['≥18', '>18'],
    ['≥18', '≤18'],
    ['5', '-5'],
    ['102', '10²'],
    ['12', '1/2'],
    ['11/2', '1½'],
    ['12', '1:2'],
    ['1.5', '1,5'],
    ['1000', '1,000'],
    ['B 12', 'B 1 2'],
    ['fire man', 'fireman'],
    ['10MPa', '10mPa'],
    ['5 MW', '5 mW'],
    ['50', '50%'],
    ['≥36', '≤36'],
    ['+', '-'],
    ['安全第一', '安全'],
    ['安全第一', ''],
    ['安全第一', '。'],
  ])('%s is not %s', (accepted, typed) => expect(accepts(accepted, typed)).toBe(false));

  it('are told apart by capitals only where these count', () => {
    expect([accepts('Co', 'CO'), accepts('Co', 'CO', true), accepts('Co', ' Ｃo ', true)]).toEqual([true, false, true]);
  });

  it('that are nothing but marks count for the same marks alone', () => {
    expect(['。', ' 。'].map((typed) => accepts('。', typed))).toEqual([true, true]);
    for (const key of ['安全', '？', '-', '5']) expect(accepts(key, '。')).toBe(false);
  });

  const text = fc.string({ unit: fc.constantFrom(...'安全第一AbM5. ,，²½-:/()　０％ m〜x×*<>=≥≦'), maxLength: 12 });

  it('are the same however often they are folded, and as they were written', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (written, caseCounts) => {
        const folded = foldWords(written, caseCounts);
        expect(foldWords(folded, caseCounts)).toBe(folded);
        if (written.trim() !== '') expect(isAccepted(written, { accepted: [written] })).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of two numbers that differ are never the same', () => {
    const number = fc
      .tuple(fc.integer({ min: -9999, max: 9999 }), fc.nat(3))
      .map(([n, places]) => (n / 10 ** places).toString());
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(accepts(a, b)).toBe(Number(a) === Number(b));
      }),
      { numRuns: 1_000 },
    );
  });
});
