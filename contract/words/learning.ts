import { z } from 'zod';
import { type Course, type Lesson, mediaOf } from './course.ts';
import { ExamId, ItemId, LessonId, type Sha256 } from './ids.ts';
import { bestSaid, isDoneBySaying, PackageSaid } from './scorm.ts';

/** How far somebody has come with one lesson. */
export const LessonProgress = z
  .object({
    lessonId: LessonId,
    /** With their face before the camera, in all sittings; never more than the lesson has. */
    seconds: z.int().min(0),
    /** Where it goes on: seconds of a film as far as it was seen, the page of a text. */
    position: z.number().min(0).optional(),
    complete: z.boolean(),
    /** Of a package: the best that it said of itself here. */
    said: PackageSaid.optional(),
  })
  .readonly();
export type LessonProgress = z.infer<typeof LessonProgress>;

/** How far somebody has come with one course. */
export const CourseProgress = z
  .object({
    examId: ExamId,
    lessons: z.array(LessonProgress).max(200).readonly(),
    /** Items that were answered rightly. */
    answers: z.array(ItemId).max(20_000).readonly().optional(),
  })
  .readonly();
export type CourseProgress = z.infer<typeof CourseProgress>;

/** The last frames of a film, and what a player rounds, need not be seen. */
const FILM_SHARE = 0.95;

/** Milliseconds of presence without which a lesson is not complete; questions ask for answers instead. */
export function neededMs(lesson: Lesson): number {
  if (lesson.kind === 'questions') return 0;
  return lesson.seconds * 1000 * (lesson.kind === 'video' ? FILM_SHARE : 1);
}

/**
 * Whether a lesson is complete: presence enough, and of a package that it says so; or each of its questions told.
 * @param creditedMs in all sittings
 * @param said by a package, at best
 */
export function isLessonComplete(
  lesson: Lesson,
  creditedMs: number,
  told: (item: ItemId) => boolean,
  said?: PackageSaid,
): boolean {
  if (lesson.kind === 'questions') return lesson.items.every(told);
  return creditedMs >= neededMs(lesson) && (lesson.kind !== 'scorm' || isDoneBySaying(said));
}

/** So much time that one report did not ask for the next one may: clocks of page and server tick apart. */
const CARRY_MS = 2_000;
/** A film may be said to stand so much farther than time has passed. */
const SLACK_SECONDS = 3;

/**
 * What is believed of a report of so much time: never more than passed since the last one.
 * @param heardMs up to when time was asked for already
 * @param nowMs on the same clock
 */
export function believe(
  ms: number,
  heardMs: number,
  nowMs: number,
): { readonly believedMs: number; readonly heardMs: number } {
  const believedMs = Math.max(0, Math.min(ms, nowMs - heardMs));
  return { believedMs, heardMs: Math.max(heardMs + believedMs, nowMs - CARRY_MS) };
}

/** Where a lesson stands (seconds of a film, page of a text), and how far it was seen. */
export type Standing = { readonly position: number; readonly farthest: number };

/**
 * Where a lesson stands after a report; nothing where it was wound on to what was not seen: it goes back to as far as it was,
 * and the time of the report is nobody's.
 * @param believedMs what was believed of the report
 * @param bound whether it is a film that may only be wound to where it was seen
 */
export function standAt(
  { farthest }: Standing,
  position: number,
  { believedMs, bound }: { readonly believedMs: number; readonly bound: boolean },
): Standing | undefined {
  if (!bound) return { position, farthest: Math.max(farthest, position) };
  const reach = farthest + believedMs / 1000;
  if (position > reach + SLACK_SECONDS) return undefined;
  return { position, farthest: Math.max(farthest, Math.min(position, reach)) };
}

/** Two views of one person's progress as one: of each lesson whichever says more. */
export function mergeProgress(one: CourseProgress | undefined, other: CourseProgress): CourseProgress {
  if (!one) return other;
  const of = new Map(one.lessons.map((lesson) => [lesson.lessonId, lesson]));
  for (const lesson of other.lessons) of.set(lesson.lessonId, further(of.get(lesson.lessonId), lesson));
  const answers = new Set([...(one.answers ?? []), ...(other.answers ?? [])]);
  return { examId: one.examId, lessons: [...of.values()], ...(answers.size > 0 ? { answers: [...answers] } : {}) };
}

function further(one: LessonProgress | undefined, other: LessonProgress): LessonProgress {
  if (!one) return other;
  const position = Math.max(one.position ?? 0, other.position ?? 0);
  const said = bestSaid(one.said, other.said);
  return {
    lessonId: one.lessonId,
    seconds: Math.max(one.seconds, other.seconds),
    ...(position > 0 ? { position } : {}),
    complete: one.complete || other.complete,
    ...(said ? { said } : {}),
  };
}

/** Every picture that the pages of a course show, once. */
export const picturesIn = ({ lessons }: Course): ReadonlySet<Sha256> =>
  new Set(
    lessons
      .flatMap((lesson) => (lesson.kind === 'page' ? lesson.blocks : []))
      .flatMap((block) => (block.kind === 'picture' ? [block.picture.hash] : [])),
  );

/** Every file and every picture that a course shows, once. */
export const filesOf = (course: Course): ReadonlySet<Sha256> =>
  new Set([...mediaOf(course).map(({ hash }) => hash), ...picturesIn(course)]);
