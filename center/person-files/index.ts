/** One person, one file: what there is of somebody at all firms that whoever asks may see. */
export { fileOfOneself } from './of-oneself.ts';
export { findPersons, personFacts, personFile } from './person-files.ts';
