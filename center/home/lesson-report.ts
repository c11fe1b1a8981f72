import type { HomeLesson } from '../../contract/home/home-api.ts';
import type { Lesson } from '../../contract/words/course.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import { believe, isLessonComplete, type LessonProgress, standAt } from '../../contract/words/learning.ts';
import { isForHome } from './at-home.ts';

/** What was done of one lesson at home. */
export type DoneAtHome = { readonly ms: number; readonly position: number; readonly farthest: number };
export const NOTHING: DoneAtHome = { ms: 0, position: 0, farthest: 0 };

/** No report reaches further back, however long nothing was heard: nobody can be said to have been there since. */
const LONGEST_MS = 60_000;

export type Report = {
  readonly ms: number;
  readonly position: number;
  /** Up to when time was asked for already, and what time it is now: the server's own clock. */
  readonly heardMs: number;
  readonly nowMs: number;
};

/**
 * What a report makes of a lesson, by the station's own rules as far as they can be held without a camera: no more time than
 * passed, never more than the lesson has, a film wound on only to where it was seen.
 */
export function takeReport(
  lesson: Lesson,
  before: DoneAtHome,
  { ms, position, heardMs, nowMs }: Report,
  complete: boolean,
): { readonly after: DoneAtHome; readonly heardMs: number } {
  const heard = believe(ms, Math.max(heardMs, nowMs - LONGEST_MS), nowMs);
  const bound = lesson.kind === 'video' && lesson.seek !== 'free' && !complete;
  const stands = standAt(before, position, { believedMs: heard.believedMs, bound });
  if (!stands) return { after: { ...before, position: before.farthest }, heardMs: heard.heardMs };
  const total = Math.max(before.ms, Math.min(before.ms + heard.believedMs, lesson.seconds * 1000));
  return { after: { ms: total, ...stands }, heardMs: heard.heardMs };
}

/** A lesson as it stands: at home, and proven. */
export function lessonState(
  lesson: Lesson,
  done: DoneAtHome,
  isTold: (item: ItemId) => boolean,
  proven: LessonProgress | undefined,
): HomeLesson {
  const { id, seconds } = lesson;
  const here = isForHome(lesson);
  const ms = Math.min(done.ms, seconds * 1000);
  return {
    lessonId: id,
    seconds,
    here,
    atHome: here ? { ...done, ms, complete: isLessonComplete(lesson, ms, isTold) } : { ...NOTHING, complete: false },
    proven: { seconds: Math.min(proven?.seconds ?? 0, seconds), complete: proven?.complete ?? false },
  };
}
