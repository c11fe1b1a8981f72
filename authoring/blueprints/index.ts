/** What a form is drawn by, read from the files people write it in. */

export { practicalExam, USUAL_ITEMS, usualBlueprint } from './practical-exam.ts';
export { readBlueprint } from './read-blueprint.ts';
