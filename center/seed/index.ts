/** What an empty center is filled with. */
export { firstRunFile, firstStart, type Seed } from './first-start.ts';
export { demoPictures } from './read-seed.ts';
