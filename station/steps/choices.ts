import { coversExam } from '../../contract/records/grants.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { mayBeSatOn } from '../../contract/words/hosts.ts';
import type { ExamId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Proctoring, SittingDown } from './parts.ts';
import { sitDown } from './sit-down.ts';
import { coursesOf, hasAttemptLeft, type Sitter } from './sitter.ts';

/** What somebody may sit or study here now: their exam first, while an attempt is left, then their courses. */
export function choicesFor(parts: SittingDown, sitter: Sitter): readonly Exam[] {
  const { candidate, grant } = sitter;
  const exams = parts.roster.of(grant?.tenantId).assignment?.exams ?? [];
  const ids: readonly ExamId[] = hasAttemptLeft(parts, sitter)
    ? [candidate.examId, ...coursesOf(candidate)]
    : coursesOf(candidate);
  return (
    [...new Set(ids)]
      .flatMap((id) => exams.find((exam) => exam.id === id) ?? [])
      .filter((exam) => exam.id === candidate.examId || exam.mode === 'learning')
      // Their exam is offered also where it may not be sat: whoever takes it is told why, instead of studying unawares.
      .filter(({ id, mode, hosts }) => id === candidate.examId || mayBeSatOn({ mode, hosts }, parts.host))
      .filter(({ id }) => !grant || coversExam(grant, id))
  );
}

/**
 * Somebody chose what to do.
 * @throws Refusal `not-allowed-now` where it is not them any more, `no-exam` where it was not offered, and as {@link sitDown}
 */
export function choose(parts: SittingDown & Pick<Proctoring, 'choosing'>, ticket: number, examId: ExamId): void {
  const { seat, choosing } = parts;
  const { current } = choosing;
  if (current?.ticket !== ticket || seat.current) throw new Refusal('not-allowed-now', 'somebody else chooses by now');
  if (!current.exams.some(({ id }) => id === examId)) throw new Refusal('no-exam', examId);
  sitDown(parts, { ...current, examId });
  choosing.clear();
}
