/** How far candidates have come with their courses. */
export { openStudies, type Studies, studiesEraser } from './studies.ts';
