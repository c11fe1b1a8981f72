/** Courses, their films and documents, who studies them, and what was studied as other systems read it. */

export { clearCourseDrafts, lookAtCourse, putCourseDraft, takeCourseDraft } from './course-drafts.ts';
export { isCourse, listCourses, putCourse } from './courses.ts';
export { giveCoursesSat } from './courses-sat.ts';
export { exportStatements, statementsExport } from './exporting.ts';
export { listMedia, mediaHashes, mediaNamed, type OpenMedia, openMedia, putMedia } from './media.ts';
export { clearMediaDrafts, mediaKey } from './media-files.ts';
export { migrations } from './migrations.ts';
export { listNotLearned } from './not-learned.ts';
export { readCourse } from './seen-course.ts';
export { readStatements } from './statements.ts';
export { giveCourse, listStudies, studiesOf } from './studies.ts';
export { listStudying } from './studying.ts';
export { foldToLearn, readToLearn, TO_LEARN } from './to-learn.ts';
