/** Files of questions on their way to be banks: read as long work, mended row by row, taken over or thrown away. */
export { uploadsNamed } from './kept.ts';
export { bankReading } from './long-reading.ts';
export { mendBankRow, settleBankRow } from './mending.ts';
export { migrations } from './migrations.ts';
export { addUploadPicture, uploadPicture } from './pictures.ts';
export { listBankRows, readBankRow } from './rows.ts';
export { takeBankUpload } from './taking.ts';
export { withFileRead } from './thread.ts';
export {
  addBankUpload,
  clearBankUploads,
  dropBankUpload,
  listBankUploads,
  readBankUpload,
  readBankUploadAgain,
} from './uploads.ts';
