/** What an empty center is filled with. */
export { type AddedFirm, addFirm } from './add-firm.ts';
export { firstRunFile, firstStart, type Seed, SYSTEM } from './first-start.ts';
export { demoBank, demoCourse, demoPictures } from './read-seed.ts';
