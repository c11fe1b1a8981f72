import { describe, expect, it } from 'vitest';
import type { ItemDraft } from '../../contract/words/items.ts';
import { makeItem } from '../../proof/index.ts';
import { hasFixedOrder, orderOptions, undrawnOptions } from './option-order.ts';

const item = (last: string, more: Partial<ItemDraft> = {}) =>
  makeItem({
    ...{
      kind: 'single',
      stem: { zh: '题' },
      options: ['停电', '验电', last].map((zh) => ({ zh })),
      key: [0],
      topic: '',
    },
    ...more,
  });
const reversed = <T>(list: readonly T[]): T[] => list.toReversed();

describe('the written order of options is kept', () => {
  it('where one speaks of others, in either language', () => {
    expect(hasFixedOrder(item('以上都对'))).toBe(true);
    expect(hasFixedOrder(item('接地', { options: [{ zh: '停电' }, { zh: '接地', en: 'None of the above' }] }))).toBe(
      true,
    );
  });

  it('where the stem or the explanation calls them by their letters', () => {
    expect(hasFixedOrder(item('接地', { explanation: { zh: '见规程，故选B。' } }))).toBe(true);
    expect(hasFixedOrder(item('接地', { stem: { zh: '关于选项A的说法' } }))).toBe(true);
  });

  it('where whoever wrote the item asked for it, and of right and wrong', () => {
    expect(hasFixedOrder(item('接地', { fixedOrder: true }))).toBe(true);
    const options = [{ zh: '错误' }, { zh: '正确' }];
    expect(hasFixedOrder(item('', { kind: 'true-false', options }))).toBe(true);
  });

  it('and nowhere else', () => {
    const plain = item('接地');
    expect(hasFixedOrder(plain)).toBe(false);
    expect(orderOptions(plain, reversed)).toEqual(plain.options.map(({ id }) => id).toReversed());
  });

  it('by less than is known now, where a form of before is drawn again', () => {
    const [known, unknown] = [item('以上都对'), item('仅A')];
    const kept = ({ options }: typeof known) => options.map(({ id }) => id);
    expect([orderOptions(known, reversed, 'first'), orderOptions(known, reversed)]).toEqual([kept(known), kept(known)]);
    expect(orderOptions(unknown, reversed, 'first')).toEqual(kept(unknown).toReversed());
    expect(orderOptions(unknown, reversed)).toEqual(kept(unknown));
  });
});

describe('options that are put beside premises', () => {
  const match = (last: string, fixed: { readonly fixedOrder?: true } = {}) =>
    makeItem({
      ...{
        kind: 'match',
        stem: { zh: '配对' },
        options: ['甲', '乙', last].map((zh) => ({ zh })),
        key: [0, 1],
        topic: '',
      },
      ...{ premises: [{ zh: '子' }, { zh: '丑' }], ...fixed },
    });
  const turned = (item: ReturnType<typeof match>) => orderOptions(item, (list) => list.toReversed());
  const ids = ({ options }: ReturnType<typeof match>) => options.map(({ id }) => id);

  it('are shuffled unless they stay where they are written', () => {
    expect(turned(match('丙'))).toEqual(ids(match('丙')).toReversed());
    for (const item of [match('丙', { fixedOrder: true }), match('以上都不对')]) {
      expect(turned(item)).toEqual(ids(item));
      expect(undrawnOptions(item)).toEqual(ids(item));
    }
  });

  it('stand by their ids where nobody draws: as they are written, they may be the key', () => {
    expect(undrawnOptions(match('丙'))).toEqual(ids(match('丙')).toSorted());
  });
});

describe('options that are to be put into an order', () => {
  const texts = ['停电', '验电', '以上都完成后接地'];
  const order = (fixed: { readonly fixedOrder?: true } = {}) =>
    makeItem({
      ...{ kind: 'order', stem: { zh: '步骤' }, options: texts.map((zh) => ({ zh })), key: [0, 1, 2], topic: '' },
      ...fixed,
    });

  it('are always shuffled: as they are written they may be the key', () => {
    const turned = (item: ReturnType<typeof order>) => orderOptions(item, (list) => list.toReversed());
    for (const item of [order(), order({ fixedOrder: true })]) expect(turned(item)).toEqual(item.key.toReversed());
  });

  it('stand by their ids where nobody draws, however they were written', () => {
    const written = [0, 1, 2].map((first) =>
      makeItem({
        ...{ kind: 'order', stem: { zh: '步骤' }, topic: '', key: [0, 1, 2] },
        options: [0, 1, 2].map((at) => ({ zh: texts[(at + first) % 3] as string })),
      }),
    );
    expect(new Set(written.map((item) => undrawnOptions(item).join())).size).toBe(1);
  });
});
