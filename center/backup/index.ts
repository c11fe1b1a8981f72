/** All that a center keeps, in one file, and back. */
export { type BackedUp, type BackupWish, backUp } from './back-up.ts';
export { type Checked, checkBackup } from './check.ts';
export type { BackupSource } from './read-backup.ts';
export { restoreFrom } from './restore.ts';
