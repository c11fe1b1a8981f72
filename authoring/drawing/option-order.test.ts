import { describe, expect, it } from 'vitest';
import { makeItem } from '../../proof/index.ts';
import { hasFixedOrder, orderOptions, undrawnOptions } from './option-order.ts';

const item = (...texts: string[]) =>
  makeItem({ kind: 'single', stem: { zh: '题' }, options: texts.map((zh) => ({ zh })), key: [0], topic: '' });

describe('options that name other options', () => {
  it.each([
    '以上都对',
    '以上都是',
    '上述三项都是',
    '以上各项',
    '以上说法均正确',
    'A和B',
    'A、B',
    'AB选项A',
    '选项A与C',
    '答案B',
    'B及C都可以',
    'All of the above',
    'none of these',
    'A或C',
    'Ａ和Ｂ',
    '*Ａ和Ｂ',
    'a和b',
    'ABC都对',
    'AC均可',
    '以上情况均是',
    '上述情况可能都有',
    '以上方法一起使用',
    '以上五项',
    '以上任一项',
    '前三项都是',
    '第一项和第二项',
    'All of above',
  ])('%s stay where they are', (text) => {
    expect(hasFixedOrder(item('停电', '验电', text))).toBe(true);
  });

  it.each([
    'A级',
    'B类火灾',
    '维生素C',
    '10米以上',
    '以上海为例',
    '上述部门',
    'CO和CO2',
    'A',
    'DNA和RNA',
    '5 A以上',
    '35岁以上人员均可',
    'PVC都可以',
    '二级以上都要',
    '两端',
  ])('%s may stand anywhere', (text) => {
    expect(hasFixedOrder(item('停电', '验电', text))).toBe(false);
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
