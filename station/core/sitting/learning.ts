import type { Identity, IncidentEntry, Verdict } from '../../../contract/records/index.ts';
import type { Course, Lesson } from '../../../contract/words/course.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import type { IncidentId, ItemId, LessonId } from '../../../contract/words/ids.ts';
import { believe, isLessonComplete, type LessonProgress, standAt } from '../../../contract/words/learning.ts';
import type { Before, SittingEvent } from './events.ts';
import { type Heard, heard } from './package-heard.ts';

/** What was studied of one lesson in this sitting. */
type Studied = Heard & {
  /** Between two looks that both found the same face, with nothing else between them. */
  readonly creditedMs: number;
  /** Reported since the last look that found it: the next one decides. */
  readonly pendingMs: number;
  /** Where it stands: seconds of a film, page of a text. */
  readonly position: number;
  /** How far the film was seen, with what is pending, */
  readonly farthest: number;
  /** and without. */
  readonly seenTo: number;
};

/** What a course has come to in this sitting, by its events alone. */
export type Learning = {
  readonly lessons: ReadonlyMap<LessonId, Studied>;
  /** Exam time that was asked for already, or is lost: no report reaches back before it. */
  readonly heardMs: number;
  /** The face was not there, or not seen to be: what is reported counts for nothing until a look finds it. */
  readonly away: boolean;
};

/** What of a sitting decides what is studied in it. */
type Sitting = {
  readonly exam: Pick<Exam, 'course'>;
  readonly before?: Before;
  readonly learning?: Learning;
  readonly identity?: Identity | undefined;
  readonly incidents: readonly Pick<IncidentEntry, 'id' | 'reason'>[];
  readonly verdicts: ReadonlyMap<IncidentId, Verdict>;
  readonly checked: ReadonlySet<ItemId>;
};

/** What says that nobody studies, whatever the exam's policy does about it. */
const AWAY: ReadonlySet<string> = new Set([
  ...(['no-face', 'mismatch', 'several-faces', 'not-live', 'uncertain', 'looking-away', 'eyes-closed'] as const),
  ...(['camera-covered', 'camera-lost', 'camera-frozen', 'camera-missing', 'models-failed'] as const),
]);
/** What makes every later look worthless. */
const FALSE_FEED: ReadonlySet<string> = new Set(['camera-virtual', 'camera-unmatched', 'feed-looped']);

export function openLearning({ lessons }: Course, before: Before | undefined): Learning {
  const known = new Map(before?.lessons.map((lesson) => [lesson.lessonId, lesson]));
  return {
    lessons: new Map(lessons.map(({ id }) => [id, fresh(known.get(id))])),
    heardMs: 0,
    away: false,
  };
}

const fresh = ({ position: at = 0, said }: Partial<LessonProgress> = {}): Studied => ({
  ...{ creditedMs: 0, pendingMs: 0, position: at, farthest: at, seenTo: at },
  ...(said ? { said } : {}),
});

/**
 * What an event makes of it.
 * @param sitting as it was before the event
 * @param nowMs the exam clock at the event
 */
export function learn(sitting: Sitting, event: SittingEvent, nowMs: number): Learning | undefined {
  const { learning } = sitting;
  if (!learning) return undefined;
  switch (event.type) {
    case 'studied':
      return report(sitting, learning, event, nowMs);
    case 'package-said':
      return hear(learning, event);
    case 'captured':
      if (event.purpose !== 're-capture') return learning;
      return event.capture.outcome === 'match' ? credit(sitting, learning, nowMs) : lose(learning, nowMs);
    case 'paused':
      return lose(learning, nowMs);
    case 'incident':
    case 'noted':
      return AWAY.has(event.reason) ? lose(learning, nowMs) : learning;
    default:
      return learning;
  }
}

/** Whether looks say anything here: whom a proctor let in by hand they cannot know, and of a recording they know only that. */
const isBelieved = ({ identity, incidents, verdicts }: Sitting): boolean =>
  identity?.how === 'verified' &&
  !incidents.some(({ id, reason }) => FALSE_FEED.has(reason) && verdicts.get(id) !== 'dismissed');

const lessonOf = ({ exam }: Sitting, id: LessonId): Lesson | undefined =>
  exam.course?.lessons.find((lesson) => lesson.id === id);

const beforeOf = ({ before }: Sitting, id: LessonId): LessonProgress | undefined =>
  before?.lessons.find(({ lessonId }) => lessonId === id);

function report(
  sitting: Sitting,
  learning: Learning,
  { lessonId, ms, position }: Extract<SittingEvent, { type: 'studied' }>,
  nowMs: number,
): Learning {
  const [lesson, studied] = [lessonOf(sitting, lessonId), learning.lessons.get(lessonId)];
  if (!lesson || !studied) return learning;
  const counts = !learning.away && isBelieved(sitting);
  const { believedMs, heardMs } = believe(counts ? ms : 0, learning.heardMs, nowMs);
  const stands = standAt(studied, position, { believedMs, bound: isBound(sitting, lesson) });
  const left = lesson.seconds * 1000 - totalMs(sitting, lessonId, studied) - studied.pendingMs;
  const pendingMs = studied.pendingMs + Math.max(0, Math.min(believedMs, left));
  // Wound on to where it was not seen: the page goes back.
  const next = stands ? { ...studied, ...stands, pendingMs } : { ...studied, position: studied.farthest };
  return { ...learning, heardMs, lessons: new Map(learning.lessons).set(lessonId, next) };
}

/** It changes what a lesson lacks besides time, and gives it none. */
function hear(
  learning: Learning,
  { lessonId, opening, said }: Extract<SittingEvent, { type: 'package-said' }>,
): Learning {
  const studied = learning.lessons.get(lessonId);
  if (!studied) return learning;
  const next = { ...studied, ...heard(studied, { opening, said }) };
  return { ...learning, lessons: new Map(learning.lessons).set(lessonId, next) };
}

/** A film that may only be wound to where it was seen; whose time is not counted may look at all of it. */
const isBound = (sitting: Sitting, lesson: Lesson): boolean =>
  lesson.kind === 'video' && lesson.seek !== 'free' && isBelieved(sitting) && !isDone(sitting, lesson);

function credit(sitting: Sitting, learning: Learning, nowMs: number): Learning {
  const { heardMs, away } = learning;
  const counts = isBelieved(sitting);
  const lessons = new Map(
    [...learning.lessons].map(([id, { creditedMs, pendingMs, ...studied }]) => [
      id,
      {
        ...studied,
        creditedMs: creditedMs + (counts ? pendingMs : 0),
        pendingMs: 0,
        seenTo: studied.farthest,
      },
    ]),
  );
  return { lessons, heardMs: away ? nowMs : heardMs, away: false };
}

/** What is pending is nobody's, and the film goes back to where it was seen for certain. */
function lose(learning: Learning, nowMs: number): Learning {
  const lessons = new Map(
    [...learning.lessons].map(([id, { seenTo, ...studied }]) => [
      id,
      { ...studied, seenTo, pendingMs: 0, farthest: seenTo },
    ]),
  );
  return { lessons, heardMs: nowMs, away: true };
}

/** In this sitting and in all before it. */
const totalMs = (sitting: Sitting, id: LessonId, { creditedMs }: Studied): number =>
  (beforeOf(sitting, id)?.seconds ?? 0) * 1000 + creditedMs;

function isDone(sitting: Sitting, lesson: Lesson): boolean {
  const studied = sitting.learning?.lessons.get(lesson.id);
  if (!studied || beforeOf(sitting, lesson.id)?.complete) return studied !== undefined;
  const total = totalMs(sitting, lesson.id, studied);
  return isLessonComplete(lesson, total, (item) => sitting.checked.has(item), studied.said);
}

/** One lesson as it stands. */
export type LessonState = Studied & { readonly lesson: Lesson; readonly totalMs: number; readonly complete: boolean };

/** Every lesson of the course, in its order; none where no course is studied. */
export function lessonsOf(sitting: Sitting): readonly LessonState[] {
  const { exam, learning } = sitting;
  return (exam.course?.lessons ?? []).flatMap((lesson) => {
    const studied = learning?.lessons.get(lesson.id);
    if (!studied) return [];
    const total = Math.min(totalMs(sitting, lesson.id, studied), lesson.seconds * 1000);
    return [{ ...studied, lesson, totalMs: total, complete: isDone(sitting, lesson) }];
  });
}

export const isCourseComplete = (sitting: Sitting): boolean => lessonsOf(sitting).every(({ complete }) => complete);
