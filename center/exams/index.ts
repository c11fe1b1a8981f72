/** Exams, the banks they draw from, and the pictures of those. */
export { listBankVersions, moveExam, readBankVersion } from './bank-versions.ts';
export { bankVersion, countedItems, readItems } from './banks.ts';
export { examTitles, listExams, mustHaveExam, putExam, readBank, readExam } from './exams.ts';
export { exportBankVersion } from './exporting.ts';
export { examsOfVersions, type Handed, handExam, listExamVersions, type Receiver } from './handing.ts';
export { lookAtRules } from './look-at-rules.ts';
export { migrations } from './migrations.ts';
export { addPicture, readPicture } from './pictures.ts';
export { addExam, bankOfExam, changeRules, listRules, readRules } from './rules.ts';
export { examVersions, historySince } from './versions.ts';
