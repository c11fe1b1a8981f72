import type { Handlers } from '../../../contract/page/rpc/server.ts';
import type { Methods } from '../../../contract/page/station-api.ts';
import type { Course } from '../../../contract/words/course.ts';
import { filesOf, neededMs } from '../../../contract/words/learning.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { isUnderWay, lessonsOf, type Sitting } from '../../core/sitting/index.ts';
import type { MediaStore } from '../../keep/media/index.ts';
import type { Looking } from '../../steps/index.ts';
import { isMissing } from '../learning-view.ts';

export type LearningParts = Looking & { readonly media: MediaStore };

type Asked = 'course' | 'lesson.report';

/** A course while it is studied: what it shows, and what the page says of it. */
export function learningHandlers(parts: LearningParts): Pick<Handlers<Methods>, Asked> {
  const { seat, media, lookNow } = parts;
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
  };
}

/** @throws Refusal `not-allowed-now` */
function courseIn(sitting: Sitting): Course {
  const { course } = sitting.exam;
  if (!course || !isUnderWay(sitting)) throw new Refusal('not-allowed-now', 'no course is studied now');
  return course;
}
