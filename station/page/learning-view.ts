import type { CourseView, LessonView } from '../../contract/page/course-view.ts';
import type { Lesson } from '../../contract/words/course.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import { type LessonState, lessonsOf, type Sitting } from '../core/sitting/index.ts';

/** Whether bytes are on this station. */
export type IsHere = (hash: Sha256) => boolean;

/** Whether what a lesson shows has not come yet: of a film one file is enough, the first that the page can play. */
export function isMissing(lesson: Lesson, isHere: IsHere): boolean {
  if (lesson.kind === 'video') return !lesson.sources.some(({ hash }) => isHere(hash));
  return (lesson.kind === 'document' || lesson.kind === 'scorm') && !isHere(lesson.file.hash);
}

/** How a course stands; nothing where none is studied. */
export function learningView(sitting: Sitting, isHere: IsHere): { readonly learning?: CourseView } {
  const lessons = lessonsOf(sitting);
  return lessons.length > 0 ? { learning: { lessons: lessons.map((state) => lessonView(state, isHere)) } } : {};
}

const lessonView = (
  { lesson, totalMs, pendingMs, position, farthest, complete, said }: LessonState,
  isHere: IsHere,
): LessonView => ({
  ...{ lessonId: lesson.id, seconds: lesson.seconds, creditedMs: totalMs, pendingMs, position, farthest, complete },
  ...(said ? { said } : {}),
  ...(isMissing(lesson, isHere) ? { missing: true } : {}),
});

/** What studying came to, once it is over. */
export function learntView(sitting: Sitting, isHere: IsHere) {
  const { learning } = learningView(sitting, isHere);
  if (!learning) return {};
  const states = lessonsOf(sitting);
  const creditedMs = states.reduce((sum, state) => sum + state.creditedMs, 0);
  return { learning: { ...learning, complete: states.every(({ complete }) => complete), creditedMs } };
}
