import { describe, expect, it } from 'vitest';
import { openPace } from './pace.ts';

/** Of a page whose clock began a while after the station's. */
const PAGE_BEGAN = 40_000;
/** What is between asking and having a picture: rarely little, at times much. */
const slowness = (n: number): number => 4 + (n % 7 === 0 ? 1_800 : (n * 37) % 90);

/** @param capturedAt when a picture was taken that was asked for then, both by the station's clock */
function filmed(seconds: number, capturedAt: (askedAt: number, n: number) => number, pace = openPace()) {
  const kept: boolean[] = [];
  for (let [n, askedAt] = [1, PAGE_BEGAN + 500]; askedAt < PAGE_BEGAN + seconds * 1_000; n++, askedAt += 330)
    kept.push(pace.keeps({ askedAt, cameAt: askedAt + slowness(n), capturedAt: capturedAt(askedAt, n) - PAGE_BEGAN }));
  return { pace, kept, refusedAt: kept.indexOf(false) };
}

describe('pictures', () => {
  it.each([
    ['the moment they are asked for', (at: number) => at + 1],
    ['up to half a second before', (at: number, n: number) => at - ((n * 83) % 500)],
  ])('that are taken %s are of now, however long they travel, for an hour', (_, taken) => {
    expect(new Set(filmed(3_600, taken).kept)).toEqual(new Set([true]));
  });

  it.each([
    ['a tenth faster', 1.1],
    ['a tenth slower', 0.9],
    ['a hundredth slower', 0.99],
  ])('that come %s than they were taken are refused', (_, pace) => {
    const began = PAGE_BEGAN + 500;
    const { refusedAt } = filmed(300, (at) => began + (at - began) * pace);
    expect(refusedAt).toBeGreaterThan(0);
  });

  it('that were held back are refused at once', () => {
    const { kept } = filmed(60, (at, n) => (n > 30 ? at - 3_000 + n : at));
    expect(kept.slice(0, 30)).not.toContain(false);
    expect(kept[30]).toBe(false);
  });

  it('that come a second time, or in another order, are refused', () => {
    const pace = openPace();
    const moments = { askedAt: 1_000, cameAt: 1_010, capturedAt: 7 };
    expect([7, 7, 6, 8].map((capturedAt) => pace.keeps({ ...moments, capturedAt }))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('of another page are held against its own clock', () => {
    const { pace } = filmed(10, (at) => at);
    const moments = { askedAt: 60_000, cameAt: 60_010, capturedAt: 3 };
    expect(pace.keeps(moments)).toBe(false);
    pace.beginAnew();
    expect(pace.keeps(moments)).toBe(true);
  });
});
