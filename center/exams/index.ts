/** Exams, the banks they draw from, and the pictures of those. */
export { examTitles, listExams, mustHaveExam, putExam, readBank, readExam } from './exams.ts';
export { migrations } from './migrations.ts';
export { addPicture, readPicture } from './pictures.ts';
