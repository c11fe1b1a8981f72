/** Exams, the banks they draw from, and the pictures of those. */
export { examTitles, listExams, mustHaveExam, putExam, readBank } from './exams.ts';
export { migrations } from './migrations.ts';
export { addPicture, readPicture } from './pictures.ts';
export { bankVersion, examVersions, historySince } from './versions.ts';
