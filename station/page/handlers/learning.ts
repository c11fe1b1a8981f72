import type { Handlers } from '../../../contract/page/rpc/server.ts';
import type { Methods } from '../../../contract/page/station-api.ts';
import type { Course } from '../../../contract/words/course.ts';
import type { LessonId } from '../../../contract/words/ids.ts';
import { filesOf, neededMs } from '../../../contract/words/learning.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { guestOf, isUnderWay, lessonsOf, type Sitting } from '../../core/sitting/index.ts';
import type { Studies } from '../../keep/learning/index.ts';
import type { MediaStore } from '../../keep/media/index.ts';
import type { Looking } from '../../steps/index.ts';
import { isMissing } from '../learning-view.ts';

export type LearningParts = Looking & { readonly media: MediaStore; readonly studies: Studies };

type Asked = 'course' | 'lesson.report' | 'package.resume' | 'package.report';

/** A course while it is studied: what it shows, and what the page says of it. */
export function learningHandlers(parts: LearningParts): Pick<Handlers<Methods>, Asked> {
  const { seat, media, studies, lookNow } = parts;
  return {
    course: () => {
      const course = courseIn(seat.taken());
      return { course, here: [...filesOf(course)].filter(media.has) };
    },
    'lesson.report': ({ lessonId, seconds, position }) => {
      const lesson = courseIn(seat.taken()).lessons.find(({ id }) => id === lessonId);
      if (lesson && isMissing(lesson, media.has)) throw new Refusal('media-missing', lessonId);
      seat.execute({ kind: 'study', lessonId, ms: Math.round(seconds * 1000), position });
      const now = lessonsOf(seat.taken()).find((one) => one.lesson.id === lessonId);
      if (!now) throw new Refusal('lesson-unknown', lessonId);
      // With what pends it would be complete: nobody waits for the next look to be told so.
      const { lesson: of, complete, totalMs, pendingMs } = now;
      if (!complete && pendingMs > 0 && totalMs + pendingMs >= neededMs(of)) void lookNow();
      return { position: now.position, farthest: now.farthest };
    },
    'package.resume': ({ lessonId }) => {
      const sitting = seat.taken();
      mustBePackage(sitting, lessonId);
      const state = studies.book(guestOf(sitting)).stateOf(sitting.candidateId, sitting.exam.id, lessonId);
      return state ? { state } : {};
    },
    'package.report': ({ lessonId, opening, said, state }) => {
      const sitting = seat.taken();
      mustBePackage(sitting, lessonId);
      seat.execute({ kind: 'hear-package', lessonId, opening, said });
      studies.book(guestOf(sitting)).keepState(sitting.candidateId, sitting.exam.id, lessonId, state);
      return {};
    },
  };
}

/** @throws Refusal `not-allowed-now`, `lesson-unknown` */
function mustBePackage(sitting: Sitting, lessonId: LessonId): void {
  const lesson = courseIn(sitting).lessons.find(({ id }) => id === lessonId);
  if (lesson?.kind !== 'scorm') throw new Refusal('lesson-unknown', lessonId);
}

/** @throws Refusal `not-allowed-now` */
function courseIn(sitting: Sitting): Course {
  const { course } = sitting.exam;
  if (!course || !isUnderWay(sitting)) throw new Refusal('not-allowed-now', 'no course is studied now');
  return course;
}
