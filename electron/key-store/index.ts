export { writeDurably } from './durable-file.ts';
export { keyStoreOf } from './key-store.ts';
export { openVaultKey } from './vault-key.ts';
