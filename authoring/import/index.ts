/** Banks from the files people have, with a report of every row. */
export { type Cell, cellText, compact } from './cells.ts';
export { readColumns } from './columns.ts';
export { readCsvCells } from './csv.ts';
export { readGapKeys } from './gap-keys.ts';
export { BANK_FORMATS, checkBank, type ImportOptions, importBank } from './import-bank.ts';
export { readKind } from './kinds.ts';
export { readLabel } from './labels.ts';
export type { PictureBytes } from './passage.ts';
export type { Part, RowReason } from './problems.ts';
export type { Asked, BankReport, ImportedBank } from './report.ts';
export { readTable, type TableRow } from './table.ts';
export { readXlsx, type Sheet } from './xlsx.ts';
export { allNamed, childNamed, parseXml, textOf, type XmlNode } from './xml.ts';
