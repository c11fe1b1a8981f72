import { describe, expect, it } from 'vitest';
import { Blueprint } from '../../contract/words/blueprint.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import { makeBank, makeItem } from '../../proof/index.ts';
import { drawForm } from './index.ts';
import { meets, simulate } from './simulate.ts';

const TOPICS = ['电', '火', '高处', '起重', '有限空间'];
const bank = makeBank(
  { zh: '题库' },
  Array.from({ length: 1_500 }, (_, n) =>
    makeItem({
      kind: n % 3 === 0 ? 'true-false' : 'single',
      stem: { zh: `第 ${n} 题` },
      options: [{ zh: '甲' }, { zh: '乙' }],
      key: [0],
      topic: TOPICS[n % 5] as string,
      difficulty: (n % 11) / 10,
      ...(n % 40 === 0 ? { enemies: `e${n % 400}` } : {}),
    }),
  ),
);
const blueprint = Blueprint.parse({
  rows: [
    { kind: 'single', count: 12, marks: 2, topic: '电' },
    { kind: 'single', count: 8, marks: 2 },
    { kind: 'true-false', count: 20, marks: 1 },
  ],
  rules: { difficulty: { target: 0.5, tolerance: 0.05 } },
});
const simulation = simulate(bank, blueprint, { forms: 2_000, seed: 'test' });

describe('two thousand forms', () => {
  it('meet every rule, which forms at random do not', () => {
    expect(simulation.rotation.violations).toBe(0);
    expect(simulation.random.violations).toBeGreaterThan(100);
  });

  it('burden the items of a cell evenly, and more evenly than chance does', () => {
    for (const [at, even] of simulation.rotation.exposure.entries()) {
      if (even.cell === 'single') continue;
      expect(even.maxToMean).toBeLessThanOrEqual(1.5);
      expect(even.maxToMean).toBeLessThan(simulation.random.exposure[at]?.maxToMean ?? 0);
      expect(even.unused).toBe(0);
    }
  });

  it('let neighbours share less than chance does', () => {
    expect(simulation.rotation.overlap.mean).toBeLessThan(simulation.random.overlap.mean / 2);
  });

  it('are the same every time', () => {
    const again = simulate(bank, blueprint, { forms: 2_000, seed: 'test' });
    expect(again.rotation.counts).toEqual(simulation.rotation.counts);
  });
});

describe('the check of a form', () => {
  const byId = new Map(bank.items.map((item) => [item.id, item]));
  const form = drawForm(bank, blueprint, 'checked');
  const change = (items: typeof form.items) => meets(items, blueprint, byId);

  it('finds an item too few, twice, of another row, of no bank, and with other marks', () => {
    const [first, ...rest] = form.items;
    if (!first) throw new Error('no items');
    expect(change(form.items)).toBe(true);
    expect(change(rest)).toBe(false);
    expect(change([rest[0] as typeof first, ...rest])).toBe(false);
    expect(change(form.items.toReversed())).toBe(false);
    expect(change([{ ...first, itemId: 'it_none' as ItemId }, ...rest])).toBe(false);
    expect(change([{ ...first, marks: 9 }, ...rest])).toBe(false);
  });
});
