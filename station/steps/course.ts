import { isRight, type MarkedForm, rightAnswerTo } from '../../authoring/marking/index.ts';
import { courseItems } from '../../contract/words/course.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { CandidateId, ItemId, TenantId } from '../../contract/words/ids.ts';
import { type CourseProgress, mergeProgress } from '../../contract/words/learning.ts';
import { type Before, guestOf, lessonsOf, type Sitting } from '../core/sitting/index.ts';
import type { Studying } from './parts.ts';

/**
 * What somebody did of a course before: here, and by what the center knows of other stations. Nothing where they begin it.
 */
export function studiedBefore(
  parts: Studying,
  exam: Exam,
  candidate: { readonly id: CandidateId; readonly progress?: readonly CourseProgress[] | undefined },
  guest: TenantId | undefined,
): Before | undefined {
  const here = parts.studies.book(guest).of(candidate.id, exam.id);
  const elsewhere = candidate.progress?.find(({ examId }) => examId === exam.id);
  if (!exam.course || (!here && !elsewhere)) return undefined;
  const told = { examId: exam.id, lessons: here?.lessons ?? [] };
  const { lessons } = elsewhere ? mergeProgress(told, elsewhere) : told;
  const known = new Map((here?.answers ?? []).map((answer) => [answer.itemId, answer]));
  const asked = new Set(courseItems(exam.course));
  const others = (elsewhere?.answers ?? []).filter((item) => !known.has(item));
  // The course may have changed since.
  const answers = [...known.values(), ...rightAnswers(parts, exam, others)].filter(({ itemId }) => asked.has(itemId));
  const ids = new Set(exam.course.lessons.map(({ id }) => id));
  return { lessons: lessons.filter(({ lessonId }) => ids.has(lessonId)), answers };
}

/** Of what was answered rightly elsewhere the key says what was answered. */
function rightAnswers({ banks }: Studying, { bankId }: Exam, items: readonly ItemId[]): Before['answers'] {
  if (!banks.has(bankId)) return [];
  return banks.items(bankId, items).map((item) => ({ itemId: item.id, ...rightAnswerTo(item) }));
}

/** Writes down how far whoever studied here has come by now. */
export function noteStudy(parts: Studying, sitting: Sitting, marked: MarkedForm): void {
  const { exam, candidateId, form } = sitting;
  if (!exam.course || !form) return;
  const lessons = lessonsOf(sitting).map(({ lesson, totalMs, position, seenTo, complete, said }) => ({
    lessonId: lesson.id,
    seconds: Math.floor(totalMs / 1000),
    position: lesson.kind === 'video' ? Math.min(position, seenTo) : position,
    complete,
    ...(said ? { said } : {}),
  }));
  const answers = marked.items
    .filter((given) => isRight(given, parts.banks.item(form.bankId, given.itemId)))
    .map(({ marks: _, ...given }) => given);
  parts.studies.book(guestOf(sitting)).note(candidateId, exam.id, { lessons, answers });
}
