import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BANK, MOCK } from '../../../authoring/bank.fixture.ts';
import { cutToMistakes, cutToTopic, openFormMaker, topicsOf } from '../../../authoring/drawing/index.ts';
import { fullMarks } from '../../../contract/words/blueprint.ts';
import { CandidateId, SittingId } from '../../../contract/words/ids.ts';
import type { Item } from '../../../contract/words/items.ts';
import { makeBank } from '../../../proof/index.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { manualClock } from '../../station.fixture.ts';
import { openMistakeBook } from './mistake-book.ts';

const countOf = (exam: typeof MOCK): number => exam.blueprint.rows.reduce((sum, { count }) => sum + count, 0);
const itemsOf = (ids: readonly string[]): readonly Item[] =>
  ids.flatMap((id) => BANK.items.find((item) => item.id === id) ?? []);

describe('an exam cut to a topic', () => {
  it('is offered for each field the exam draws from, with what it has', () => {
    expect(topicsOf(MOCK, BANK)).toEqual([
      { topic: '主题 0', items: 13 },
      { topic: '主题 1', items: 11 },
      { topic: '主题 2', items: 10 },
    ]);
    const single = makeBank(
      BANK.title,
      BANK.items.filter(({ topic }) => topic === '主题 1'),
    );
    expect(topicsOf({ ...MOCK, blueprint: { rows: [...MOCK.blueprint.rows] } }, single)).toEqual([]);
  });

  it('asks that topic alone, no more than the exam did, and can always be drawn', () => {
    for (const { topic } of topicsOf(MOCK, BANK)) {
      const exam = cutToTopic(MOCK, BANK, topic);
      const form = openFormMaker(BANK, exam.blueprint).assemble('a');
      expect(itemsOf(form.items.map(({ itemId }) => itemId)).map((item) => item.topic)).toEqual(
        Array(form.items.length).fill(topic),
      );
      expect(form.items.length).toBe(Math.min(countOf(exam), countOf(MOCK)));
      expect(exam.title.zh).toBe(`${MOCK.title.zh} · ${topic}`);
    }
  });

  it('asks for the same part of its marks, and lets whole-form rules go', () => {
    const strict = { ...MOCK, blueprint: { ...MOCK.blueprint, rules: { maxExposure: 0.01 } } };
    const exam = cutToTopic(strict, BANK, '主题 2');
    expect(exam.blueprint.rules).toBeUndefined();
    expect(exam.passMarks / fullMarks(exam.blueprint)).toBeCloseTo(MOCK.passMarks / fullMarks(MOCK.blueprint), 2);
    expect(exam.passMarks).toBeLessThanOrEqual(fullMarks(exam.blueprint));
  });

  it('can be drawn where its items are enemies, and where its cells overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(undefined, '甲', '乙'), { minLength: 34, maxLength: 34 }), (enemies) => {
        const items = BANK.items.map((item, at) => (enemies[at] ? { ...item, enemies: enemies[at] } : item));
        const bank = makeBank(BANK.title, items);
        const rows = [
          ...MOCK.blueprint.rows,
          { kind: 'single' as const, count: 3, marks: 1, difficulty: { from: 0, to: 1 } },
        ];
        const exam = cutToTopic({ ...MOCK, blueprint: { rows } }, bank, '主题 0');
        expect(openFormMaker(bank, exam.blueprint).assemble('a').items).toHaveLength(countOf(exam));
      }),
      { numRuns: 60 },
    );
  });

  it('that nothing is of is none', () => {
    expect(reasonOf(() => cutToTopic(MOCK, BANK, '别的'))).toBe('no-items');
    expect(reasonOf(() => cutToTopic(MOCK, BANK, '主题'))).toBe('no-items');
  });
});

describe('an exam cut to mistakes', () => {
  it('asks these items and no others, whichever they are', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...BANK.items], { minLength: 1 }), (wrong) => {
        const { exam, only } = cutToMistakes(MOCK, wrong);
        const { items, within } = openFormMaker(BANK, exam.blueprint).assemble('a', { only });
        const expected = wrong.slice(0, countOf(MOCK)).map(({ id }) => id);
        expect(items.map(({ itemId }) => itemId).toSorted()).toEqual(expected.toSorted());
        expect(within).toEqual(expected.toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it('never asks two enemies together', () => {
    const [a, b, c] = BANK.items.slice(0, 3).map((item, at) => (at < 2 ? { ...item, enemies: '甲' } : item)) as Item[];
    expect([...cutToMistakes(MOCK, [a, b, c] as Item[]).only]).toEqual([a?.id, c?.id]);
  });

  it('is none where there are none', () => {
    expect(reasonOf(() => cutToMistakes(MOCK, []))).toBe('no-items');
  });
});

describe('a book of mistakes', () => {
  const [wang, li] = ['cd_wang', 'cd_li'].map((id) => CandidateId.parse(id)) as [CandidateId, CandidateId];
  const [first, second] = BANK.items.slice(10, 12) as [Item, Item];
  const wrong = (item: Item) => ({
    itemId: item.id,
    right: false,
    given: { chosen: item.options.slice(0, 1).map(({ id }) => id) },
  });
  const open = () => {
    const [database, clock] = [openDatabase(':memory:'), manualClock()];
    return { database, clock, book: openMistakeBook(database, openVault(new Uint8Array(32).fill(3)), clock) };
  };

  const practice = (n: number) => SittingId.parse(`si_${n}`);
  const right = (item: Item) => ({ itemId: item.id, right: true, given: { chosen: [...item.key] } });
  const DAY_MS = 86_400_000;

  it('keeps what was wrong, the newest first, each candidate their own; the same practice told twice counts once', () => {
    const { book, clock } = open();
    book.note(wang, [wrong(first)], practice(1));
    clock.advance(1_000);
    book.note(wang, [wrong(second)], practice(2));
    book.note(wang, [wrong(second)], practice(2));
    expect([book.items(wang), book.items(li)]).toEqual([[second.id, first.id], []]);
    book.note(wang, [right(second)], practice(3));
    expect(book.items(wang)).toEqual([first.id]);
    // It was told already, before the power was cut.
    book.note(wang, [wrong(second)], practice(3));
    expect(book.items(wang)).toEqual([first.id]);
  });

  it('puts aside what was right, brings it back later each time, and lets go of what is learnt', () => {
    const { book, clock } = open();
    book.note(wang, [wrong(first)], practice(0));
    const pauses: number[] = [];
    for (let n = 1; book.items(wang).length > 0; n++) {
      book.note(wang, [right(first)], practice(n));
      let days = 0;
      while (book.items(wang).length === 0 && days < 400) {
        clock.advance(DAY_MS);
        days++;
      }
      pauses.push(days);
    }
    expect(pauses.at(-1)).toBe(400);
    expect(pauses.length).toBeGreaterThan(3);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  });

  it('takes what it wrote before it knew of days as asked at once', () => {
    const { book, database } = open();
    book.note(wang, [wrong(first)], practice(1));
    database.exec("UPDATE mistakes SET memory = NULL, due = '', practice = NULL");
    expect(book.items(wang)).toEqual([first.id]);
    book.note(wang, [right(first)], practice(2));
    expect(book.items(wang)).toEqual([]);
  });

  it('knows what was answered, and writes it nowhere in plain text', () => {
    const { book, database } = open();
    const typed = { itemId: first.id, right: false, given: { chosen: [], typed: '三十六伏' } };
    book.note(wang, [typed], practice(1));
    expect([book.given(wang, first.id), book.given(li, first.id)]).toEqual([typed.given, { chosen: [] }]);
    expect(database.serialize().includes('三十六伏')).toBe(false);
  });
});
