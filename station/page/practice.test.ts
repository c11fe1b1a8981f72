import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BANK, EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { BankId } from '../../contract/words/ids.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { keyOf, openBench, wrongOf } from '../run/terminal.fixture.ts';
import { assignmentOf, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

/** Wang practises: two answers are given, the first right and the second wrong. */
async function practising() {
  const candidates = [{ ...WANG, examId: MOCK.id }];
  const bench = openBench({ assignment: assignmentOf({ exams: [EXAM, MOCK], candidates }) });
  await bench.checkIn();
  await bench.reaches('awaiting-unlock');
  await bench.call('begin', {});
  await bench.reaches('in-progress');
  const { items } = await bench.call('form', {});
  const [first, second, third] = items as [(typeof items)[0], (typeof items)[0], (typeof items)[0]];
  await bench.call('answer', { itemId: first.itemId, chosen: [...keyOf(first.itemId)], revision: 1 });
  await bench.call('answer', { itemId: second.itemId, chosen: [...wrongOf(second)], revision: 1 });
  return { bench, items, first, second, third };
}

describe('practice of a part', () => {
  const practises = async () => {
    const candidates = [{ ...WANG, examId: MOCK.id }];
    const bench = openBench({ assignment: assignmentOf({ exams: [EXAM, MOCK], candidates }) });
    const sitDown = async () => {
      await bench.checkIn();
      return bench.reaches('awaiting-unlock');
    };
    return { bench, sitDown, first: await sitDown() };
  };
  const topicOf = (itemId: string) => BANK.items.find(({ id }) => id === itemId)?.topic;

  it('is of one topic: its own items, title, marks and pass mark', async () => {
    const { bench, first } = await practises();
    expect(first).toMatchObject({ practice: { mistakes: 0, topics: [{ topic: '主题 0' }, {}, {}] } });
    await bench.call('begin', { practice: { of: 'topic', topic: '主题 0' } });
    const stage = await bench.reaches('in-progress');
    const { items } = await bench.call('form', {});
    expect(new Set(items.map(({ itemId }) => topicOf(itemId)))).toEqual(new Set(['主题 0']));
    expect(stage).toMatchObject({ exam: { title: { zh: '动火作业 · 主题 0' }, items: items.length } });
    for (const { itemId } of items) await bench.call('answer', { itemId, chosen: [...keyOf(itemId)], revision: 1 });
    await bench.call('hand-in', {});
    const { passed, marks, exam } = await bench.reaches('result');
    expect([passed, marks]).toEqual([true, exam.fullMarks]);
  });

  it('that does not exist is refused, and the candidate may choose again', async () => {
    const { bench } = await practises();
    expect(await refusalOf(bench.call('begin', { practice: { of: 'topic', topic: '别的' } }))).toBe('no-items');
    expect(await refusalOf(bench.call('begin', { practice: { of: 'mistakes' } }))).toBe('no-items');
    await bench.call('begin', { practice: { of: 'topic', topic: '主题 1' } });
    await bench.reaches('in-progress');
  });

  it('fills a book with what was answered wrongly, and empties it again', async () => {
    const { bench, sitDown } = await practises();
    await bench.call('begin', {});
    await bench.reaches('in-progress');
    const { items } = await bench.call('form', {});
    const wrong = items.slice(0, 2);
    for (const item of wrong)
      await bench.call('answer', { itemId: item.itemId, chosen: [...wrongOf(item)], revision: 1 });
    expect(await refusalOf(bench.call('mistake-book', {}))).toBe('not-allowed-now');
    await bench.call('hand-in', {});
    await bench.reaches('result');
    await bench.call('leave', {});
    await bench.restart();

    expect(await sitDown()).toMatchObject({ practice: { mistakes: 2 } });
    const { mistakes } = await bench.call('mistake-book', {});
    expect(mistakes.map(({ item }) => item.itemId).toSorted()).toEqual(wrong.map(({ itemId }) => itemId).toSorted());
    expect(mistakes.every(({ chosen, feedback }) => chosen.length > 0 && !feedback.right)).toBe(true);
    await bench.call('begin', { practice: { of: 'mistakes' } });
    await bench.reaches('in-progress');
    const again = (await bench.call('form', {})).items;
    expect(again.map(({ itemId }) => itemId).toSorted()).toEqual(wrong.map(({ itemId }) => itemId).toSorted());
    await bench.call('answer', {
      itemId: wrong[0]?.itemId as never,
      chosen: [...keyOf(wrong[0]?.itemId as never)],
      revision: 1,
    });
    await bench.call('hand-in', {});
    await bench.reaches('result');
    await bench.call('leave', {});
    expect(await sitDown()).toMatchObject({ practice: { mistakes: 1 } });
  });

  it('is shown before its bank has come, and begins once it has', async () => {
    const unknown = { ...MOCK, bankId: BankId.parse('bk_not-here-yet') };
    const candidates = [{ ...WANG, examId: MOCK.id }];
    const bench = openBench({ assignment: assignmentOf({ exams: [unknown], visitorExamId: null, candidates }) });
    await bench.checkIn();
    expect(await bench.reaches('awaiting-unlock')).toMatchObject({ practice: { topics: [], mistakes: 0 } });
    expect(await refusalOf(bench.call('begin', {}))).toBe('no-items');
  });

  it('is not for an exam that counts', async () => {
    const bench = openBench();
    await bench.checkIn();
    expect((await bench.reaches('awaiting-unlock')).practice).toBeUndefined();
    expect(await refusalOf(bench.call('begin', { practice: { of: 'mistakes' } }))).toBe('not-allowed-now');
    expect(await refusalOf(bench.call('mistake-book', {}))).toBe('not-allowed-now');
  });
});

describe('practice', () => {
  it('tells what is right once there is an answer, and not before', async () => {
    const { bench, first, second, third } = await practising();
    const rightOptions = (itemId: typeof first.itemId) => keyOf(itemId);
    expect(await bench.call('check', { itemId: first.itemId })).toEqual({
      ...{ itemId: first.itemId, right: true },
      rightOptions: rightOptions(first.itemId),
    });
    expect(await bench.call('check', { itemId: second.itemId })).toMatchObject({
      right: false,
      rightOptions: rightOptions(second.itemId),
    });
    expect(await refusalOf(bench.call('check', { itemId: third.itemId }))).toBe('not-allowed-now');
  });

  it('lets no answer be changed that was told, also not after a power cut', async () => {
    const { bench, second } = await practising();
    await bench.call('check', { itemId: second.itemId });
    const better = { itemId: second.itemId, chosen: [...keyOf(second.itemId)], revision: 2 };
    expect(await refusalOf(bench.call('answer', better))).toBe('not-allowed-now');
    await bench.restart();
    await bench.reaches('in-progress');
    expect(await refusalOf(bench.call('answer', better))).toBe('not-allowed-now');
    const { answers } = await bench.call('form', {});
    expect(answers.map(({ feedback }) => feedback?.right)).toEqual([undefined, false]);
  });

  it('shows afterwards what was not right, blank answers among it', async () => {
    const { bench, items, first, second } = await practising();
    expect(await refusalOf(bench.call('mistakes', {}))).toBe('not-allowed-now');
    await bench.call('hand-in', {});
    await bench.reaches('result');
    const { mistakes } = await bench.call('mistakes', {});
    expect(mistakes.map(({ item }) => item.itemId)).toEqual(
      items.map(({ itemId }) => itemId).filter((itemId) => itemId !== first.itemId),
    );
    expect(mistakes[0]).toMatchObject({ chosen: wrongOf(second), feedback: { right: false } });
  });
});

describe('practice of items that an exam that counts may ask', () => {
  const secret = { ...MOCK, revealsKeys: undefined };
  const practises = async (exams: readonly Exam[]) => {
    const candidates = [{ ...WANG, examId: MOCK.id }];
    const bench = openBench({ assignment: assignmentOf({ exams: [...exams], candidates, visitorExamId: null }) });
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    await bench.call('begin', {});
    await bench.reaches('in-progress');
    const { items } = await bench.call('form', {});
    const [item] = items as [(typeof items)[0]];
    await bench.call('answer', { itemId: item.itemId, chosen: [...wrongOf(item)], revision: 1 });
    return { bench, item };
  };

  it('says right or wrong, and never the key: after an answer, after handing in, and in the book', async () => {
    const { bench, item } = await practises([EXAM, secret]);
    const untold = { itemId: item.itemId, right: false, rightOptions: [] };
    expect(await bench.call('check', { itemId: item.itemId })).toEqual(untold);
    expect((await bench.call('form', {})).answers[0]?.feedback).toEqual(untold);
    await bench.call('hand-in', {});
    await bench.reaches('result');
    const after = (await bench.call('mistakes', {})).mistakes;
    await bench.call('leave', {});
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    const book = (await bench.call('mistake-book', {})).mistakes;
    expect([after.length, book.length].every((length) => length > 0)).toBe(true);
    for (const { feedback } of [...after, ...book])
      expect(Object.keys(feedback).length === 3 && feedback.rightOptions.length === 0).toBe(true);
  });

  it('tells keys where none counts, and none while the bank of one that counts is not here', async () => {
    const free = await practises([secret]);
    const { rightOptions } = await free.bench.call('check', { itemId: free.item.itemId });
    expect(rightOptions).toEqual(keyOf(free.item.itemId));
    const unknown = await practises([{ ...EXAM, bankId: BankId.parse('bk_not-here-yet') }, secret]);
    const told = await unknown.bench.call('check', { itemId: unknown.item.itemId });
    expect(told.rightOptions).toEqual([]);
  });
});

it('a second begin is refused before a form is drawn for it', async () => {
  const blueprint = { ...MOCK.blueprint, rules: { unseenMonths: 6 } };
  const exams = [EXAM, { ...MOCK, blueprint }];
  const bench = openBench({ assignment: assignmentOf({ exams, candidates: [{ ...WANG, examId: MOCK.id }] }) });
  await bench.checkIn();
  await bench.reaches('awaiting-unlock');
  await bench.call('begin', {});
  await bench.reaches('in-progress');
  for (let n = 0; n < 5; n++) expect(await refusalOf(bench.call('begin', {}))).toBe('not-allowed-now');
  expect(bench.sitting.form?.seed).toMatch(/^sha256:[0-9a-f]{64}\/0$/);
});

describe('an exam that counts', () => {
  it('tells nothing, neither during it nor after', async () => {
    const bench = openBench();
    const { items } = await bench.begin();
    const [first] = items as [(typeof items)[0]];
    await bench.call('answer', { itemId: first.itemId, chosen: [...keyOf(first.itemId)], revision: 1 });
    expect(await refusalOf(bench.call('check', { itemId: first.itemId }))).toBe('not-allowed-now');
    await bench.call('hand-in', {});
    await bench.reaches('result');
    expect(await refusalOf(bench.call('mistakes', {}))).toBe('not-allowed-now');
    expect(bench.said.join()).not.toContain('rightOptions');
  });
});
