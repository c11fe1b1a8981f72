import { readColumns } from '../authoring/import/index.ts';

/** For every command that reads a bank. */
export const COLUMNS_OPTION = [
  '--columns <list>',
  'where things stand in a workbook or CSV, for who does not want headings to say it: stem=C,key=F,A=D,B=E,row=3',
] as const;

/** @throws Refusal `bad-message` */
export const columnsFrom = (list: string | undefined) => (list === undefined ? undefined : readColumns(list));
