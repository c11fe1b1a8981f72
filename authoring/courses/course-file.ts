import { z } from 'zod';
import { Audience } from '../../contract/words/course.ts';
import { BankId } from '../../contract/words/ids.ts';
import { Localized } from '../../contract/words/localized.ts';
import { ExamPolicy } from '../../contract/words/policy.ts';
import { readYaml } from '../yaml/index.ts';
import { type Found, found, trouble } from './problems.ts';

/** What a folder with a course has. */
export const COURSE_FILE = 'course.yaml';

const Line = z.string().trim().min(1).max(300);
/** Chinese where only one is written. */
const Words = z.union([Line.transform((zh): Localized => ({ zh })), Localized]);
const File = z.string().trim().min(1).max(300);
const Slug = z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'letters, digits and dashes');
const OneOrMore = <S extends z.ZodType>(each: S) =>
  z.union([each.transform((one) => [one]), z.array(each).min(1).max(100)]);
const InBoth = z.union([File.transform((zh): { zh: string; en?: string | undefined } => ({ zh })), Localized]);

const lesson = { title: Words, id: Slug.optional(), seconds: z.number().positive().optional() };

const LessonEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('video'),
    ...lesson,
    /** One film, or the same as several files: the first that plays is shown. */
    file: OneOrMore(File),
    seek: z.enum(['seen', 'free']).optional(),
  }),
  z.strictObject({ kind: z.literal('document'), ...lesson, file: File }),
  z.strictObject({
    kind: z.literal('page'),
    ...lesson,
    /** The text itself, or the file it is in. */
    text: z
      .union([z.string().transform((zh): { zh: string; en?: string | undefined } => ({ zh })), Localized])
      .optional(),
    file: InBoth.optional(),
  }),
  z.strictObject({
    kind: z.literal('scorm'),
    ...lesson,
    /** How long it takes at least: a package does not say it itself. */
    seconds: z.number().positive(),
    /** The package, a zip. */
    file: File,
    /** Which of several things in it, as its manifest calls it. */
    sco: Line.optional(),
  }),
  z.strictObject({
    kind: z.literal('questions'),
    ...lesson,
    /** By their place in the bank, counted from 1, or by their ids. */
    items: z
      .array(z.union([z.int().min(1), Line]))
      .min(1)
      .max(100)
      .optional(),
    /** So many of this topic, or of any below it: the first of the bank. */
    topic: Line.optional(),
    count: z.int().min(1).max(100).optional(),
  }),
]);
export type LessonEntry = z.infer<typeof LessonEntry>;

const { minutes, pass, liveness, recapture, watch, evidenceDays, hosts, home, revealsKeys } = ExamPolicy.unwrap().shape;

/** A course as somebody wrote it down. A field that nobody knows is a slip of the pen, and is refused. */
export const CourseFile = z.strictObject({
  title: Words,
  /** The same course, however often it is put in again; from the title where it is not said. */
  id: Slug.optional(),
  audience: Audience.optional(),
  /** A file of questions, or the id of a bank that the center has. */
  bank: z.union([BankId, File]),
  /** What holds while it is studied, as in the policy of an exam. */
  ...{ minutes, pass, liveness, recapture, watch, evidenceDays, hosts, home, revealsKeys },
  lessons: z.array(LessonEntry).min(1).max(200),
});
export type CourseFile = z.infer<typeof CourseFile>;

export function readCourseFile(text: string): Found<CourseFile> {
  try {
    const { data, error } = CourseFile.safeParse(readYaml(text));
    return data ? found(data) : trouble('course-unreadable', z.prettifyError(error));
  } catch (error) {
    return trouble('course-unreadable', (error as Error).message);
  }
}
