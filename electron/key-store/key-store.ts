import type { SafeStorage } from 'electron';

/** What of Electron's safeStorage is used here: the asynchronous half, and the name of the Linux key store. */
export type KeyStore = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/** An Electron older than the asynchronous half does the same at once. */
export function keyStoreOf(storage: SafeStorage): KeyStore {
  if (typeof storage.isAsyncEncryptionAvailable === 'function') return storage;
  return {
    isAsyncEncryptionAvailable: async () => storage.isEncryptionAvailable(),
    encryptStringAsync: async (text) => storage.encryptString(text),
    decryptStringAsync: async (sealed) => ({ result: storage.decryptString(sealed), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => storage.getSelectedStorageBackend(),
  };
}
