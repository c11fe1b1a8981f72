/** One person, one file: what there is of somebody at all firms that whoever asks may see. */
export { fileOfOneself } from './of-oneself.ts';
export { findPersons, personFacts, personFile, personOrErased, personPaper } from './person-files.ts';
