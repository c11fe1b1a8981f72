/** What practice has besides an exam: parts of it to choose, and each candidate's own book of mistakes. */
export { cutToMistakes, cutToTopic, topicsOf } from './cut-exam.ts';
export { type MistakeBook, openMistakeBook } from './mistake-book.ts';
