/** Items and banks: what candidates can be asked. */
export { type BankStore, openBankStore, storeBank } from './bank-store.ts';
export { EXPORT_FORMATS, exportBank } from './export/export-bank.ts';
export type { Cell } from './import/cells.ts';
export { readColumns } from './import/columns.ts';
export { BANK_FORMATS, checkBank, type ImportOptions, importBank } from './import/import-bank.ts';
export { readKind } from './import/kinds.ts';
export type { Part, RowReason } from './import/problems.ts';
export type { Asked, BankReport, CheckedBank, ImportedBank } from './import/report.ts';
export { readXlsx, type Sheet } from './import/xlsx.ts';
export { inTerms, readTerms, SEED_TERMS, writeTerms } from './terms/terms.ts';
