import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BANK, EXAM, ILLUSTRATED, MOCK } from '../authoring/bank.fixture.ts';
import { LEARNING } from '../authoring/course.fixture.ts';
import { type Circumstances, type Facts, judge } from '../center/results/judge/index.ts';
import type { ExamRecord } from '../contract/records/index.ts';
import { Exam } from '../contract/words/exam.ts';
import { instant, type ProctorId } from '../contract/words/ids.ts';
import { HERE, leave, openRoom, THERE } from '../station/moving/moving.fixture.ts';
import {
  ended,
  LESSON,
  PAGE,
  putMedia,
  recordOf,
  study,
  TEXT,
  watch,
  withCourse,
} from '../station/run/learning.fixture.ts';
import { keyOf, openBench, person, STRANGER, WANGS_FACE, wrongOf } from '../station/run/terminal.fixture.ts';
import { assignmentOf, LI, WANG } from '../station/station.fixture.ts';

/** What real stations write, held against what a center would know of them. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

type Bench = ReturnType<typeof openBench>;

const factsOf = (exams: readonly Exam[]): Facts => ({
  since: instant(new Date('2001-01-01')),
  proctors: new Set(['pr_zhao' as ProctorId]),
  visitorExamId: MOCK.id,
  versionsOf: (id) => exams.filter((exam) => exam.id === id),
  bankOf: (id) => [BANK, ILLUSTRATED].find((bank) => bank.id === id),
  candidate: (id) =>
    [WANG.id, LI.id].some((one) => one === id)
      ? { exams: new Set(exams.map((exam) => exam.id)), extraMinutes: 0 }
      : undefined,
  wordOf: () => undefined,
  isStation: (id) => id === HERE || id === THERE,
});
const here = (studied: Circumstances['studied'] = new Map()): Circumstances => ({
  ...{ receivedAt: instant(new Date()), certifiedAt: instant(new Date('2001-01-01')), studied },
  ...{ runsBefore: 0, meanwhile: [], formTwice: false, placeTaken: false, onArrival: [] },
});
const findingsIn = (record: ExamRecord, exams: readonly Exam[] = [EXAM, MOCK, LEARNING], before = here()) =>
  judge({ record, facts: factsOf(exams), here: before });

async function handIn(bench: Bench): Promise<ExamRecord> {
  await bench.call('hand-in', {});
  await bench.reaches('result');
  return (await recordOf(bench)).record;
}

it('a formal exam, some of it right, some wrong, some blank, with an outage in between, is sound', async () => {
  const bench = openBench();
  const { items } = await bench.begin();
  for (const [at, item] of items.entries())
    if (at % 3 > 0)
      await bench.call('answer', {
        ...{ itemId: item.itemId, revision: 1 },
        chosen: [...(at % 3 === 1 ? keyOf(item.itemId) : wrongOf(item))],
      });
  await bench.restart();
  await bench.reaches('in-progress');
  expect(findingsIn(await handIn(bench))).toEqual([]);
});

it('whoever was let in by hand, had more time, and had all the time there was, is sound', async () => {
  const bench = openBench();
  bench.show(person(STRANGER));
  await bench.checkIn();
  await bench.reaches('refused');
  await bench.act({ kind: 'override', note: '证件与本人一致', compared: ['photo', 'name'] });
  await bench.reaches('awaiting-unlock');
  await bench.act({ kind: 'unlock' });
  await bench.reaches('in-progress');
  bench.show(person(WANGS_FACE));
  await bench.act({ kind: 'extend', minutes: 1, note: '读题慢' });
  while (bench.stage.stage !== 'result') {
    await bench.pass(5_000);
    if (bench.stage.stage === 'paused') await bench.act({ kind: 'resume' });
  }
  const { record } = await recordOf(bench);
  expect(record.activeMs).toBeGreaterThan(600_000);
  expect(record.cause).toBe('time-up');
  expect(findingsIn(record)).toEqual([]);
});

it('an exam that went on at another station is sound', async () => {
  const [first, second] = openRoom();
  const { file } = await leave(first);
  second.station.arrivals.take(file);
  await second.begin();
  const record = await handIn(second);
  expect(record.continues?.stationId).toBe(HERE);
  expect(findingsIn(record)).toEqual([]);
});

it('practice of all, of a field, and of what went wrong is sound', async () => {
  const candidates = [{ ...WANG, examId: MOCK.id }];
  const bench = openBench({ assignment: assignmentOf({ exams: [EXAM, MOCK], candidates }) });
  const practise = async (practice: object): Promise<ExamRecord> => {
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    await bench.call('begin', practice);
    await bench.reaches('in-progress');
    const { items } = await bench.call('form', {});
    for (const item of items)
      await bench.call('answer', { itemId: item.itemId, chosen: [...wrongOf(item)], revision: 1 });
    const record = await handIn(bench);
    await bench.call('leave', {});
    await bench.pass(100);
    return record;
  };
  const records = [
    await practise({}),
    await practise({ practice: { of: 'topic', topic: '主题 0' } }),
    await practise({ practice: { of: 'mistakes' } }),
  ];
  expect(records.map(({ exam }) => exam.title.zh)).toEqual(['动火作业', '动火作业 · 主题 0', '动火作业 · 错题']);
  for (const record of records) expect(findingsIn(record)).toEqual([]);
});

it('a course that was studied in two sittings is sound, by what the first one said', async () => {
  const bench = withCourse();
  await putMedia(bench);
  await study(bench);
  await watch(bench, LESSON, 60);
  await ended(bench);
  const { record: first } = await recordOf(bench);
  expect(findingsIn(first)).toEqual([]);
  await bench.call('leave', {});
  await study(bench);
  await watch(bench, PAGE, 25);
  await watch(bench, TEXT, 25);
  const { items } = await bench.call('form', {});
  for (const { itemId } of items) {
    await bench.call('answer', { itemId, chosen: [...keyOf(itemId)], revision: 1 });
    await bench.call('check', { itemId });
  }
  await ended(bench);
  const { record } = await recordOf(bench);
  const lessons = ('learning' in first && first.learning?.lessons) || [];
  const before = new Map(lessons.map(({ lessonId, total, complete }) => [lessonId, { seconds: total, complete }]));
  expect(findingsIn(record, [LEARNING], here(before))).toEqual([]);
  expect(record).toMatchObject({ passed: true, learning: { complete: true } });
  expect(findingsIn(record, [LEARNING]).map(({ code }) => code)).toEqual(['study-other']);
});

it('an exam that gives part of the marks for part of the key is sound', async () => {
  const subset = Exam.parse({ ...EXAM, blueprint: { ...EXAM.blueprint, scoring: 'subset' } });
  const bench = openBench({ assignment: assignmentOf({ exams: [subset, MOCK] }) });
  const { items } = await bench.begin();
  for (const { itemId } of items)
    await bench.call('answer', { itemId, chosen: keyOf(itemId).slice(0, 1), revision: 1 });
  const record = await handIn(bench);
  expect(record.answers.filter(({ marks }) => marks === 1).length).toBeGreaterThan(4);
  expect(findingsIn(record, [subset])).toEqual([]);
  expect(findingsIn(record, [EXAM]).map(({ code }) => code)).toContain('paper-unknown');
});
