import type { Course, Lesson } from '../../../contract/words/course.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import { isBlankAnswer } from '../../../contract/words/form.ts';
import { neededMs } from '../../../contract/words/learning.ts';
import { hashOf } from '../../../proof/index.ts';
import { type Case, type Finding, mustHave, unlessBefore } from './facts.ts';

/** What was studied: of this course as it was, no longer than the sitting went on, and complete where it says so. */
export function judgeCourse(of: Case, { course }: Exam): readonly Finding[] {
  const learning = 'learning' in of.record ? of.record.learning : undefined;
  if (!course || !learning) return [];
  if (learning.courseId !== course.id || learning.courseHash !== hashOf(course))
    return [unlessBefore(of, 'study-other', 'exam-before', `no version of the course is ${learning.courseHash}`)];
  const why = whyOther(of, course, learning.lessons);
  const all = learning.lessons.every(({ complete }) => complete);
  return [
    ...mustHave(!why, () => ({ code: 'study-other', detail: `${why}` })),
    ...mustHave(learning.complete === all, () => ({
      code: 'study-other',
      detail: 'complete, or not, against its lessons',
    })),
  ];
}

type Studied = {
  readonly lessonId: Lesson['id'];
  readonly seconds: number;
  readonly total: number;
  readonly complete: boolean;
};

function whyOther(of: Case, { lessons }: Course, studied: readonly Studied[]): string | undefined {
  if (studied.length !== lessons.length || studied.some(({ lessonId }, at) => lessonId !== lessons[at]?.id))
    return 'other lessons than the course has';
  const seconds = studied.reduce((sum, one) => sum + one.seconds, 0);
  if (seconds * 1000 > of.record.activeMs) return `${seconds} s in ${of.record.activeMs} ms`;
  for (const [at, one] of studied.entries()) {
    const why = whyLesson(of, lessons[at] as Lesson, one);
    if (why) return `${one.lessonId}: ${why}`;
  }
  return undefined;
}

function whyLesson({ record, here }: Case, lesson: Lesson, { seconds, total, complete }: Studied): string | undefined {
  const before = here.studied.get(lesson.id);
  if (total > lesson.seconds) return `${total} of ${lesson.seconds} s`;
  if (seconds > total) return `${seconds} s now, ${total} s in all`;
  if (total - seconds > (before?.seconds ?? 0)) return `${total - seconds} s before, and no record has them`;
  if (!complete || before?.complete) return undefined;
  if (lesson.kind !== 'questions')
    return (total + 1) * 1000 <= neededMs(lesson) ? `complete after ${total} s` : undefined;
  const answered = new Set(record.answers.filter((answer) => !isBlankAnswer(answer)).map(({ itemId }) => itemId));
  const blank = lesson.items.find((id) => !answered.has(id));
  return blank ? `complete without ${blank}` : undefined;
}
