/** Each candidate's own book of what went wrong in practice. */
export { eraseMistakesOf, type MistakeBooks, openMistakeBook } from './mistake-book.ts';
