/** Items and banks: what candidates can be asked. */
export { type BankStore, openBankStore } from './bank-store.ts';
export { type ImportedWorkbook, importWorkbook, type WorkbookReport } from './import/import-workbook.ts';
export { readKind } from './import/kinds.ts';
