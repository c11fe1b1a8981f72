import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemDraft } from '../contract/words/items.ts';
import { hashOf, makeBank, makeItem } from './index.ts';

const DRAFT: ItemDraft = {
  kind: 'multiple',
  stem: { zh: '动火作业前应当' },
  options: [{ zh: '办理许可证' }, { zh: '检测可燃气体' }, { zh: '关闭照明' }, { zh: '清除可燃物' }],
  key: [0, 1, 3],
  topic: '动火',
};

describe('an item', () => {
  it('has the same id wherever it comes from', () => {
    expect(makeItem(structuredClone(DRAFT))).toEqual(makeItem(DRAFT));
  });

  it('has another id where stem, kind or an option differs', () => {
    const ids = [
      DRAFT,
      { ...DRAFT, stem: { zh: '动火作业后应当' } },
      { ...DRAFT, stem: { ...DRAFT.stem, en: 'Before hot work' } },
      { ...DRAFT, kind: 'single' as const, key: [0] },
      { ...DRAFT, options: DRAFT.options.with(2, { zh: '打开照明' }) },
    ].map((draft) => makeItem(draft).id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the same whatever order its key was written in', () => {
    expect(makeItem({ ...DRAFT, key: [3, 0, 1] })).toEqual(makeItem(DRAFT));
  });

  it('is the same item whatever order its options were written in, and so tells nobody that order', () => {
    const turned = { ...DRAFT, options: DRAFT.options.toReversed(), key: [0, 2, 3] };
    const [one, two] = [makeItem(DRAFT), makeItem(turned)];
    expect([two.id, two.key.toSorted()]).toEqual([one.id, one.key.toSorted()]);
    expect(two.options.toReversed()).toEqual(one.options);
  });

  it('keys the options it was told to', () => {
    const item = makeItem(DRAFT);
    expect(item.key).toEqual([0, 1, 3].map((at) => item.options[at]?.id));
  });

  it.each([
    ['a key outside the options', { ...DRAFT, key: [4] }],
    ['no key', { ...DRAFT, key: [] }],
    ['two equal options', { ...DRAFT, options: [{ zh: '同' }, { zh: '同' }], key: [0] }],
    ['two keys where one is right', { ...DRAFT, kind: 'single' as const }],
    ['one option', { ...DRAFT, options: [{ zh: '只有一个' }], key: [0] }],
  ])('with %s is none', (_, draft) => {
    expect(() => makeItem(draft)).toThrow();
  });
});

/** Everything of an item that a candidate's screen has. */
type Shown = Pick<ReturnType<typeof makeItem>, 'id' | 'kind' | 'stem' | 'options'>;

function* orders<T>(list: readonly T[]): Generator<readonly T[]> {
  if (list.length === 0) yield [];
  for (const [at, first] of list.entries()) for (const rest of orders(list.toSpliced(at, 1))) yield [first, ...rest];
}

const subsets = (count: number): number[][] =>
  Array.from({ length: 2 ** count - 1 }, (_, n) =>
    Array.from({ length: count }, (_, at) => at).filter((at) => ((n + 1) >> at) & 1),
  );

/** The key, found by trying every order and every key until the ids come out as shown. */
function guessed({ id, kind, stem, options }: Shown): readonly string[] | undefined {
  const keys = subsets(options.length).filter((key) => kind === 'multiple' || key.length === 1);
  const found = new Set<string>();
  for (const order of orders(options.map(({ text }) => ({ ...text }))))
    for (const key of keys) {
      const item = makeItem({ kind, stem, options: order, key, topic: '' });
      if (item.id === id) found.add(JSON.stringify(item.key.toSorted()));
    }
  return found.size === 1 ? (JSON.parse([...found][0] as string) as string[]) : undefined;
}

describe('what a screen knows of an item', () => {
  it('does not give the key away to somebody who tries every key', () => {
    const { id, kind, stem, options, key } = makeItem(DRAFT);
    expect(guessed({ id, kind, stem, options: options.toReversed() })).not.toEqual(key.toSorted());
  });

  it('tells nothing by the order of option ids: they are spread evenly over the places', () => {
    const firsts = Array.from({ length: 400 }, (_, n) => {
      const { options } = makeItem({ ...DRAFT, stem: { zh: `题 ${n}` } });
      const smallest = options.map(({ id }) => id).toSorted()[0];
      return options.findIndex(({ id }) => id === smallest);
    });
    for (const place of [0, 1, 2, 3]) {
      const share = firsts.filter((at) => at === place).length / firsts.length;
      expect(share).toBeGreaterThan(0.17);
      expect(share).toBeLessThan(0.33);
    }
  });
});

describe('a bank', () => {
  const items = [0, 1, 2].map((n) => makeItem({ ...DRAFT, stem: { zh: `题 ${n}` } }));

  it('is named by its items, which its hash covers', () => {
    const bank = makeBank({ zh: '题库' }, items);
    expect(bank.hash).toBe(hashOf(bank.items));
    expect(makeBank({ zh: '另一个名字' }, items).id).toBe(bank.id);
    expect(makeBank({ zh: '题库' }, items.slice(1)).id).not.toBe(bank.id);
  });

  it('has every item once', () => {
    expect(makeBank({ zh: '题库' }, [...items, ...items]).items).toEqual(items);
  });

  it('has another hash once anything in it differs, a topic or a key too', () => {
    const before = makeBank({ zh: '题库' }, items).hash;
    const change = fc.constantFrom<Partial<ItemDraft>>({ topic: '别的' }, { key: [0] }, { stem: { zh: '别的' } });
    fc.assert(
      fc.property(change, fc.nat(2), (by, at) => {
        const other = items.with(at, makeItem({ ...DRAFT, stem: { zh: `题 ${at}` }, ...by }));
        expect(makeBank({ zh: '题库' }, other).hash).not.toBe(before);
      }),
    );
  });
});
