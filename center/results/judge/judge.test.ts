import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { BANK, EXAM, MOCK } from '../../../authoring/bank.fixture.ts';
import { LEARNING } from '../../../authoring/course.fixture.ts';
import { COURSE_METHODS, courseForm, METHODS, openFormMaker, seedOf } from '../../../authoring/drawing/index.ts';
import { ExamRecord } from '../../../contract/records/index.ts';
import type { EnrolReply } from '../../../contract/station-center/center-api.ts';
import type { Course } from '../../../contract/words/course.ts';
import { Exam } from '../../../contract/words/exam.ts';
import { DISPUTES, type FindingCode, isDispute } from '../../../contract/words/findings.ts';
import { type Instant, instant, type ProctorId, type Sha256, SittingId } from '../../../contract/words/ids.ts';
import { makeBank, makeItem, sha256 } from '../../../proof/index.ts';
import { type Sat, soundRecordOf } from '../../testing/index.ts';
import type { Circumstances, Facts } from './index.ts';
import { judge } from './index.ts';

const STATION = { stationId: 'st_a', tenantId: 'tn_a' } as EnrolReply;
const AT = new Date('2026-11-25T08:00:00.000Z');
const after = (minutes: number): Instant => instant(new Date(AT.getTime() + minutes * 60_000));

const factsWith = (exams: readonly Exam[], changes: Partial<Facts> = {}): Facts => ({
  since: after(-1e6),
  proctors: new Set(['pr_a', 'pr_b'] as ProctorId[]),
  visitorExamId: MOCK.id,
  versionsOf: (id) => exams.filter((exam) => exam.id === id),
  bankOf: (id) => (id === BANK.id ? BANK : undefined),
  candidate: (id) =>
    id.startsWith('cd_a') ? { exams: new Set([EXAM.id, MOCK.id, LEARNING.id]), extraMinutes: 0 } : undefined,
  wordOf: (via) => (via === 'cm_a' ? { by: 'pr_a' as ProctorId, examId: EXAM.id } : undefined),
  isStation: (id) => id === 'st_before',
  ...changes,
});
const HERE: Circumstances = {
  receivedAt: after(1),
  certifiedAt: after(-600),
  runsBefore: 0,
  meanwhile: [],
  formTwice: false,
  placeTaken: false,
  studied: new Map(),
  onArrival: [],
};
const FACTS = factsWith([EXAM, MOCK, LEARNING]);

const sat = (changes: Partial<Sat> = {}): ExamRecord =>
  soundRecordOf(STATION, {
    ...{ exam: EXAM, bank: BANK, candidateId: 'cd_a', proctor: 'pr_a', nth: 0, at: AT },
    ...changes,
  });
const codesOf = (record: ExamRecord, here: Partial<Circumstances> = {}, facts = FACTS): readonly FindingCode[] =>
  judge({ record, facts, here: { ...HERE, ...here } }).map(({ code }) => code);
/** The same record, saying something else. */
const but = (record: ExamRecord, changes: object): ExamRecord => ExamRecord.parse({ ...record, ...changes });

describe('what a station writes', () => {
  it('of an exam is sound, whoever answered what, for any form of its series', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 14 }), (nth, right) => {
        expect(codesOf(sat({ nth, right }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('of practice, a visitor, and a course is sound', () => {
    expect(codesOf(sat({ exam: MOCK }))).toEqual([]);
    const visitor = sat({ exam: MOCK, candidateId: 'cd_visitor-1', changes: { identifiedBy: 'enrolled' } });
    expect(codesOf(visitor)).toEqual([]);
    expect(codesOf(sat({ exam: LEARNING }))).toEqual([]);
  });

  it('by a version of the exam that was put before, or since, is sound', () => {
    const harder = Exam.parse({ ...EXAM, passMarks: 25, attempts: 1 });
    for (const exam of [harder, EXAM]) expect(codesOf(sat({ exam }), {}, factsWith([harder, EXAM]))).toEqual([]);
  });

  it('of a center that has not always kept everything is not disputed, and not called right', () => {
    const facts = factsWith([Exam.parse({ ...EXAM, passMarks: 9 })], { since: after(60) });
    const codes = codesOf(sat(), {}, facts);
    expect(codes).toEqual(['exam-before']);
    expect(codes.some(isDispute)).toBe(false);
    expect(codesOf(sat(), {}, factsWith([], { since: after(60) }))).toEqual(['exam-before']);
  });

  it('with nothing of where it was shown is not called right, where that matters', () => {
    expect(codesOf(sat({ changes: { hosts: undefined } }))).toEqual(['hosts-unsaid']);
    const anywhere = Exam.parse({ ...EXAM, hosts: ['kiosk', 'kiosk-unlocked', 'browser'] });
    expect(codesOf(sat({ exam: anywhere, changes: { hosts: undefined } }), {}, factsWith([anywhere]))).toEqual([]);
  });
});

/** One thing of a sound record is another. */
const LIES: readonly (readonly [FindingCode, string, (record: ExamRecord) => object, Partial<Circumstances>?])[] = [
  ['exam-unknown', 'an exam that nobody put', ({ exam }) => ({ exam: { ...exam, id: 'ex_none' } })],
  ['exam-other', 'another title', ({ exam }) => ({ exam: { ...exam, title: { zh: '特种作业' } } })],
  ['exam-other', 'practice for a formal exam', ({ exam }) => ({ exam: { ...exam, mode: 'mock' } })],
  ['paper-unknown', 'another bank', ({ form }) => ({ form: { ...form, bankHash: sha256('x') } })],
  ['paper-unknown', 'another blueprint', ({ form }) => ({ form: { ...form, blueprintHash: sha256('x') } })],
  ['paper-other', 'no answers at all', () => ({ answers: [] })],
  ['paper-other', 'an item less', ({ answers }) => ({ answers: answers.slice(1) })],
  ['paper-other', 'an item twice', ({ answers }) => ({ answers: [answers[1], ...answers.slice(1)] })],
  [
    'paper-other',
    'an item of no bank',
    ({ answers }) => ({ answers: [{ ...answers[0], itemId: 'it_x' }, ...answers.slice(1)] }),
  ],
  ['paper-other', 'easy items for hard ones', ({ answers }) => ({ answers: answers.toReversed() })],
  ['paper-other', 'a seed in the open that gives another form', ({ form }) => ({ form: { ...form, seed: 'mine/0' } })],
  ['paper-other', 'a seed of a part that there is not', ({ form }) => ({ form: { ...form, seed: 'mine/0:9of4' } })],
  [
    'answer-other',
    'an option of another item',
    ({ answers }) => ({ answers: [{ ...answers[0], chosen: ['op_x'] }, ...answers.slice(1)] }),
  ],
  [
    'marks-other',
    'marks for a wrong answer',
    ({ answers }) => ({ answers: [{ ...answers[0], chosen: [] }, ...answers.slice(1)] }),
  ],
  [
    'marks-other',
    'a mark more for a right one',
    ({ answers, marks }) => ({ marks: marks + 1, answers: [{ ...answers[0], marks: 2 }, ...answers.slice(1)] }),
  ],
  ['marks-other', 'another sum', () => ({ marks: 27 })],
  ['limits-other', 'fewer marks to pass', () => ({ passMarks: 1 })],
  ['limits-other', 'more marks in all', () => ({ fullMarks: 100 })],
  ['passed-other', 'not passed with all marks', () => ({ passed: false })],
  ['candidate-unknown', 'nobody on the roster', () => ({ candidateId: 'cd_x' })],
  [
    'candidate-unknown',
    'a visitor in a formal exam',
    () => ({ candidateId: 'cd_visitor-1', identifiedBy: 'enrolled' }),
  ],
  ['sat-twice', 'somebody at two stations at once', () => ({}), { meanwhile: [SittingId.parse('si_other')] }],
  ['attempts-exceeded', 'a third attempt of two', () => ({}), { runsBefore: 2 }],
  [
    'proctor-unknown',
    'a proctor that nobody knows',
    ({ startedAt }) => ({ decisions: [{ action: 'unlocked', by: 'pr_x', at: startedAt }] }),
  ],
  ['unlock-missing', 'nobody unlocked it', () => ({ decisions: [] })],
  [
    'unlock-missing',
    'begun at another moment',
    ({ startedAt }) => ({ startedAt: startedAt.replace('.000Z', '.001Z') }),
  ],
  [
    'override-missing',
    'let in by a proctor who did nothing',
    () => ({ identity: { how: 'overridden', by: 'pr_b', note: '对', reason: 'mismatch' } }),
  ],
  [
    'command-unknown',
    'a word that the center never passed on',
    ({ startedAt }) => ({ decisions: [{ action: 'unlocked', by: 'pr_a', at: startedAt, via: 'cm_x' }] }),
  ],
  [
    'command-unknown',
    'the word of another proctor',
    ({ startedAt }) => ({ decisions: [{ action: 'unlocked', by: 'pr_b', at: startedAt, via: 'cm_a' }] }),
  ],
  [
    'second-missing',
    'one proctor for two',
    ({ startedAt }) => ({ decisions: [{ action: 'unlocked', by: 'pr_a', at: startedAt, second: 'pr_a' }] }),
  ],
  ['time-early', 'of before the station', () => ({}), { certifiedAt: after(60) }],
  ['time-ahead', 'of a day to come', () => ({ submittedAt: '2035-01-01T00:00:00.000Z' })],
  ['time-backwards', 'handed in before it began', () => ({ submittedAt: '2026-11-24T08:00:00.000Z' })],
  ['time-over', 'longer than there was time', () => ({ activeMs: 3_600_000 })],
  ['host-other', 'in a browser', () => ({ hosts: ['browser'] })],
  ['paper-twice', 'the form of somebody else', () => ({}), { formTwice: true }],
  ['ledger-back', 'a place in the ledger that is taken', () => ({}), { placeTaken: true }],
  [
    'time-contradicted',
    'other times than were signed',
    () => ({}),
    { onArrival: [{ code: 'time-contradicted', detail: '' }] },
  ],
  [
    'ledger-rewritten',
    'another line than was seen',
    () => ({}),
    { onArrival: [{ code: 'ledger-rewritten', detail: '' }] },
  ],
  ['ledger-back', 'a place before what was later', () => ({}), { below: { sequence: 1, submittedAt: after(60) } }],
  [
    'origin-unknown',
    'from a station that nobody knows',
    ({ sittingId, ledger }) => ({ continues: { stationId: 'st_x', sittingId, root: sittingId, ledger } }),
  ],
];

describe('a record that says something else', () => {
  test.each(LIES.map((lie) => [lie[0], lie[1], lie] as const))('%s: %s', (code, _, [, , lie, here]) => {
    const record = sat();
    expect(codesOf(record)).toEqual([]);
    const codes = codesOf(but(record, lie(record)), here);
    expect(codes).toContain(code);
    expect(codes.some(isDispute)).toBe(true);
  });

  it('two proctors are asked for where the exam does', () => {
    const two = Exam.parse({ ...EXAM, twoProctors: ['override', 'terminate'] });
    const facts = factsWith([two]);
    const record = sat({ exam: two });
    const [unlocked] = record.decisions;
    const decided = (second: object) => ({
      ...{
        format: 'exam-station/record@6',
        identity: { how: 'overridden', by: 'pr_b', note: '对', reason: 'mismatch' },
      },
      decisions: [{ action: 'overridden', by: 'pr_b', at: record.startedAt, note: '对', ...second }, unlocked],
    });
    expect(codesOf(but(record, decided({ second: 'pr_a' })), {}, facts)).toEqual([]);
    expect(codesOf(but(record, decided({})), {}, facts)).toEqual(['second-missing']);
  });

  it('its dates are not held against it where it says that the clock was set', () => {
    const back = { submittedAt: '2026-11-24T08:00:00.000Z', format: 'exam-station/record@9' };
    const time = { lower: null, token: null, jumps: [], boots: 0 };
    const codes = (jumps: readonly object[]) => codesOf(but(sat(), { ...back, time: { ...time, jumps } }));
    expect(codes([])).toContain('time-backwards');
    expect(codes([{ at: back.submittedAt, ms: -7_200_000 }])).not.toContain('time-backwards');
  });

  it('more time was given where a proctor or the roster gave it', () => {
    const longer = { activeMs: 15 * 60_000 };
    expect(codesOf(but(sat(), longer))).toEqual(['time-over']);
    const slow = factsWith([EXAM], { candidate: () => ({ exams: new Set([EXAM.id]), extraMinutes: 5 }) });
    expect(codesOf(but(sat(), longer), {}, slow)).toEqual([]);
    const record = sat();
    const extended = { action: 'extended', by: 'pr_a', at: record.startedAt, ms: 300_000, note: '慢' };
    expect(codesOf(but(record, { ...longer, decisions: [...record.decisions, extended] }))).toEqual([]);
  });

  it('an exam that was never theirs', () => {
    const facts = factsWith([EXAM], { candidate: () => ({ exams: new Set([MOCK.id]), extraMinutes: 0 }) });
    expect(codesOf(sat(), {}, facts)).toEqual(['exam-not-theirs']);
  });
});

describe('a course', () => {
  type Lessons = readonly { readonly seconds: number; readonly total: number; readonly complete: boolean }[];
  const studied = (change: (lessons: Lessons) => Lessons, more: object = {}) => {
    const record = sat({ exam: LEARNING }) as Extract<ExamRecord, { learning?: unknown }>;
    const lessons = change(record.learning?.lessons ?? []);
    return but(record, { learning: { ...record.learning, lessons, ...more } });
  };
  const OTHERWISE: readonly (readonly [string, (lessons: Lessons) => Lessons, object?])[] = [
    ['complete without presence', (all) => all.map((one) => ({ ...one, seconds: 0, total: 0 }))],
    ['more than a lesson has', (all) => all.map((one) => ({ ...one, seconds: one.seconds + 1, total: one.total + 1 }))],
    ['what no record has of before', (all) => all.map((one) => ({ ...one, seconds: 0 }))],
    [
      'complete as a whole, and not in its parts',
      ([first, ...all]) => [{ ...first, complete: false } as never, ...all],
    ],
    ['a lesson less', (all) => all.slice(1)],
    ['another course', (all) => all, { courseHash: sha256('x') }],
  ];
  test.each(OTHERWISE.map((one) => [one[0], one] as const))('is disputed with %s', (_, [, change, more]) => {
    expect(codesOf(studied((all) => all))).toEqual([]);
    expect(codesOf(studied(change, more))).toContain('study-other');
  });

  it('goes on with what records of before have', () => {
    const record = studied((all) => all.map((one) => ({ ...one, seconds: 0 })));
    const lessons = LEARNING.course?.lessons ?? [];
    const before = new Map(lessons.map(({ id, seconds }) => [id, { seconds, complete: true }]));
    expect(codesOf(record, { studied: before })).toEqual([]);
  });

  it('has the form that its seed gives', () => {
    const record = sat({ exam: LEARNING });
    expect(codesOf(but(record, { form: { ...record.form, seed: 'other' } }))).toEqual(['paper-other']);
  });
});

it('a form is redrawn once its station has revealed the series', () => {
  const record = sat({ nth: 3 });
  const series = `st_a${'a'.repeat(32)}`;
  expect(codesOf(record, { series })).toEqual([]);
  expect(codesOf(but(record, { form: { ...record.form, formHash: sha256('x') } }))).toEqual([]);
  expect(codesOf(but(record, { form: { ...record.form, formHash: sha256('x') } }), { series })).toEqual([
    'paper-other',
  ]);
});

it('a form has no half of a case where cases stay whole', () => {
  const seen = new Map<string, number>();
  const items = BANK.items.map((item) => {
    const nth = seen.get(item.kind) ?? 0;
    seen.set(item.kind, nth + 1);
    return { ...item, passage: { text: { zh: `${item.kind} ${Math.floor(nth / 2)}` } } };
  });
  const bank = makeBank(BANK.title, items);
  const apart = Exam.parse({ ...EXAM, bankId: bank.id });
  const exam = Exam.parse({ ...apart, blueprint: { ...EXAM.blueprint, rules: { wholeCases: true } } });
  const facts = factsWith([exam], { bankOf: () => bank });
  const record = sat({ exam, bank });
  expect(codesOf(record, {}, facts)).toEqual([]);
  // By the blueprint without the rule, and said to be by this one.
  const { answers } = Array.from({ length: 20 }, (_, nth) => sat({ exam: apart, bank, nth })).find(
    ({ answers: all }) => {
      const there = new Set(all.map(({ itemId }) => itemId));
      return items.some(({ id }, at) => there.has(id) && !there.has(items[at + 1]?.id ?? id) && at % 2 === 0);
    },
  ) as ExamRecord;
  expect(codesOf(but(record, { answers }), {}, facts)).toContain('paper-other');
});

describe('a form of before more was known of the words that keep options in their order', () => {
  const words = ['故选B。', '【答案】B'];
  const items = BANK.items.map((item, at) => ({ ...item, explanation: { zh: words[at % 2] ?? '' } }));
  const bank = makeBank(BANK.title, items);
  const [exam, course] = [EXAM, LEARNING].map((one) => ({ ...one, bankId: bank.id })) as [Exam, Exam];
  const facts = factsWith([exam, course], { bankOf: (id) => (id === bank.id ? bank : undefined) });
  const series = `st_a${'a'.repeat(32)}`;
  const hashesOf = (record: ExamRecord, forms: readonly { readonly formHash: Sha256 }[]) =>
    forms.map(({ formHash }) => but(record, { form: { ...record.form, formHash } }));

  it('is as sound as one of today, and no other is', () => {
    const record = sat({ exam, bank, nth: 3 });
    const maker = openFormMaker(bank, exam.blueprint);
    const forms = METHODS.map((method) => maker.assemble(seedOf({ series, serial: 3 }), { method }));
    expect(new Set(forms.map(({ formHash }) => formHash)).size).toBe(METHODS.length);
    expect(hashesOf(record, forms).map((one) => codesOf(one, { series }, facts))).toEqual(METHODS.map(() => []));
    expect(codesOf(but(record, { form: { ...record.form, formHash: sha256('x') } }), { series }, facts)).toEqual([
      'paper-other',
    ]);
  });

  it('of a course too', () => {
    const record = sat({ exam: course, bank });
    const asked = { ...course, course: course.course as Course };
    const forms = COURSE_METHODS.map((method) => courseForm(bank, asked, record.form.seed, method));
    expect(new Set(forms.map(({ formHash }) => formHash)).size).toBe(COURSE_METHODS.length);
    expect(hashesOf(record, forms).map((one) => codesOf(one, {}, facts))).toEqual(COURSE_METHODS.map(() => []));
  });
});

it('every dispute is found by one of these', () => {
  const found = new Set<FindingCode>(LIES.map(([code]) => code));
  const elsewhere: readonly FindingCode[] = ['exam-not-theirs', 'study-other', 'judging-failed'];
  expect(DISPUTES.filter((code) => !found.has(code) && !elsewhere.includes(code))).toEqual([]);
});

describe('answers that are words, an order, or pairs', () => {
  const bank = makeBank({ zh: '填空与排序' }, [
    makeItem({
      ...{ kind: 'text', stem: { zh: '先（ ）后（ ）。' }, options: [], key: [], topic: '电' },
      gaps: [{ accepted: ['断电', '切断电源'] }, { accepted: ['验电'] }],
    }),
    makeItem({
      ...{ kind: 'order', stem: { zh: '步骤' }, topic: '电', key: [2, 0, 1] },
      options: ['验电', '接地', '停电'].map((zh) => ({ zh })),
    }),
    makeItem({
      ...{ kind: 'match', stem: { zh: '配对' }, topic: '电', key: [1, 0] },
      ...{ premises: [{ zh: '电' }, { zh: '油' }], options: [{ zh: '泡沫' }, { zh: '干粉' }] },
    }),
  ]);
  const exam = Exam.parse({
    ...{ ...EXAM, bankId: bank.id, passMarks: 6 },
    blueprint: {
      rows: [
        { kind: 'text', count: 1, marks: 2 },
        { kind: 'order', count: 1, marks: 2 },
        { kind: 'match', count: 1, marks: 2 },
      ],
      scoring: 'subset',
    },
  });
  const facts = factsWith([exam, MOCK], { bankOf: (id) => (id === bank.id ? bank : undefined) });
  const sound = sat({ exam, bank });
  const [words, order, match] = sound.answers;
  const judged = (...answers: readonly object[]) => codesOf(but(sound, { answers: [...answers, match] }), {}, facts);
  const paired = (pairs: readonly object[] | undefined) =>
    codesOf(but(sound, { answers: [words, order, { ...match, pairs }] }), {}, facts);

  it('are marked again by their keys', () => {
    expect(codesOf(sound, {}, facts)).toEqual([]);
    expect(sound).toMatchObject({ format: 'exam-station/record@10', marks: 6 });
    expect(judged({ ...words, gaps: ['切断 电源', '验电。'] }, order ?? {})).toEqual([]);
    expect(judged({ ...words, gaps: ['断电', '接地'] }, order ?? {})).toContain('marks-other');
    expect(judged(words ?? {}, { ...order, chosen: order?.chosen.toReversed() })).toContain('marks-other');
  });

  it('must be such as a page sends', () => {
    const [one, two] = match && 'pairs' in match ? (match.pairs ?? []) : [];
    expect(paired([two ?? {}, one ?? {}])).toEqual([]);
    expect(paired([one ?? {}])).toContain('marks-other');
    expect(paired([{ ...one }, { ...two, premise: one?.premise }])).toContain('answer-other');
    expect(paired([{ ...one, choice: words?.itemId.replace('it_', 'op_') }, { ...two }])).toContain('answer-other');
    expect(judged({ ...words, gaps: ['断电', '验电', ''] }, order ?? {})).toContain('answer-other');
    expect(judged(words ?? {}, { ...order, chosen: order?.chosen.slice(1) })).toContain('answer-other');
    expect(judged(words ?? {}, { ...order, gaps: ['断电'] })).toContain('answer-other');
  });
});
