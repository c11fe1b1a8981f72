import { describe, expect, test } from 'vitest';
import { Eligibility } from '../../contract/platform/planning.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { type Known, obstaclesOf } from './eligibility.ts';

const [EXAM, BEFORE, COURSE] = ['ex_a', 'ex_before', 'ex_course'].map((id) => ExamId.parse(id)) as [
  ExamId,
  ExamId,
  ExamId,
];
const BEGINS = new Date('2026-12-01T08:00:00Z');
const inDays = (days: number) => new Date(BEGINS.getTime() + days * 24 * 3_600_000);
const NEW: Known = {
  ...{ onRoster: true, learned: new Map(), sat: new Map(), attemptsUsed: 0 },
  ...{ certificateEnds: undefined, elsewhere: false },
};
const found = (terms: object, known: Partial<Known> = {}) =>
  obstaclesOf({ ...Eligibility.parse(terms), examId: EXAM, attempts: 2, begins: BEGINS }, { ...NEW, ...known });
const sat = (passed: boolean, failed: number, examId = EXAM): Pick<Known, 'sat'> => ({
  sat: new Map([[examId, { passed, failed }]]),
});
const learned = (seconds: number, complete: boolean): Pick<Known, 'learned'> => ({
  learned: new Map([[COURSE, { seconds, complete }]]),
});

describe('who may come', () => {
  test.each([
    ['whoever never sat it', {}, {}, []],
    ['nobody who left', {}, { onRoster: false }, ['left']],
    ['nobody who comes to another turn of it', {}, { elsewhere: true }, ['elsewhere']],
    ['nobody whose attempts are used up', {}, { attemptsUsed: 2 }, ['attempts-used']],
    ['nobody who passed it', {}, sat(true, 0), ['passed-already']],
    ['whoever passed it, where any may', { again: 'any' }, sat(true, 0), []],
    ['nobody whose certificate holds', {}, { ...sat(true, 0), certificateEnds: inDays(61) }, ['passed-already']],
    ['nobody whose certificate has no end', {}, { ...sat(true, 0), certificateEnds: null }, ['passed-already']],
    ['whoever has one that ends soon', {}, { ...sat(true, 0), certificateEnds: inDays(60) }, []],
    ['whoever has one that has ended', {}, { ...sat(true, 0), certificateEnds: inDays(-5) }, []],
    ['whoever failed it once, to a re-sit', { again: 're-sit' }, sat(false, 1), []],
    ['nobody new to a re-sit', { again: 're-sit' }, {}, ['no-re-sit']],
    ['nobody to a second re-sit', { again: 're-sit' }, sat(false, 2), ['no-re-sit']],
    ['nobody who passed to a re-sit', { again: 're-sit' }, sat(true, 1), ['passed-already']],
    ['whoever passed what comes before', { passed: [BEFORE] }, sat(true, 0, BEFORE), []],
    ['nobody who did not', { passed: [BEFORE] }, sat(false, 1, BEFORE), ['earlier-missing']],
  ] as const)('%s', (_, terms, known, expected) => {
    expect(found(terms, known)).toEqual(expected);
  });

  test.each([
    [0, learned(9_999, false), ['course-missing']],
    [0, learned(60, true), []],
    [60, learned(3_599, false), ['course-missing']],
    [60, learned(3_600, false), []],
    [60, {}, ['course-missing']],
  ] as const)('with %s minutes of a course', (minutes, known, expected) => {
    expect(found({ courses: [{ examId: COURSE, minutes }] }, known)).toEqual(expected);
  });

  test('and says all that is in the way at once', () => {
    expect(found({ passed: [BEFORE] }, { ...sat(true, 0), attemptsUsed: 2, elsewhere: true })).toEqual([
      ...['earlier-missing', 'passed-already', 'attempts-used', 'elsewhere'],
    ]);
  });
});
