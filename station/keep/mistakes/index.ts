/** Each candidate's own book of what went wrong in practice. */
export { type MistakeBooks, mistakesEraser, openMistakeBook } from './mistake-book.ts';
