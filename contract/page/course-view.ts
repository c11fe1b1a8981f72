import { z } from 'zod';
import { ExamMode } from '../words/exam.ts';
import { ExamId, LessonId } from '../words/ids.ts';
import { Localized } from '../words/localized.ts';
import { PackageSaid } from '../words/scorm.ts';

/** One lesson of a course that is studied. Of its time the page counts on by itself what it reports. */
export const LessonView = z
  .object({
    lessonId: LessonId,
    /** That it asks for. */
    seconds: z.int(),
    /** In which the face was there, in all sittings. */
    creditedMs: z.number(),
    /** Reported since the last look: the next one decides. */
    pendingMs: z.number(),
    /** Where it goes on: seconds of a film, page of a text. */
    position: z.number(),
    /** How far a film may be wound on. */
    farthest: z.number(),
    complete: z.boolean(),
    /** Of a package: the best that it said of itself. */
    said: PackageSaid.optional(),
    /** What it shows has not come to this station yet. */
    missing: z.boolean().optional(),
  })
  .readonly();
export type LessonView = z.infer<typeof LessonView>;

/** A course that is studied, lesson by lesson. */
export const CourseView = z.object({ lessons: z.array(LessonView).readonly() }).readonly();
export type CourseView = z.infer<typeof CourseView>;

/** One of several things that somebody may do here. */
export const Choice = z
  .object({
    examId: ExamId,
    title: Localized,
    mode: ExamMode,
    minutes: z.int(),
    /** Of a course: how much of its time is done. */
    progress: z.object({ seconds: z.int(), of: z.int() }).readonly().optional(),
  })
  .readonly();
export type Choice = z.infer<typeof Choice>;
