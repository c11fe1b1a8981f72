import { z } from 'zod';
import { type Course, courseItems } from '../../contract/words/course.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { CourseId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import type { CourseFile } from './course-file.ts';
import type { CourseFacts } from './facts.ts';
import { learningExam } from './learning-exam.ts';
import { makeLesson } from './make-lesson.ts';
import type { CourseProblem } from './problems.ts';

/** A course as an exam; or all that is wrong, lesson by lesson. */
export type MadeCourse =
  | { readonly ok: true; readonly exam: Exam & { readonly course: Course } }
  | { readonly ok: false; readonly problems: readonly CourseProblem[] };

/**
 * The course that a file describes, of what was found in the files it names.
 * @param file as it was read; what it names and nobody found is missing
 */
export function makeCourse(file: CourseFile, facts: CourseFacts): MadeCourse {
  const { bank } = facts;
  const made = file.lessons.map((entry) => makeLesson(entry, facts));
  const lessons = made.flatMap((lesson) => (lesson.ok ? [lesson.value] : []));
  const course: Course = { id: courseIdOf(file), lessons, ...(file.audience ? { audience: file.audience } : {}) };
  const problems: CourseProblem[] = [
    ...(bank.ok ? [] : [{ reason: bank.reason, detail: bank.detail }]),
    ...made.flatMap((lesson, at) => {
      // The bank's trouble is not every lesson's.
      if (lesson.ok || (!bank.ok && file.lessons[at]?.kind === 'questions')) return [];
      const { reason, detail } = lesson;
      return [{ lesson: at + 1, title: file.lessons[at]?.title.zh ?? '', reason, detail }];
    }),
    ...ofTheWhole(course),
  ];
  if (!bank.ok || problems.length > 0) return { ok: false, problems };
  const { minutes, pass, liveness, recapture, watch, evidenceDays, hosts, home, revealsKeys } = file;
  try {
    const policy = { minutes, pass, liveness, recapture, watch, evidenceDays, hosts, home, revealsKeys };
    return { ok: true, exam: { ...learningExam(course, bank.value.bank, file.title, policy), course } };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return { ok: false, problems: [{ reason: 'course-unreadable', detail: z.prettifyError(error) }] };
  }
}

/** What only shows when all lessons are looked at together. */
function ofTheWhole(course: Course): readonly CourseProblem[] {
  const [ids, items] = [course.lessons.map(({ id }) => id), courseItems(course)];
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  const again = items.filter((id, at) => items.indexOf(id) !== at);
  return [
    ...(twice.length > 0
      ? [{ reason: 'lesson-twice', detail: 'two lessons of a kind have one title: say an id for each' } as const]
      : []),
    ...(again.length > 0 ? [{ reason: 'items-twice', detail: `in two lessons: ${again.join(', ')}` } as const] : []),
  ];
}

const courseIdOf = ({ id, title }: CourseFile): CourseId =>
  CourseId.parse(`co_${id ?? sha256(`course:${title.zh}`).slice(0, 16)}`);
