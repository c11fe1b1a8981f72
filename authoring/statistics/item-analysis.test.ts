import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemId, OptionId } from '../../contract/words/ids.ts';
import { analyseItems, reliabilityOf, type Sitting } from './index.ts';

const [A, B, C] = ['a', 'b', 'c'] as [OptionId, OptionId, OptionId];
const keyOf = () => ({ kind: 'single' as const, options: [A, B, C], key: [A] });
const answered = (item: number, right: boolean) => ({ itemId: `it_${item}` as ItemId, chosen: [right ? A : B] });

/** Forty candidates and six items: numpy 2.4 drew the same table and gave the figures below. */
function table(): readonly Sitting[] {
  let state = 12_345;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: 40 }, () => {
    const ability = next();
    return Array.from({ length: 6 }, (_, item) => answered(item, next() < 0.1 + 0.9 * ability - 0.05 * item));
  });
}
/** `X.mean(0)`, `np.corrcoef(X[:, j], X.sum(1) - X[:, j])[0, 1]`, `k/(k-1) * (1 - (p*(1-p)).sum() / X.sum(1).var())`. */
const REFERENCE = {
  p: [0.55, 0.525, 0.55, 0.525, 0.375, 0.375],
  rpb: [0.447598999941, 0.303769888086, 0.635718531077, 0.370487625332, 0.489173461892, 0.381096098537],
  kr20: 0.704237288136,
};

describe('item statistics', () => {
  const statistics = analyseItems(table(), keyOf);

  it('are what numpy makes of the same answers', () => {
    for (const { itemId, p, rpb } of statistics) {
      const at = Number(itemId.slice(3));
      expect(p).toBeCloseTo(REFERENCE.p[at] as number, 12);
      expect(rpb).toBeCloseTo(REFERENCE.rpb[at] as number, 10);
    }
    expect(reliabilityOf(table(), keyOf)).toEqual({
      ...{ coefficient: 'kr-20', candidates: 40, items: 6 },
      value: expect.closeTo(REFERENCE.kr20, 10),
    });
  });

  it('count who took which option, and name the one that nobody takes', () => {
    const [first] = statistics;
    expect(first?.options.map(({ chosen }) => chosen)).toEqual([
      Math.round(40 * (first?.p ?? 0)),
      40 - Math.round(40 * (first?.p ?? 0)),
      0,
    ]);
    expect(first?.flags).toContain('idle-option');
  });

  it('say nothing of an item that fewer than thirty had', () => {
    const few = analyseItems(table().slice(0, 29), keyOf);
    expect(few.map(({ flags }) => flags.join())).toEqual(Array(6).fill('too-few'));
    expect(reliabilityOf(table().slice(0, 29), keyOf)).toBeUndefined();
  });

  it('find a key that is wrong: who knows more gets it wrong', () => {
    const turned = table().map((sitting) =>
      sitting.map((one) => (one.itemId === 'it_0' ? { ...one, chosen: one.chosen[0] === A ? [B] : [A] } : one)),
    );
    expect(analyseItems(turned, keyOf).find(({ itemId }) => itemId === 'it_0')?.flags).toContain('check-key');
  });

  it('are not silenced by one sitting that had nothing else of the bank', () => {
    const lonely: Sitting = [answered(0, true)];
    const rpb = (all: readonly Sitting[]) => analyseItems(all, keyOf).find(({ itemId }) => itemId === 'it_0')?.rpb;
    expect(rpb([...table(), lonely])).toBe(rpb(table()));
  });

  it('tell blank answers, and leave out items that the bank has not got', () => {
    const sitting: Sitting = [
      { itemId: 'it_1' as ItemId, chosen: [] },
      { itemId: 'it_2' as ItemId, chosen: [A] },
    ];
    const known = (item: ItemId) => (item === 'it_1' ? keyOf() : undefined);
    expect(analyseItems([sitting], known)).toMatchObject([{ itemId: 'it_1', n: 1, p: 0, blank: 1, rpb: null }]);
  });

  it('stay within their bounds whatever was answered', () => {
    let correlated = 0;
    const sitting = fc.uniqueArray(fc.tuple(fc.nat(5), fc.boolean()), { selector: ([item]) => item, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(sitting, { maxLength: 40 }), (all) => {
        for (const { n, p, rpb } of analyseItems(
          all.map((one) => one.map(([item, right]) => answered(item, right))),
          keyOf,
        )) {
          expect(n).toBeGreaterThan(0);
          expect(p >= 0 && p <= 1).toBe(true);
          if (rpb === null) continue;
          correlated += 1;
          expect(Math.abs(rpb)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
    expect(correlated).toBeGreaterThan(0);
  });
});

describe('reliability', () => {
  it('of forms that differ is estimated from the items that each had', () => {
    const mixed = table().map((sitting, at) => sitting.filter((_, item) => item !== at % 6));
    const value = reliabilityOf(mixed, keyOf);
    expect(value?.coefficient).toBe('kr-20-mixed');
    expect(value?.value).toBeLessThan(1);
  });

  it('is none where forms have different lengths or all candidates the same marks', () => {
    expect(
      reliabilityOf(
        table().map((sitting, at) => sitting.slice(at % 2)),
        keyOf,
      ),
    ).toBeUndefined();
    expect(reliabilityOf(Array(40).fill(table()[0]), keyOf)).toBeUndefined();
  });
});
