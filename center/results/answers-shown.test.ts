import { describe, expect, it } from 'vitest';
import { ItemId } from '../../contract/words/ids.ts';
import { makeItem } from '../../proof/index.ts';
import { answersShown, fieldsOf } from './answers-shown.ts';

const text = makeItem({
  ...{ kind: 'text', stem: { zh: '先（ ）后（ ）。' }, options: [], key: [], topic: '电/检修' },
  gaps: [{ accepted: ['断电', '切断电源'] }, { accepted: ['验电'] }],
});
const order = makeItem({
  ...{ kind: 'order', stem: { zh: '步骤' }, topic: '电', key: [2, 0, 1] },
  options: ['验电', '接地', '停电'].map((zh) => ({ zh })),
});
const match = makeItem({
  ...{ kind: 'match', stem: { zh: '配对' }, topic: '电', key: [1, 0] },
  ...{ premises: [{ zh: '电' }, { zh: '油' }], options: [{ zh: '泡沫' }, { zh: '干粉' }] },
});
const itemOf = (id: ItemId) => [text, order, match].find((item) => item.id === id);
const shown = (answer: object) => {
  const [only] = answersShown([{ chosen: [], marks: 0, ...answer } as never], itemOf);
  return [only?.given.map(({ zh }) => zh), only?.key.map(({ zh }) => zh)];
};

describe('an answer, for whoever may see keys', () => {
  it('of words says each gap, and all that counts there', () => {
    const key = ['断电 / 切断电源', '验电'];
    expect(shown({ itemId: text.id, gaps: ['停电', ' '] })).toEqual([['停电', '–'], key]);
    expect(shown({ itemId: text.id, gaps: ['', ' '] })).toEqual([[], key]);
    expect(shown({ itemId: text.id })).toEqual([[], key]);
  });

  it('of pairs says what was put beside what', () => {
    const pairs = [{ premise: match.premises?.[1]?.id, choice: match.key[0] }];
    expect(shown({ itemId: match.id, pairs })).toEqual([['油 → 干粉'], ['电 → 干粉', '油 → 泡沫']]);
    expect(shown({ itemId: match.id })[0]).toEqual([]);
  });

  it('of an order says it as it was put', () => {
    expect(shown({ itemId: order.id, chosen: order.key.toReversed() })).toEqual([
      ['接地', '验电', '停电'],
      ['停电', '验电', '接地'],
    ]);
  });

  it('counts as right, as a part, as wrong or as blank', () => {
    const answers = [
      { itemId: text.id, chosen: [], gaps: ['断电', '验电'], marks: 2 },
      { itemId: text.id, chosen: [], gaps: ['断电', ''], marks: 1 },
      { itemId: text.id, chosen: [], gaps: ['', ''], marks: 0 },
      { itemId: order.id, chosen: order.key.toReversed(), marks: 0 },
      { itemId: ItemId.parse('it_gone'), chosen: [], marks: 0 },
    ];
    expect(fieldsOf(answers as never, itemOf)).toEqual([
      { field: '电', items: 4, right: 1, part: 1, wrong: 1, blank: 1, marks: 3 },
    ]);
  });
});
