import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assignmentOf, EXAM, MOCK, WANG } from '../station.fixture.ts';
import { keyOf, openBench, refusalOf, wrongOf } from './terminal.fixture.ts';

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
