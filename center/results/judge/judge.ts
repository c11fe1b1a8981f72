import type { Exam } from '../../../contract/words/exam.ts';
import { isDispute } from '../../../contract/words/findings.ts';
import { judgeCourse } from './course.ts';
import { type Case, type Finding, unlessBefore } from './facts.ts';
import { judgeMarks } from './marks.ts';
import { judgePaper, paperOf } from './paper.ts';
import { judgeCandidate, judgeProctors } from './people.ts';
import { judgePlace, judgeTimes } from './times.ts';

/**
 * What does not fit of a record, or cannot be told. Pure. An exam may have been put several times, and a station without a
 * network goes on with what it has: the version counts that fits best.
 */
export function judge(of: Case): readonly Finding[] {
  const { record, facts, here } = of;
  const versions = facts.versionsOf(record.exam.id);
  const judged = versions.map((exam) => judgeBy(of, exam));
  const [first = [unlessBefore(of, 'exam-unknown', 'exam-before', record.exam.id)], ...more] = judged;
  return [...more.reduce((best, next) => (weightOf(next) < weightOf(best) ? next : best), first), ...here.onArrival];
}

/** A finding that is known not to fit weighs more than any number of unknowns. */
const weightOf = (findings: readonly Finding[]): number =>
  findings.reduce((sum, { code }) => sum + (isDispute(code) ? 1_000 : 1), 0);

function judgeBy(of: Case, version: Exam): readonly Finding[] {
  const { record, facts } = of;
  const paper = paperOf(record, version, facts.bankOf(record.form.bankId));
  const onPaper = judgePaper(of, paper);
  const isKnown = !onPaper.some(({ code }) => code === 'paper-unknown' || code === 'paper-before');
  const { exam } = paper;
  return [
    ...onPaper,
    ...judgeMarks(of, paper, isKnown),
    ...judgeCandidate(of, exam),
    ...judgeProctors(of, exam),
    ...judgeTimes(of, exam),
    ...judgePlace(of, exam),
    ...judgeCourse(of, exam),
  ];
}
