/** The center as a program: where its parts are joined, and nowhere else. */
export { addAdministratorFor, addTenantTo, administratorsOf } from './add-tenant.ts';
export { type BackupWish, readBackupWish } from './backup-wish.ts';
export { obeyBackupWish } from './backups.ts';
export { changeKeys, changeKeysIn } from './keys.ts';
export { stderrLogger } from './logger.ts';
export { mustBeFree, portTakenSentence } from './port-taken.ts';
export { type CenterOptions, type OpenCenter, openCenter } from './service.ts';
export {
  type AdministratorWish,
  type KeysWish,
  readAdministratorWish,
  readKeysWish,
  readSettings,
  readTenantWish,
  type Settings,
  type TenantWish,
  USAGE,
} from './settings.ts';
