/** What an empty center is filled with. */
export { type AddedAdministrator, type AddedFirm, addAdministratorTo, addFirm } from './add-firm.ts';
export { addSeedExam } from './add-seed-exam.ts';
export { firstRunFile, firstStart, type Seed, SYSTEM } from './first-start.ts';
export { demoBank, demoCourse, demoPictures } from './read-seed.ts';
