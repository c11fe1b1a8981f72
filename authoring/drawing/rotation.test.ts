import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitmentTo, openRotation, seedOf, turnOf } from './rotation.ts';

const taken = (rotation: ReturnType<typeof openRotation>, serial: number, count: number, series = 's'): number[] =>
  rotation({ series, serial }).take(count).toArray();

describe('a rotation', () => {
  const counted = (size: number, share: number, forms: number): number[] => {
    const rotation = openRotation({ name: 'p', size, share });
    const counts = Array<number>(size).fill(0);
    for (let serial = 0; serial < forms; serial++)
      for (const item of taken(rotation, serial, share)) counts[item] = (counts[item] as number) + 1;
    return counts;
  };

  it('lets no item come up twice in a pass', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(60),
        (size, wanted, forms) => {
          const share = Math.min(size, wanted);
          const passes = Math.ceil(forms / Math.floor(size / share));
          expect(Math.max(...counted(size, share, forms))).toBeLessThanOrEqual(passes);
        },
      ),
    );
  });

  it.each([
    [100, 10],
    [105, 10],
    [19, 10],
    [1_000, 7],
  ])('lets each of %i items come up about as often as any other, %i at a time', (size, share) => {
    const forms = 4_000;
    const counts = counted(size, share, forms);
    expect(Math.max(...counts)).toBeLessThan((1.25 * forms * share) / size);
    expect(Math.min(...counts)).toBeGreaterThan((0.75 * forms * share) / size);
  });

  it('lets an item that is present in every other pass come up half as often', () => {
    const rotation = openRotation({ name: 'p', size: 60, share: 4, presence: (at) => (at < 20 ? 0.5 : 1) });
    const counts = Array<number>(60).fill(0);
    for (let serial = 0; serial < 6_000; serial++)
      for (const item of taken(rotation, serial, 4)) counts[item] = (counts[item] as number) + 1;
    const mean = (from: number, to: number): number =>
      counts.slice(from, to).reduce((sum, count) => sum + count, 0) / (to - from);
    expect(mean(0, 20) / mean(20, 60)).toBeCloseTo(0.5, 1);
  });

  it('gives every item once, whichever form of the series asks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(1_000), (size, serial) => {
        const all = taken(openRotation({ name: 'p', size, share: Math.min(7, size) }), serial, size + 5);
        expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, at) => at));
      }),
    );
  });

  it('depends on series, serial and name, and on nothing that was asked before', () => {
    const fresh = () => openRotation({ name: 'p', size: 30, share: 4 });
    const used = fresh();
    for (let serial = 0; serial < 50; serial++) taken(used, serial, 4, 'other');
    expect(taken(used, 9, 4)).toEqual(taken(fresh(), 9, 4));
    expect(taken(fresh(), 9, 4, 't')).not.toEqual(taken(fresh(), 9, 4));
    expect(taken(openRotation({ name: 'q', size: 30, share: 4 }), 9, 4)).not.toEqual(taken(fresh(), 9, 4));
  });
});

describe('a seed', () => {
  it('names a series and a place in it, or is a series of its own', () => {
    expect(turnOf('abc/12')).toEqual({ series: 'abc', serial: 12 });
    expect(turnOf('a/b/3')).toEqual({ series: 'a/b', serial: 3 });
    for (const seed of ['abc', '/3', 'abc/', 'abc/-1', 'abc/1e3', '3'])
      expect(turnOf(seed)).toEqual({ series: seed, serial: 0 });
  });

  it('is what turn it stands for', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(999_999_999), (series, serial) => {
        expect(turnOf(seedOf({ series, serial }))).toEqual({ series, serial });
      }),
    );
  });

  it('is told to nobody by its commitment, which is the same for all of a series but for the place', () => {
    const [one, two] = ['secret/1', 'secret/2'].map(commitmentTo) as [string, string];
    expect(one).toMatch(/^sha256:[0-9a-f]{64}\/1$/);
    expect(two).toBe(one.replace(/1$/, '2'));
  });
});
