import type { Course, Lesson } from '../../contract/words/course.ts';
import type { Exam } from '../../contract/words/exam.ts';

/** What may be done at home: these two kinds, where their definition says so. An exam that counts is neither. */
export type HomeCourseExam = Exam & { readonly mode: 'learning'; readonly home: 'allowed'; readonly course: Course };
export type HomeMockExam = Exam & { readonly mode: 'mock'; readonly home: 'allowed' };

/** A package runs on an origin of its own, which the center has none of: stations alone play it. */
export const isForHome = ({ kind }: Lesson): boolean => kind !== 'scorm';

/** What of a course is studied at home, and so all that is shown there and counts. */
export const partForHome = (course: Course): Course => ({ ...course, lessons: course.lessons.filter(isForHome) });

export const isHomeCourse = (exam: Exam): exam is HomeCourseExam =>
  exam.mode === 'learning' && exam.home === 'allowed' && (exam.course?.lessons.some(isForHome) ?? false);

export const isHomeMock = (exam: Exam): exam is HomeMockExam => exam.mode === 'mock' && exam.home === 'allowed';
