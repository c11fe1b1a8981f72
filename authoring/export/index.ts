/** Banks and tables as files that other programs read. */
export { writeCsv } from './csv.ts';
export { EXPORT_FORMATS, exportBank } from './export-bank.ts';
export { columnName, type Sheet, type SheetCell, writeWorkbook } from './workbook.ts';
