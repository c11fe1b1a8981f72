import { describe, expect, it } from 'vitest';
import { fileOf, fuzz } from './fuzz.ts';
import { READERS } from './readers.ts';
import { ownSeeds } from './seeds.ts';

describe('files that chance has changed', () => {
  it('are read or refused, of every kind that there is', { timeout: 120_000 }, async () => {
    const seeds = await ownSeeds();
    expect([...new Set(seeds.map(({ kind }) => kind))].toSorted()).toEqual(Object.keys(READERS).toSorted());
    const rounds = 4 * Object.keys(READERS).length;
    const { read, refused, faults } = await fuzz({ rounds, seed: 7, seeds });
    expect(faults).toEqual([]);
    // Some of them pass: others were changed where nobody would see it.
    expect(read + refused).toBe(rounds);
    expect(Math.min(read, refused)).toBeGreaterThan(0);
  });

  it('come the same for the same seed, and are others than those they were made of', async () => {
    const seeds = await ownSeeds();
    for (let round = 0; round < 60; round += 1)
      expect(fileOf(round, { seed: 3, seeds }).bytes).toEqual(fileOf(round, { seed: 3, seeds }).bytes);
    const rounds = Array.from({ length: 60 }, (_, round) => fileOf(round, { seed: 3, seeds }));
    const same = rounds.filter(({ kind, name, bytes }) =>
      seeds.some((one) => one.kind === kind && one.name === name && Buffer.from(one.bytes).equals(bytes)),
    );
    expect(same.length).toBeLessThan(6);
  });

  it('are waited for no longer than said: a reader that hangs is a fault, and the next goes on', {
    timeout: 60_000,
  }, async () => {
    const seeds = await ownSeeds();
    const { faults, read, refused } = await fuzz({ rounds: 2, seed: 1, seeds, patienceMs: 0 });
    expect(faults.map(({ said }) => said)).toEqual(Array.from({ length: 2 }, () => 'hangs: nothing within 0 ms'));
    expect(read + refused).toBe(0);
  });
});
