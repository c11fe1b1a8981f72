import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import type { Log } from '../log.ts';
import type { KeyStore } from './key-store.ts';
import { openVaultKey, sealedKeyPath } from './vault-key.ts';

type FakeStore = {
  readonly available?: boolean;
  readonly backend?: 'basic_text' | 'gnome_libsecret';
  readonly prefix?: string;
  readonly rotated?: boolean;
};

/** Turns bytes over: enough to see that nothing lies in the clear. */
function fakeStore({ available = true, backend = 'gnome_libsecret', prefix = 'v11', rotated = false }: FakeStore = {}) {
  const turn = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: async () => available,
    encryptStringAsync: vi.fn(async (text: string) => Buffer.concat([Buffer.from(prefix), turn(Buffer.from(text))])),
    decryptStringAsync: async (sealed: Buffer) => ({
      result: turn(sealed.subarray(3)).toString(),
      shouldReEncrypt: rotated,
    }),
  } satisfies KeyStore;
}

describe('the vault key', () => {
  let root: string;
  let log = vi.fn<Log>();
  beforeEach(() => {
    root = temporaryFolder();
    mkdirSync(join(root, 'data'));
    log = vi.fn<Log>();
  });

  const data = () => join(root, 'data');
  const keyFile = () => join(data(), 'vault.key');
  const sealedPath = () => sealedKeyPath(join(root, 'user'), data());
  const openKey = (store: KeyStore = fakeStore(), platform: NodeJS.Platform = 'linux') =>
    openVaultKey({ store, platform, userData: join(root, 'user'), data: data(), log });

  test('is made once, sealed, and the same the next time', async () => {
    const key = await openKey();
    expect(key).toHaveLength(32);
    expect(await openKey()).toEqual(key);
    const bytes = readFileSync(sealedPath());
    expect(bytes.includes(Buffer.from(key as Uint8Array))).toBe(false);
    expect(bytes.includes(Buffer.from(key as Uint8Array).toString('base64'))).toBe(false);
    expect(statSync(sealedPath()).mode & 0o077).toBe(0);
    expect(existsSync(keyFile())).toBe(false);
  });

  test('is refused a home by basic_text: the key file is used, and the log says why', async () => {
    expect(await openKey(fakeStore({ backend: 'basic_text' }))).toBeUndefined();
    expect(log.mock.calls).toEqual([
      ['warn', expect.stringMatching(/stolen disk.*basic_text.*gnome-keyring/), { keyFile: keyFile() }],
    ]);
    expect(existsSync(sealedPath())).toBe(false);
  });

  test('is not sealed with the built-in password by another name', async () => {
    expect(await openKey(fakeStore({ prefix: 'v10' }))).toBeUndefined();
    expect(log.mock.calls[0]?.[1]).toContain('basic_text');
    expect(existsSync(sealedPath())).toBe(false);
    // On macOS the same mark stands for the keychain.
    expect(await openKey(fakeStore({ prefix: 'v10' }), 'darwin')).toHaveLength(32);
  });

  test('falls back to the key file where no store answers', async () => {
    expect(await openKey(fakeStore({ available: false }), 'win32')).toBeUndefined();
    expect(log.mock.calls[0]?.[0]).toBe('warn');
  });

  test('is not replaced by a fresh one when its store is out of reach', async () => {
    await openKey();
    await expect(openKey(fakeStore({ backend: 'basic_text' }))).rejects.toThrow('cannot be opened here');
    await expect(openKey(fakeStore({ available: false }))).rejects.toThrow('cannot be opened here');
  });

  test('moves from its file into the store once there is one', async () => {
    const found = Buffer.alloc(32, 7);
    writeFileSync(keyFile(), found);
    writeFileSync(join(data(), 'station.db'), '');
    expect(await openKey()).toEqual(new Uint8Array(found));
    expect(existsSync(keyFile())).toBe(false);
    expect(await openKey()).toEqual(new Uint8Array(found));
  });

  test('is not made anew for data that has lost it', async () => {
    writeFileSync(join(data(), 'station.db'), '');
    await expect(openKey()).rejects.toThrow('Put the key back');
    await expect(openKey(fakeStore({ backend: 'basic_text' }))).rejects.toThrow('Put the key back');
  });

  test('is not taken from a damaged file', async () => {
    writeFileSync(keyFile(), 'short');
    await expect(openKey()).rejects.toThrow('32 bytes');
    expect(existsSync(keyFile())).toBe(true);
  });

  test('is sealed again where the store asks for it', async () => {
    const key = await openKey();
    const store = fakeStore({ rotated: true });
    expect(await openKey(store, 'win32')).toEqual(key);
    expect(store.encryptStringAsync).toHaveBeenCalledTimes(1);
  });
});
