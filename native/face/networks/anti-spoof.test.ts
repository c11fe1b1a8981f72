import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fused, uprightAround } from './anti-spoof.ts';

const score = fc.double({ min: 0, max: 1, noNaN: true });

describe('two scores put together as odds', () => {
  it('are what each of them is where they agree, and even where one denies what the other says', () => {
    expect(fused([0.933, 0.933])).toBeCloseTo(0.933, 9);
    expect(fused([0.99, 0.01])).toBeCloseTo(0.5, 9);
    // The odds 9 and 1 have 3 between them, where the mean of the scores is 0.7.
    expect(fused([0.9, 0.5])).toBeCloseTo(0.75, 9);
  });

  it('do not hang on one of them alone, however sure it is', () => {
    expect(fused([1, 1e-7])).toBeCloseTo(0.5, 6);
    expect(fused([0, 0.5])).toBeGreaterThan(0);
    expect(fused([1, 0.5])).toBeLessThan(1);
  });

  it('rise with each of them, and lie between them', () => {
    fc.assert(
      fc.property(score, score, score, (one, other, more) => {
        expect(fused([Math.max(one, more), other])).toBeGreaterThanOrEqual(fused([Math.min(one, more), other]));
        expect(fused([one, other])).toBeGreaterThanOrEqual(Math.min(one, other) - 1e-6);
        expect(fused([one, other])).toBeLessThanOrEqual(Math.max(one, other) + 1e-6);
      }),
    );
  });

  it('are no number where one is none', () => expect(fused([Number.NaN, 1])).toBeNaN());
});

describe('the upright part of a picture about a face', () => {
  it.each([
    ['in the middle', { width: 640, height: 480 }, 320, { x: 140, y: 0, width: 360, height: 480 }],
    [
      'at the edge, which it does not leave',
      { width: 640, height: 480 },
      630,
      { x: 280, y: 0, width: 360, height: 480 },
    ],
    ['of a picture that is narrower still', { width: 240, height: 480 }, 120, { x: 0, y: 60, width: 240, height: 320 }],
  ])('%s', (_, picture, middle, window) => {
    const face = { x: middle - 50, y: 160, width: 100, height: 120 };
    expect(uprightAround(face, picture)).toEqual(window);
  });

  it('never reaches beyond the picture, and is three wide and four high', () => {
    const side = fc.integer({ min: 16, max: 4_000 });
    const place = fc.double({ min: -100, max: 4_000, noNaN: true });
    fc.assert(
      fc.property(side, side, place, place, (width, height, x, y) => {
        const window = uprightAround({ x, y, width: 90, height: 120 }, { width, height });
        expect(window.x).toBeGreaterThanOrEqual(0);
        expect(window.y).toBeGreaterThanOrEqual(0);
        expect(window.x + window.width).toBeLessThanOrEqual(width + 1e-9);
        expect(window.y + window.height).toBeLessThanOrEqual(height + 1e-9);
        expect(window.width / window.height).toBeCloseTo(0.75, 9);
      }),
    );
  });
});
