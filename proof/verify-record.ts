import type { ExamRecord } from '../contract/records/index.ts';
import { sumOfMarks } from '../contract/words/blueprint.ts';
import { isBlankAnswer } from '../contract/words/form.ts';
import { no, type Rejection } from './verdict.ts';
import { type Signed, wasProvenBefore } from './verify-times.ts';

/**
 * Why no station can have written this record, whoever signed it: what it says of itself does not agree.
 * Each rule is one that every station has kept from its first record on (`station/keep/outbox/record.ts`).
 */
export function whyImpossible(record: ExamRecord, signed: Signed): Rejection | undefined {
  const { sittingId, marks, fullMarks, passMarks, answers } = record;
  const seen = new Set<string>();
  const twice = answers.find(({ itemId }) => seen.size === seen.add(itemId).size);
  if (twice) return no('answer-repeated', `${sittingId} answers ${twice.itemId} twice`);
  if (marks < 0 || marks > fullMarks || passMarks < 0)
    return no('marks-inconsistent', `${sittingId} has ${marks} of ${fullMarks} marks, and ${passMarks} are to pass`);
  const given = answers.find((answer) => answer.marks < 0 || (answer.marks > 0 && isBlankAnswer(answer)));
  if (given)
    return no('marks-inconsistent', `${sittingId} has ${given.marks} marks for ${given.itemId}, which it cannot have`);
  if (!isSumOfAnswers(record) && !wasProvenBefore(record, signed))
    return no('marks-inconsistent', `${sittingId} has ${marks} marks, and its answers have not`);
  return whyNotPassed(record) ?? whyNotStudied(record);
}

/** Whether its marks are those of its answers. A record of marks that nobody can follow is a number that somebody wrote. */
export const isSumOfAnswers = ({ marks, answers }: ExamRecord): boolean =>
  sumOfMarks(answers.map((answer) => answer.marks)) === sumOfMarks([marks]);

/** A course is passed with marks enough and every lesson complete, anything else with marks enough. */
function whyNotPassed(record: ExamRecord): Rejection | undefined {
  const { sittingId, passed, marks, passMarks } = record;
  const course = learningIn(record);
  if (passed === (marks >= passMarks && (course?.complete ?? true))) return undefined;
  const about = course ? `, and the course is ${course.complete ? '' : 'not '}complete` : '';
  const said = passed ? 'passed' : 'not passed';
  return no('passed-inconsistent', `${sittingId} is ${said} with ${marks} marks where ${passMarks} pass${about}`);
}

const learningIn = (record: ExamRecord) => ('learning' in record ? record.learning : undefined);

/** Of a course no more is studied than the sitting lasted, and it is complete once every lesson is. */
function whyNotStudied(record: ExamRecord): Rejection | undefined {
  const course = learningIn(record);
  if (!course) return undefined;
  const { sittingId, activeMs } = record;
  if (course.complete !== course.lessons.every(({ complete }) => complete))
    return no('study-inconsistent', `the course of ${sittingId} and its lessons do not agree on what is complete`);
  const ids = new Set(course.lessons.map(({ lessonId }) => lessonId));
  if (ids.size < course.lessons.length) return no('study-inconsistent', `${sittingId} has a lesson twice`);
  const seconds = course.lessons.reduce((sum, lesson) => sum + lesson.seconds, 0);
  return seconds * 1000 > activeMs
    ? no('study-inconsistent', `${sittingId} has ${seconds} s of study in ${Math.floor(activeMs / 1000)} s`)
    : undefined;
}
