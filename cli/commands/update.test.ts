import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PublicKey } from '../../contract/words/keys.ts';
import { keyId, openUpdate } from '../../proof/index.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { noDebs, tinyDeb } from '../update/update.fixture.ts';

const main = resolve(import.meta.dirname, '../main.ts');

/** Runs the command as people do. Nothing here is ever installed: each update is refused for its signature at the latest. */
function update(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'update', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> };
}

/** A key in a file, and an installer for Windows, which nobody can install here. */
function shipping() {
  const folder = temporaryFolder();
  const [keyFile, exe, out] = ['update.pem', 'Exam Station Setup 0.2.0.exe', 'it.update'].map((name) =>
    join(folder, name),
  );
  writeFileSync(exe as string, 'MZ');
  const made = update('key', '--out', keyFile as string, '--json').json();
  const key = PublicKey.parse(made.publicKey);
  return { folder, keyFile: keyFile as string, exe: exe as string, out: out as string, key };
}

describe('update key', () => {
  it('writes a private key that only its owner reads, and prints the public one', () => {
    const { keyFile, key } = shipping();
    expect(readFileSync(keyFile, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(key).toHaveLength(43);
  });

  it('is never written over another', () => {
    const { keyFile } = shipping();
    const again = update('key', '--out', keyFile);
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('is there already')]);
  });
});

describe('update make', () => {
  it('signs what a package is, when and over what it may be installed', async () => {
    const { keyFile, exe, out, key } = shipping();
    const until = ['--follows', '0.1.5', '--not-before', '2026-12-01T08:00+08:00'];
    const made = update('make', exe, '--key', keyFile, '--out', out, ...until, '--json');
    expect(made.status).toBe(0);
    const said = { version: '0.2.0', platform: 'win32', follows: '0.1.5', notBefore: '2026-12-01T00:00:00.000Z' };
    expect(made.json()).toMatchObject({ ok: true, file: out, keyId: keyId(key), update: said });
    expect((await openUpdate(out, key)).update).toMatchObject({
      ...said,
      bytes: 2,
      name: 'Exam Station Setup 0.2.0.exe',
    });
  });

  it.skipIf(noDebs)(
    `asks a Debian package what it is, and signs no other${noDebs ? ` (skipped: ${noDebs})` : ''}`,
    () => {
      const { keyFile, out } = shipping();
      expect(update('make', tinyDeb('0.3.0'), '--key', keyFile, '--out', out, '--json').json()).toMatchObject({
        update: { version: '0.3.0', platform: 'linux', name: 'exam-station_0.3.0_amd64.deb' },
      });
      const other = update('make', tinyDeb('0.3.0', { name: 'other' }), '--key', keyFile, '--out', `${out}2`, '--json');
      expect([other.status, other.json().reason, existsSync(`${out}2`)]).toEqual([1, 'update-invalid', false]);
    },
  );

  it('is not used without a key, or with something that is none', () => {
    const { folder, exe, out } = shipping();
    writeFileSync(join(folder, 'no.pem'), 'no key');
    const without = update('make', exe, '--out', out, '--json');
    expect([without.status, without.json().reason]).toEqual([2, 'usage']);
    const wrong = update('make', exe, '--key', join(folder, 'no.pem'), '--out', out);
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('no Ed25519 private key')]);
  });
});

describe('update install', () => {
  it('refuses with a reason, as a document or in words', () => {
    const { keyFile, exe, out, key } = shipping();
    update('make', exe, '--key', keyFile, '--out', out);
    const other = shipping().key;
    const unsigned = update('install', out, '--key', other, '--json');
    expect([unsigned.status, unsigned.json()]).toEqual([
      1,
      { ok: false, reason: 'update-unsigned', detail: expect.stringContaining(keyId(other)) },
    ]);
    const inWords = update('install', out, '--key', key);
    expect([inWords.status, inWords.stdout]).toEqual([
      1,
      expect.stringMatching(/^update-foreign: .*\n这个更新.*\nThis/),
    ]);
  });

  it('refuses a folder that holds no station: it may be mistyped', () => {
    const { folder, out, key } = shipping();
    mkdirSync(join(folder, 'empty'));
    const refused = update('install', out, '--key', key, '--data', join(folder, 'empty'), '--json');
    expect([refused.status, refused.json().reason]).toEqual([1, 'data-missing']);
  });

  it.each([
    ['a short key id', ['it.update', '--key', '0123456789abcdef']],
    ['no file', []],
  ])('is not used with %s', (_, args) => {
    const { status, json } = update('install', ...args, '--json');
    expect([status, json().reason]).toEqual([2, 'usage']);
  });
});
