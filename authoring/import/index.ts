/** Banks from the files people have, with a report of every row. */

export { readBankFile } from './bank-file.ts';
export { type Cell, cellText, compact } from './cells.ts';
export { readColumns } from './columns.ts';
export { readCsvCells, readCsvRows } from './csv.ts';
export { draftOf } from './draft-of.ts';
export { isLost } from './error-names.ts';
export { OPTION_LETTERS } from './headings.ts';
export { BANK_FORMATS, checkBank, type ImportOptions, importBank } from './import-bank.ts';
export { readKind } from './kinds.ts';
export { readLabel } from './labels.ts';
export type { OrderedRow } from './ordered-rows.ts';
export type { Asked } from './outcome.ts';
export type { FoundPicture, PictureBytes } from './passage.ts';
export { PART_OF, type RowReason } from './problems.ts';
export { answerKey, questionKey } from './questions.ts';
export { type Rewritten, readWritten } from './read-written.ts';
export type { BankReport, ImportedBank } from './report.ts';
export { readTable, type TableRow } from './table.ts';
export { writtenPairs, writtenPremises } from './written-pairs.ts';
export { KIND_NAMES, type WrittenRow } from './written-row.ts';
export { readXlsx, type Sheet } from './xlsx.ts';
export { allNamed, childNamed, parseXml, textOf, type XmlNode } from './xml.ts';
