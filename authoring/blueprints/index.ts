/** What a form is drawn by, read from the files people write it in. */
export { readBlueprint } from './read-blueprint.ts';
