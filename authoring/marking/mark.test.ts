import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlueprintRow, fullMarks } from '../../contract/words/blueprint.ts';
import type { Given } from '../../contract/words/form.ts';
import type { ItemId, OptionId } from '../../contract/words/ids.ts';
import { BANK, EXAM } from '../bank.fixture.ts';
import { drawForm } from '../drawing/index.ts';
import { isRight, type Key, markForm, marksByTopic } from './mark.ts';
import { rightAnswerTo } from './right-answer.ts';

const form = drawForm(BANK, EXAM.blueprint, 'marking');
const keyOf = (id: ItemId): readonly OptionId[] => BANK.items.find((item) => item.id === id)?.key ?? [];
const optionsOf = (id: ItemId): readonly OptionId[] => form.items.find(({ itemId }) => itemId === id)?.options ?? [];
const itemOf = (id: ItemId) => BANK.items.find((item) => item.id === id) as (typeof BANK.items)[number];
const mark = (chosenOf: (id: ItemId) => readonly OptionId[], scoring?: 'subset') =>
  markForm(form.items, (id) => ({ chosen: chosenOf(id) }), itemOf, scoring);

describe('a marked form', () => {
  it('gives full marks for exactly the keys, in whatever order they were chosen', () => {
    expect(mark(keyOf).marks).toBe(fullMarks(EXAM.blueprint));
    expect(mark((id) => keyOf(id).toReversed()).marks).toBe(fullMarks(EXAM.blueprint));
  });

  it('gives nothing for a blank form, and nothing for everything ticked', () => {
    expect(mark(() => []).marks).toBe(0);
    expect(mark(optionsOf).marks).toBe(0);
  });

  it('gives an item its marks for exactly its key and nothing else', () => {
    const place = fc.nat(form.items.length - 1);
    fc.assert(
      fc.property(place, fc.infiniteStream(fc.boolean()), (at, ticks) => {
        const { itemId, options, marks } = form.items[at] as (typeof form.items)[number];
        const chosen = options.filter(() => ticks.next().value);
        const right = chosen.toSorted().join() === keyOf(itemId).toSorted().join();
        expect(mark((id) => (id === itemId ? chosen : [])).marks).toBe(right ? marks : 0);
      }),
    );
  });

  it('lists every item with what was chosen and what it gave, and its marks are their sum', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }), (right) => {
        const chosenOf = (id: ItemId) => (right[form.items.findIndex(({ itemId }) => itemId === id)] ? keyOf(id) : []);
        const { marks, items } = mark(chosenOf);
        expect(items.map(({ itemId }) => itemId)).toEqual(form.items.map(({ itemId }) => itemId));
        expect(items.map(({ chosen }) => chosen)).toEqual(form.items.map(({ itemId }) => chosenOf(itemId)));
        expect(marks).toBe(items.reduce((sum, item) => sum + item.marks, 0));
      }),
    );
  });

  it('gives nothing for one right option chosen as often as the key is long', () => {
    const [item] = form.items.filter(({ itemId }) => keyOf(itemId).length > 1);
    const [first] = keyOf(item?.itemId as ItemId);
    const thrice = keyOf(item?.itemId as ItemId).map(() => first as OptionId);
    expect(mark((id) => (id === item?.itemId ? thrice : [])).marks).toBe(0);
  });

  // A mark that the schema of a blueprint refuses need not add up.
  it.each([0.1, 0.25, 0.5, 0.7, 1.1, 1.5, 2])(
    'that is all right gives full marks to the last digit, at %f marks an item',
    (each) => {
      for (let count = 1; count <= 14; count++) {
        const row = BlueprintRow.safeParse({ kind: 'single', count, marks: each });
        if (!row.success) return;
        const blueprint = { rows: [row.data] };
        const { items } = drawForm(BANK, blueprint, 'decimals');
        const { marks } = markForm(items, (id) => ({ chosen: keyOf(id) }), itemOf);
        const typed = Number((count * each).toFixed(2));
        expect([marks, fullMarks(blueprint)]).toEqual([typed, typed]);
      }
    },
  );
});

describe('part marks', () => {
  const part = (chosenOf: (id: ItemId) => readonly OptionId[]) => mark(chosenOf, 'subset');

  it('are the part of the key that was chosen, and nothing where anything wrong was', () => {
    const place = fc.nat(form.items.length - 1);
    fc.assert(
      fc.property(place, fc.infiniteStream(fc.boolean()), (at, ticks) => {
        const { itemId, options, marks } = form.items[at] as (typeof form.items)[number];
        const chosen = options.filter(() => ticks.next().value);
        const right = chosen.filter((id) => keyOf(itemId).includes(id)).length;
        const given = part((id) => (id === itemId ? chosen : [])).marks;
        if (right < chosen.length) expect(given).toBe(0);
        else expect(given).toBeCloseTo((marks * right) / keyOf(itemId).length, 1);
        // Never more than all, never less than all or nothing gives.
        expect(given).toBeLessThanOrEqual(marks);
        expect(given).toBeGreaterThanOrEqual(mark((id) => (id === itemId ? chosen : [])).marks);
      }),
    );
  });

  it('never reach full marks by halves: two of three thirds are not rounded up', () => {
    const item = form.items.find(({ itemId }) => keyOf(itemId).length === 3) as (typeof form.items)[number];
    const answer = { chosen: keyOf(item.itemId).slice(0, 2) };
    const { marks } = markForm([{ ...item, marks: 1 }], () => answer, itemOf, 'subset');
    expect(marks).toBe(0.66);
  });
});

describe('marks by topic', () => {
  const wrongOf = (id: ItemId) =>
    optionsOf(id)
      .filter((option) => !keyOf(id).includes(option))
      .slice(0, 1);

  it('add up to the form, and tell blank from wrong', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('right', 'wrong', 'blank'), { minLength: 14, maxLength: 14 }), (done) => {
        const chosenOf = (id: ItemId) => {
          const what = done[form.items.findIndex(({ itemId }) => itemId === id)];
          return what === 'right' ? keyOf(id) : what === 'wrong' ? wrongOf(id) : [];
        };
        const marked = mark(chosenOf);
        const topics = marksByTopic(form.items, marked.items, itemOf);
        const sum = (of: (topic: (typeof topics)[number]) => number) =>
          topics.reduce((total, one) => total + of(one), 0);
        const count = (what: string) => done.filter((one) => one === what).length;
        expect(sum(({ marks }) => marks)).toBe(marked.marks);
        expect(sum(({ fullMarks }) => fullMarks)).toBe(fullMarks(EXAM.blueprint));
        expect([sum(({ right }) => right), sum(({ wrong }) => wrong), sum(({ blank }) => blank)]).toEqual(
          ['right', 'wrong', 'blank'].map(count),
        );
      }),
    );
  });

  it('are by the widest part of the topic', () => {
    const topics = marksByTopic(form.items, mark(keyOf).items, (id) => ({ topic: `电/${id}` }));
    expect(topics).toMatchObject([{ field: '电', items: 14, right: 14 }]);
  });
});

describe('a number', () => {
  const drawn = [{ itemId: 'it_n' as ItemId, options: [], marks: 2 }];
  const given = (typed: string | undefined, tolerance = 0.5, scoring?: 'subset') =>
    markForm(
      drawn,
      () => ({ chosen: [], typed }),
      () => ({ kind: 'numeric', key: [], number: { value: 36, tolerance } }),
      scoring,
    ).marks;

  it.each(['36', '36.5', '35.5', ' ３６ ', '+36.0'])('%j is near enough', (typed) => expect(given(typed)).toBe(2));
  it.each(['36.51', '-36', '36V', '', undefined, '三十六'])('%j is not', (typed) => expect(given(typed)).toBe(0));

  it('is not made wrong by binary fractions, and earns no part marks', () => {
    expect(
      markForm(
        drawn,
        () => ({ chosen: [], typed: '0.3' }),
        () => ({ kind: 'numeric', key: [], number: { value: 0.1 + 0.2, tolerance: 0 } }),
      ).marks,
    ).toBe(2);
    expect(given('37', 0.5, 'subset')).toBe(0);
  });

  it.each([
    ['14.769', 0.8845, 13.8845],
    ['-13', 0.8845, 13.8845],
    ['-6523.6', 454.55, 6978.15],
  ])('%j is an end of %d give or take %d, and right', (typed, value, tolerance) => {
    const key = { kind: 'numeric', key: [], number: { value, tolerance } } as const;
    expect(isRight({ chosen: [], typed }, key)).toBe(true);
    expect(isRight({ chosen: [], typed: `${Number(typed) + Math.sign(Number(typed)) * 1e-6}` }, key)).toBe(false);
  });

  it('is right within its tolerance and nowhere else', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 0, max: 50 }), (tenths, off) => {
        const typed = (36 + tenths / 10).toFixed(1);
        expect(given(typed, off / 10)).toBe(Math.abs(tenths) <= off ? 2 : 0);
      }),
    );
  });
});

describe('words and orders', () => {
  const drawn = [{ itemId: 'it_n' as ItemId, options: [], marks: 3 }];
  const marksOf = (given: Given, key: Key, scoring?: 'subset') =>
    markForm(
      drawn,
      () => given,
      () => key,
      scoring,
    ).marks;
  const gaps = { kind: 'text', key: [], gaps: ['断电', '验电', '接地'].map((word) => ({ accepted: [word] })) } as const;
  const order = { kind: 'order', key: ['op_1', 'op_2', 'op_3', 'op_4'] as OptionId[] } as const;
  const inOrder = (...at: readonly number[]) => ({ chosen: at.map((n) => `op_${n}` as OptionId) });

  it.each([
    [['断电', '验电', '接地'], 3, 3],
    [['断电', '', '接地'], 0, 2],
    [['验电', '断电', '接地'], 0, 1],
    [['断电'], 0, 1],
    [[], 0, 0],
  ])('typed as %j are worth %d, or %d in parts', (words, whole, parts) => {
    const given = { chosen: [], gaps: words };
    expect([marksOf(given, gaps), marksOf(given, gaps, 'subset')]).toEqual([whole, parts]);
  });

  it.each([
    [[1, 2, 3, 4], 3, 3],
    [[2, 3, 4, 1], 0, 2],
    [[3, 4, 1, 2], 0, 2],
    [[4, 3, 2, 1], 0, 0],
    [[1, 2], 0, 1],
    [[], 0, 0],
  ])('put as %j are worth %d, or %d in parts', (places, whole, parts) => {
    const given = inOrder(...places);
    expect([marksOf(given, order), marksOf(given, order, 'subset')]).toEqual([whole, parts]);
  });

  const premises = ['a', 'b', 'c'].map((name) => ({ id: `op_${name}` as OptionId, text: { zh: name } }));
  const match = { kind: 'match', premises, key: ['op_1', 'op_2', 'op_1'] as OptionId[] } as const;
  it.each([
    [{ a: 1, b: 2, c: 1 }, 3, 3],
    [{ c: 1, a: 1, b: 2 }, 3, 3],
    [{ a: 1, b: 1, c: 1 }, 0, 2],
    [{ a: 1 }, 0, 1],
    [{ a: 2, b: 3, c: 2 }, 0, 0],
    [{}, 0, 0],
  ])('paired as %j are worth %d, or %d in parts', (beside, whole, parts) => {
    const pairs = Object.entries(beside).map(([premise, choice]) => ({
      ...{ premise: `op_${premise}` as OptionId, choice: `op_${choice}` as OptionId },
    }));
    const given = { chosen: [], pairs };
    expect([marksOf(given, match), marksOf(given, match, 'subset')]).toEqual([whole, parts]);
  });

  it('have an answer that is right, which is right', () => {
    for (const key of [gaps, order, match, { kind: 'numeric', key: [], number: { value: 3.5, tolerance: 0 } }] as const)
      expect(isRight(rightAnswerTo(key), key)).toBe(true);
  });

  it('in any order are worth all of it for the key alone, and never more', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4]), (places) => {
        const marks = marksOf(inOrder(...places), order, 'subset');
        expect(marks === 3).toBe(places.join() === '1,2,3,4');
        expect(marks >= 0 && marks <= 3).toBe(true);
      }),
    );
  });
});
