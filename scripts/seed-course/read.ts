import { resolve } from 'node:path';
import { readCourseFolder } from '../../authoring/course-folder/index.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { seedBank } from '../seed-bank.ts';

/** The folder of the course that ships with the program. */
export const SEED_COURSE = resolve(import.meta.dirname, '../../center/seed/course');

/** It as an exam, read as `course import` reads it, of the bank that ships beside it. */
export async function readSeedCourse(): Promise<Exam> {
  const { made } = await readCourseFolder({ root: SEED_COURSE, scratch: SEED_COURSE }, async () => seedBank().bank);
  if (!made.ok) throw new Error(made.problems.map(({ lesson, detail }) => `${lesson ?? ''} ${detail}`).join('; '));
  return made.exam;
}
