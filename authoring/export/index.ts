/** Banks as files that other programs read. */
export { EXPORT_FORMATS, exportBank } from './export-bank.ts';
