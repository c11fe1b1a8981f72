import type { Course } from '../../contract/words/course.ts';
import type { Exam } from '../../contract/words/exam.ts';

/** What may be done at home: these two kinds, where their definition says so. An exam that counts is neither. */
export type HomeCourseExam = Exam & { readonly mode: 'learning'; readonly home: 'allowed'; readonly course: Course };
export type HomeMockExam = Exam & { readonly mode: 'mock'; readonly home: 'allowed' };

export const isHomeCourse = (exam: Exam): exam is HomeCourseExam =>
  exam.mode === 'learning' && exam.home === 'allowed' && exam.course !== undefined;

export const isHomeMock = (exam: Exam): exam is HomeMockExam => exam.mode === 'mock' && exam.home === 'allowed';
