/** Each candidate's own book of what went wrong in practice. */
export { type MistakeBook, openMistakeBook } from './mistake-book.ts';
