import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { Exam } from '../../contract/words/exam.ts';
import { makeBank, makeItem } from '../../proof/index.ts';
import { readBatch } from '../../proof/proof.fixture.ts';
import { openBench } from '../run/terminal.fixture.ts';
import { assignmentOf } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const bank = makeBank(
  { zh: '数字' },
  [36, 12].map((value) =>
    makeItem({
      ...{ kind: 'numeric', stem: { zh: `${value} 伏？` }, options: [], key: [], topic: '电' },
      ...{ number: { value, tolerance: 0.5 }, unit: 'V' },
    }),
  ),
);
const exam = Exam.parse({
  ...{ ...EXAM, bankId: bank.id, passMarks: 5 },
  blueprint: { rows: [{ kind: 'numeric', count: 2, marks: 5 }] },
});

it('an exam of numbers is typed, marked within the tolerance, and recorded as it was typed', async () => {
  const bench = openBench({ assignment: assignmentOf({ exams: [exam, MOCK] }) });
  bench.station.banks.put(bank);
  const { items } = await bench.begin();
  expect(items).toMatchObject([{ kind: 'numeric', options: [], unit: 'V' }, { kind: 'numeric' }]);
  expect(JSON.stringify(items)).not.toContain('tolerance');
  const typedFor = (stem: string) => (stem.startsWith('36') ? ' 36.4 ' : '36');
  for (const { itemId, stem } of items)
    await bench.call('answer', { itemId, chosen: [], typed: typedFor(stem.zh), revision: 1 });
  await bench.restart();
  await bench.reaches('in-progress');
  expect((await bench.call('form', {})).answers.map(({ typed }) => typed).toSorted()).toEqual([' 36.4 ', '36']);
  await bench.call('hand-in', {});
  expect(await bench.reaches('result')).toMatchObject({ marks: 5, passed: true });
  await bench.station.outbox.seal(bench.station.identity.enrolment?.stationId as never, bench.station.identity.signer);
  const [record] = bench.station.outbox.waiting().flatMap((batch) => readBatch(batch).records);
  expect(record).toMatchObject({ format: 'exam-station/record@9', time: { boots: 1 } });
  expect(record?.answers.map(({ typed, marks }) => [typed, marks]).toSorted()).toEqual([
    [' 36.4 ', 5],
    ['36', 0],
  ]);
});
