/** Courses from folders as people make them: what is read is pure, and says by lesson what is wrong. */
export { COURSE_FILE, type CourseFile, readCourseFile } from './course-file.ts';
export { type CourseFacts, type MediaFact, mediaFilesOf, pictureFilesOf, textFilesOf } from './facts.ts';
export { type MadeCourse, makeCourse } from './make-course.ts';
export { MANIFEST_FILE, MANIFEST_MAX_BYTES, readManifest } from './manifest.ts';
export { type CourseProblem, type Found, found, trouble } from './problems.ts';
