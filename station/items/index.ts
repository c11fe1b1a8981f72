/** Items, banks and forms: what a candidate is asked. */
export { type BankStore, openBankStore } from './bank-store.ts';
export { type DrawnForm, type DrawnItem, drawForm } from './draw-form.ts';
export { type ImportedWorkbook, importWorkbook, type WorkbookReport } from './import/import-workbook.ts';
export { markForm } from './mark.ts';
