/** All that a center keeps, in one file, and back. */
export { backUp } from './back-up.ts';
export { checkBackup } from './check.ts';
export { restoreFrom } from './restore.ts';
