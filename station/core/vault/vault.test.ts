import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { keyFromFile, openVault } from './index.ts';

const vault = openVault(randomBytes(32));
const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('a vault', () => {
  it('gives back what it sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (plain, context) => {
        expect([...vault.open(vault.seal(plain, context), context)]).toEqual([...plain]);
      }),
    );
  });

  it('gives text back', () => {
    expect(vault.open(vault.seal('王试验 €', 'name'), 'name').toString('utf8')).toBe('王试验 €');
  });

  it('opens nothing under other words', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (context, other) => {
        fc.pre(context !== other);
        expect(() => vault.open(vault.seal('secret', context), other)).toThrow();
      }),
    );
  });

  it('opens nothing that was changed, whichever byte and bit', () => {
    const sealed = vault.seal('a secret of some length', 'it');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      expect(() => vault.open(changed, 'it'), `byte ${at}`).toThrow();
    }
  });

  it('opens nothing that was cut or lengthened', () => {
    const sealed = vault.seal('secret', 'it');
    for (let length = 0; length < sealed.length; length++) {
      expect(() => vault.open(sealed.subarray(0, length), 'it'), `${length} bytes`).toThrow();
    }
    expect(() => vault.open(Uint8Array.of(...sealed, 0), 'it')).toThrow();
  });

  it('opens nothing that another key sealed', () => {
    expect(() => openVault(randomBytes(32)).open(vault.seal('secret', 'it'), 'it')).toThrow();
  });

  it('never writes the same bytes twice, and never the plain ones', () => {
    const [one, two] = [vault.seal('the same secret', 'it'), vault.seal('the same secret', 'it')];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
    expect(Buffer.from(one).includes('secret')).toBe(false);
  });

  it('opens after a restart with the same key', () => {
    const key = randomBytes(32);
    expect(openVault(key).open(openVault(key).seal('secret', 'it'), 'it').toString()).toBe('secret');
  });
});

describe('a fingerprint', () => {
  it('is the same for the same text and another for another', () => {
    expect(vault.fingerprint('110105')).toBe(vault.fingerprint('110105'));
    expect(vault.fingerprint('110105')).not.toBe(vault.fingerprint('110106'));
  });

  it('tells nothing without the key: another vault has another', () => {
    expect(openVault(randomBytes(32)).fingerprint('110105')).not.toBe(vault.fingerprint('110105'));
    expect(vault.fingerprint('110105')).not.toContain('110105');
  });
});

describe('a key file', () => {
  it('is made once, 32 bytes that only this user may read', () => {
    const path = join(temporaryFolder(), 'vault.key');
    const key = keyFromFile(path);
    expect([key.length, modeOf(path)]).toEqual([32, 0o600]);
    expect(Buffer.from(keyFromFile(path)).equals(Buffer.from(key))).toBe(true);
  });

  it('is another on another station', () => {
    const folder = temporaryFolder();
    const [one, two] = [keyFromFile(join(folder, '1')), keyFromFile(join(folder, '2'))];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
  });

  it('that others may read is closed to them', () => {
    const path = join(temporaryFolder(), 'vault.key');
    keyFromFile(path);
    chmodSync(path, 0o644);
    keyFromFile(path);
    expect(modeOf(path)).toBe(0o600);
  });

  it.each([0, 31, 33])('of %i bytes is refused', (length) => {
    const path = join(temporaryFolder(), 'vault.key');
    writeFileSync(path, randomBytes(length));
    expect(() => keyFromFile(path)).toThrow(/32-byte key/);
  });

  it('is not made anew where something was sealed with the one that is lost', () => {
    const path = join(temporaryFolder(), 'vault.key');
    expect(reasonOf(() => keyFromFile(path, { mayCreate: false }))).toBe('key-missing');
    expect(existsSync(path)).toBe(false);
  });
});
