/** Learning and mock exams at home: who may, what they do there, and how far they are. Proven by nobody, and in no record. */
export {
  endHome,
  endManyHome,
  forgetHome,
  type Invited,
  inviteHome,
  inviteManyHome,
  LEAVINGS,
  listHomeAccess,
  listLearners,
} from './access.ts';
export { answerQuestion, openCourse, reportLesson } from './courses.ts';
export { openHomeFile } from './files.ts';
export { migrations } from './migrations.ts';
export { answerMock, beginMock, endMock, flagMock, readMock } from './mocks.ts';
export { homeOverview } from './overview.ts';
export { listCoursesWithHome } from './participation.ts';
export { enterHome, leaveHome, signedInWith } from './sessions.ts';
export { listStudents } from './students.ts';
