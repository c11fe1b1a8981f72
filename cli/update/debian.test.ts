import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { debian } from './debian.ts';
import { installUpdate } from './install.ts';
import { emptySystem, noDebs, release, signer, tinyDeb, updateOf } from './update.fixture.ts';

/** A system of its own that trusts the key of these tests. */
function system() {
  const root = emptySystem();
  writeFileSync(join(root, 'etc/exam-station/update.pub'), `${signer.publicKey}\n`);
  const machine = debian(root);
  const install = (file: string, downgrade = false) =>
    installUpdate({ file, key: undefined, data: join(root, 'var/lib/exam-station/station'), downgrade }, machine);
  const there = () => readFileSync(join(root, 'opt/exam-station/version'), 'utf8');
  const kept = () => readdirSync(join(root, 'var/lib/exam-station-updates')).sort();
  return { root, machine, install, there, kept };
}

function noPackage(): string {
  const path = join(temporaryFolder(), 'x.deb');
  writeFileSync(path, 'no package at all');
  return path;
}

describe.skipIf(noDebs)(`a system with Debian's packages${noDebs ? ` (skipped: ${noDebs})` : ''}`, () => {
  it('gets one version after another, and keeps the package of the one before', async () => {
    const { machine, install, there, kept } = system();
    expect(machine.installed()).toBeUndefined();
    expect(await install(await updateOf(tinyDeb('0.1.0'), '0.1.0'))).toMatchObject({ version: '0.1.0', kiosk: 'none' });
    expect([machine.installed(), there(), kept()]).toEqual(['0.1.0', '0.1.0', ['exam-station_0.1.0.deb']]);
    const second = await install(await updateOf(tinyDeb('0.2.0'), '0.2.0'));
    expect(second.wayBack).toMatch(/^sudo dpkg -i .*exam-station_0\.1\.0\.deb$/);
    await install(await updateOf(tinyDeb('0.10.0'), '0.10.0'));
    expect([machine.installed(), there()]).toEqual(['0.10.0', '0.10.0']);
    expect(kept()).toEqual(['exam-station_0.10.0.deb', 'exam-station_0.2.0.deb']);
  });

  it('goes back where somebody asks for it', async () => {
    const { machine, install, there } = system();
    const former = await updateOf(tinyDeb('0.1.0'), '0.1.0');
    await install(former);
    await install(await updateOf(tinyDeb('0.2.0'), '0.2.0'));
    await expect(install(former)).rejects.toMatchObject({ reason: 'update-older' });
    expect(there()).toBe('0.2.0');
    await install(former, true);
    expect([machine.installed(), there()]).toEqual(['0.1.0', '0.1.0']);
  });

  it.each<[string, () => string]>([
    ['another version', () => tinyDeb('0.3.0')],
    ['another program', () => tinyDeb('0.2.0', { name: 'something-else' })],
    ['no package', () => noPackage()],
  ])('refuses what was signed by mistake: %s', async (_, make) => {
    const { root, machine, install, kept } = system();
    await expect(install(await updateOf(make(), '0.2.0'))).rejects.toMatchObject({ reason: 'update-invalid' });
    expect([machine.installed(), existsSync(join(root, 'opt')), kept()]).toEqual([undefined, false, []]);
  });

  it.each<[string, Parameters<typeof tinyDeb>[1]]>([
    ['needs what is not there', { control: ['Depends: what-nobody-has'] }],
    ['cannot be set up', { postinst: '#!/bin/sh\necho it breaks >&2\nexit 3\n' }],
  ])('says how to go back from a package that %s, and does so', async (_, deb) => {
    const { machine, install, there, kept } = system();
    const former = await updateOf(tinyDeb('0.1.0'), '0.1.0');
    await install(former);
    const failed = install(await updateOf(tinyDeb('0.2.0', deb), '0.2.0'));
    await expect(failed).rejects.toMatchObject({ reason: 'update-failed' });
    await expect(failed).rejects.toThrow(/To go back: sudo dpkg -i .*exam-station_0\.1\.0\.deb$/);
    expect([machine.installed(), kept()]).toEqual([undefined, ['exam-station_0.1.0.deb']]);
    await install(former);
    expect([machine.installed(), there()]).toEqual([release('0.1.0'), '0.1.0']);
  });
});
