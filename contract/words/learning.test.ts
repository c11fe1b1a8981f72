import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Course } from './course.ts';
import { Exam, USUAL_RECAPTURE } from './exam.ts';
import { ExamId, LessonId } from './ids.ts';
import {
  believe,
  type CourseProgress,
  isLessonComplete,
  mergeProgress,
  neededMs,
  picturesIn,
  standAt,
} from './learning.ts';
import type { PackageSaid } from './scorm.ts';

const HASH = 'a'.repeat(64);
const FILM = {
  ...{ kind: 'video', id: 'le_film', title: { zh: '电影' }, seconds: 100 },
  sources: [{ hash: HASH, type: 'video/webm', bytes: 9 }],
};
const PAGE = {
  ...{ kind: 'page', id: 'le_page', title: { zh: '课文' }, seconds: 30 },
  blocks: [
    { kind: 'picture', picture: { hash: HASH } },
    { kind: 'heading', text: { zh: '一' } },
  ],
};
const QUESTIONS = { kind: 'questions', id: 'le_ask', title: { zh: '题' }, seconds: 30, items: ['it_1', 'it_2'] };
const COURSE = Course.parse({ id: 'co_1', lessons: [FILM, PAGE, QUESTIONS] });
const [film, page, questions] = COURSE.lessons as [Course['lessons'][0], Course['lessons'][0], Course['lessons'][0]];

const examOf = (changes: object) => ({
  ...{ id: 'ex_1', title: { zh: '课程' }, mode: 'learning', bankId: 'bk_1', course: COURSE, durationSeconds: 60 },
  ...{ passMarks: 0, attempts: 1, recapture: USUAL_RECAPTURE },
  blueprint: { rows: [{ kind: 'single', count: 1, marks: 1 }] },
  ...changes,
});

describe('an exam', () => {
  it('has a course where one is learnt, and nowhere else', () => {
    const reads = (changes: object) => Exam.safeParse(examOf(changes)).success;
    expect([reads({}), reads({ mode: 'mock', course: undefined })]).toEqual([true, true]);
    expect([reads({ course: undefined }), reads({ mode: 'mock' })]).toEqual([false, false]);
  });

  it('names each lesson and each item of a course once', () => {
    const reads = (lessons: readonly object[]) => Exam.safeParse(examOf({ course: { id: 'co_1', lessons } })).success;
    expect([reads([FILM, PAGE]), reads([FILM, FILM])]).toEqual([true, false]);
    expect(reads([QUESTIONS, { ...QUESTIONS, id: 'le_again' }])).toBe(false);
  });
});

it('a lesson is complete with presence enough, and questions once each was told', () => {
  const told =
    (...items: string[]) =>
    (item: string) =>
      items.includes(item);
  expect([neededMs(film), neededMs(page), neededMs(questions)]).toEqual([95_000, 30_000, 0]);
  expect([94_999, 95_000].map((ms) => isLessonComplete(film, ms, told()))).toEqual([false, true]);
  expect([29_999, 30_000].map((ms) => isLessonComplete(page, ms, told()))).toEqual([false, true]);
  expect([told('it_1'), told('it_1', 'it_2')].map((of) => isLessonComplete(questions, 0, of))).toEqual([false, true]);
});

it('of two views of one lesson whichever says more counts', () => {
  const of = (lessons: object[], answers?: string[]) =>
    ({ examId: 'ex_1', lessons, answers }) as unknown as CourseProgress;
  const one = of([{ lessonId: 'le_film', seconds: 40, position: 40, complete: false }], ['it_1']);
  const other = of([
    { lessonId: 'le_film', seconds: 90, complete: true },
    { lessonId: 'le_page', seconds: 3, complete: false },
  ]);
  expect(mergeProgress(one, other)).toEqual({
    examId: 'ex_1',
    lessons: [
      { lessonId: 'le_film', seconds: 90, position: 40, complete: true },
      { lessonId: 'le_page', seconds: 3, complete: false },
    ],
    answers: ['it_1'],
  });
  expect(mergeProgress(undefined, other)).toEqual(other);
});

it('a course shows the pictures of its pages', () => {
  expect([...picturesIn(COURSE)]).toEqual([HASH]);
});

describe('a package', () => {
  const unit = {
    kind: 'scorm',
    id: 'le_unit',
    title: { zh: '课件' },
    seconds: 10,
    version: '1.2',
    launch: 'a.html?b#c',
  };
  const file = { hash: HASH, type: 'application/zip', bytes: 9 };
  const [lesson] = Course.parse({ id: 'co_1', lessons: [{ ...unit, file }] }).lessons as [Course['lessons'][0]];
  const none = () => false;

  it('is complete with presence enough once it says so', () => {
    const complete = (ms: number, status?: PackageSaid['status']) =>
      isLessonComplete(lesson, ms, none, status && { status });
    expect([complete(10_000), complete(10_000, 'incomplete'), complete(10_000, 'failed')]).toEqual([
      false,
      false,
      false,
    ]);
    expect([complete(9_999, 'passed'), complete(10_000, 'completed'), complete(10_000, 'passed')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it.each([
    'http://evil.example/',
    '//evil.example/a',
    'javascript:0',
    '../a',
    '/a',
    '\\\\evil\\a',
    'a/../../b',
    '',
    'x:y',
  ])('launches nothing outside of it: %s', (launch) =>
    expect(Course.safeParse({ id: 'co_1', lessons: [{ ...unit, file, launch }] }).success).toBe(false),
  );

  it('loses nothing where two places know of it', () => {
    const of = (said: PackageSaid | undefined): CourseProgress => ({
      examId: ExamId.parse('ex_1'),
      lessons: [{ lessonId: LessonId.parse('le_unit'), seconds: 1, complete: false, ...(said ? { said } : {}) }],
    });
    const merged = mergeProgress(of({ status: 'passed', score: 60 }), of({ status: 'incomplete', score: 70 }));
    expect(merged.lessons[0]?.said).toEqual({ status: 'passed', score: 70 });
    expect(mergeProgress(of(undefined), of({ status: 'failed' })).lessons[0]?.said).toEqual({ status: 'failed' });
    expect(mergeProgress(of(undefined), of(undefined)).lessons[0]).not.toHaveProperty('said');
  });
});

describe('a report', () => {
  const Report = fc.record({
    ms: fc.nat(600_000),
    passed: fc.nat(60_000),
    position: fc.double({ min: 0, max: 4_000, noNaN: true }),
  });

  it('never gets more time believed than passed since the first was awaited, whatever is said', () => {
    fc.assert(
      fc.property(fc.array(Report), (reports) => {
        let [now, heardMs, believed] = [0, 0, 0];
        for (const { ms, passed } of reports) {
          now += passed;
          const told = believe(ms, heardMs, now);
          expect(told.heardMs).toBeGreaterThanOrEqual(heardMs);
          believed += told.believedMs;
          heardMs = told.heardMs;
        }
        expect(believed).toBeLessThanOrEqual(now);
      }),
    );
  });

  it('that is honest gets all of its time believed, also where it comes a little late', () => {
    const first = believe(5_000, 0, 5_400);
    expect(first.believedMs).toBe(5_000);
    expect(believe(5_300, first.heardMs, 10_400).believedMs).toBe(5_300);
  });

  it('takes a film that is bound no farther than time was believed', () => {
    fc.assert(
      fc.property(fc.array(Report), (reports) => {
        let [stands, believed] = [{ position: 0, farthest: 0 }, 0];
        for (const { ms, position } of reports) {
          const next = standAt(stands, position, { believedMs: ms, bound: true });
          stands = next ?? { ...stands, position: stands.farthest };
          believed += ms;
          expect(stands.farthest).toBeLessThanOrEqual(believed / 1000 + 1e-6);
          expect(stands.position).toBeLessThanOrEqual(stands.farthest + 3);
        }
      }),
    );
  });

  it('may wind a film that is free to wherever it likes', () => {
    const stands = standAt({ position: 0, farthest: 0 }, 900, { believedMs: 0, bound: false });
    expect(stands).toEqual({ position: 900, farthest: 900 });
  });
});
