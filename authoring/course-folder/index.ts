/** Courses as folders and zips with their films, documents and packages: every file that one names is looked at. */
export { openCourseFolder } from './open-folder.ts';
export { type ReadCourse, readCourseFolder } from './read-folder.ts';
