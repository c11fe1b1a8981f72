/** Drawing on paper: fonts with the characters that are needed, texts, tables, codes. */
export { drawCode } from './code.ts';
export { A4_LONG, A4_SHORT, openSheet } from './sheet.ts';
export { type Area, drawTable, type PaperTable, roomOn } from './table.ts';
export { type Page, type Place, QUIET, writeText } from './write.ts';
