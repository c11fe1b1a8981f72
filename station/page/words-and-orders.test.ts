import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { Exam } from '../../contract/words/exam.ts';
import type { OptionId } from '../../contract/words/ids.ts';
import { makeBank, makeItem } from '../../proof/index.ts';
import { readBatch } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench } from '../run/terminal.fixture.ts';
import { assignmentOf, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const text = makeItem({
  ...{ kind: 'text', stem: { zh: '先（ ）后（ ）。' }, options: [], key: [], topic: '电' },
  gaps: [{ accepted: ['断电', '切断电源'] }, { accepted: ['验电'] }],
});
const order = makeItem({
  ...{ kind: 'order', stem: { zh: '步骤' }, topic: '电', key: [2, 0, 3, 1] },
  options: ['验电', '挂牌', '停电', '接地'].map((zh) => ({ zh })),
});
const match = makeItem({
  ...{ kind: 'match', stem: { zh: '配对' }, topic: '电', key: [1, 0, 1] },
  ...{ premises: ['电', '油', '气'].map((zh) => ({ zh })), options: ['泡沫', '干粉', '水'].map((zh) => ({ zh })) },
});
const premise = (at: number) => match.premises?.[at]?.id as OptionId;
const bank = makeBank({ zh: '填空、排序与匹配' }, [text, order, match]);
const rows = [
  { kind: 'match', count: 1, marks: 3 },
  { kind: 'text', count: 1, marks: 4 },
  { kind: 'order', count: 1, marks: 6 },
];
const examOf = (of: typeof EXAM) =>
  Exam.parse({ ...of, bankId: bank.id, passMarks: 6, blueprint: { rows, scoring: 'subset' } });

async function begin(exam: Exam) {
  const candidates = [{ ...WANG, examId: exam.id }];
  const bench = openBench({ assignment: assignmentOf({ exams: [exam], candidates }) });
  bench.station.banks.put(bank);
  await bench.checkIn();
  await bench.reaches('awaiting-unlock');
  await bench.settled();
  await (exam.mode === 'mock' ? bench.call('begin', {}) : bench.act({ kind: 'unlock' }));
  await bench.reaches('in-progress');
  return { bench, ...(await bench.call('form', {})) };
}

it('an exam of words, orders and pairs is answered, kept over a restart, marked in parts, and recorded', async () => {
  const { bench, items } = await begin(examOf(EXAM));
  expect(items).toMatchObject([
    { kind: 'match', premises: match.premises, options: [{}, {}, {}] },
    { kind: 'text', gaps: 2 },
    { kind: 'order', options: [{}, {}, {}, {}] },
  ]);
  expect(JSON.stringify(items)).not.toContain('断电');
  const put = [0, 1, 3, 2].map((at) => order.key[at] as OptionId);
  const gaps = [' 切断 电源。', '接地'];
  const pairs = [
    { premise: premise(0), choice: match.key[0] as OptionId },
    { premise: premise(2), choice: match.key[1] as OptionId },
  ];
  await bench.call('answer', { itemId: match.id, chosen: [], pairs, revision: 1 });
  await bench.call('answer', { itemId: text.id, chosen: [], gaps, revision: 1 });
  await bench.call('answer', { itemId: order.id, chosen: put, revision: 1 });
  await bench.restart();
  await bench.reaches('in-progress');
  expect((await bench.call('form', {})).answers).toMatchObject([
    { itemId: match.id, chosen: [], pairs },
    { itemId: text.id, gaps },
    { itemId: order.id, chosen: put },
  ]);
  await bench.call('hand-in', {});
  // One premise of three, one gap of two, and one neighbour of three.
  expect(await bench.reaches('result')).toMatchObject({ marks: 5, passed: false });
  await bench.station.outbox.seal(bench.station.identity.enrolment?.stationId as never, bench.station.identity.signer);
  const [record] = bench.station.outbox.waiting().flatMap((batch) => readBatch(batch).records);
  expect(record).toMatchObject({
    format: 'exam-station/record@10',
    answers: [
      { itemId: match.id, chosen: [], pairs, marks: 1 },
      { itemId: text.id, chosen: [], gaps, marks: 2 },
      { itemId: order.id, marks: 2 },
    ],
  });
});

it('an answer that no page sends for such an item is refused', async () => {
  const { bench } = await begin(examOf(EXAM));
  const answer = (itemId: typeof text.id, given: object) =>
    refusalOf(bench.call('answer', { itemId, chosen: [], revision: 1, ...given } as never));
  expect([
    await answer(text.id, { gaps: ['一'] }),
    await answer(text.id, { gaps: ['一', '二', '三'] }),
    await answer(text.id, { typed: '36' }),
    await answer(text.id, { chosen: order.key }),
    await answer(order.id, { gaps: ['一', '二'] }),
    await answer(order.id, { chosen: order.key.slice(1) }),
    await answer(order.id, { pairs: [{ premise: order.key[0], choice: order.key[1] }] }),
    await answer(match.id, { chosen: [match.key[0]] }),
    await answer(match.id, { pairs: [{ premise: order.key[0], choice: match.key[1] }] }),
    await answer(match.id, { pairs: [{ premise: premise(0), choice: order.key[1] }] }),
    await answer(match.id, { pairs: [0, 1].map((at) => ({ premise: premise(0), choice: match.key[at] })) }),
    await answer(text.id, { gaps: ['字'.repeat(201), ''] }),
    await answer(text.id, { gaps: ['', ''] }),
  ]).toEqual([...Array(11).fill('option-unknown'), 'bad-message', 'ok']);
});

it('practice tells the words that count, the order and the pairs, and the book of mistakes keeps what was given', async () => {
  const { bench } = await begin(examOf(MOCK));
  await bench.call('answer', { itemId: text.id, chosen: [], gaps: ['断电', '接地'], revision: 1 });
  await bench.call('answer', { itemId: order.id, chosen: order.key.toReversed(), revision: 1 });
  expect(await bench.call('check', { itemId: text.id })).toMatchObject({
    right: false,
    rightGaps: [['断电', '切断电源'], ['验电']],
  });
  expect(await bench.call('check', { itemId: order.id })).toMatchObject({ right: false, rightOptions: order.key });
  const pairs = [{ premise: premise(1), choice: match.key[0] as OptionId }];
  await bench.call('answer', { itemId: match.id, chosen: [], pairs, revision: 1 });
  expect(await bench.call('check', { itemId: match.id })).toMatchObject({
    ...{ right: false, rightOptions: [] },
    rightPairs: [0, 1, 2].map((at) => ({ premise: premise(at), choice: match.key[at] })),
  });
  await bench.call('hand-in', {});
  await bench.reaches('result');
  expect((await bench.call('mistakes', {})).mistakes).toMatchObject([
    { item: { itemId: match.id }, pairs },
    { item: { itemId: text.id }, gaps: ['断电', '接地'] },
    { item: { itemId: order.id }, chosen: order.key.toReversed() },
  ]);
});
