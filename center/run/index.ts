/** The center as a program: where its parts are joined, and nowhere else. */

export { putAccount } from './accounts.ts';
export { addAdministratorFor, addTenantTo, administratorsOf } from './add-tenant.ts';
export { anchorIn } from './audit-anchor.ts';
export { type BackupWish, readBackupWish } from './backup-wish.ts';
export { obeyBackupWish } from './backups.ts';
export {
  type AccountWish,
  type AdministratorWish,
  type KeysWish,
  readAccountWish,
  readAdministratorWish,
  readKeysWish,
  readTenantWish,
  type TenantWish,
} from './command-wishes.ts';
export { changeKeys, changeKeysIn } from './keys.ts';
export { stderrLogger } from './logger.ts';
export { mustBeFree, portTakenSentence } from './port-taken.ts';
export { SCHEMA } from './schema.ts';
export { type CenterOptions, type OpenCenter, openCenter } from './service.ts';
export { readSettings, type Settings, USAGE } from './settings.ts';
