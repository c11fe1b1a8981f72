import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Release } from '../../contract/shell/update.ts';
import { generateSigningKey, openSigner, type UpdatePlan, writeUpdate } from '../../proof/index.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';

export const signer = openSigner(generateSigningKey());
export const release = (text: string): Release => Release.parse(text);

/** Why packages cannot be tried here; nothing where they can. */
export const noDebs =
  spawnSync('dpkg-deb', ['--version']).status !== 0
    ? 'there is no dpkg-deb here'
    : process.getuid?.() !== 0
      ? 'only root may install, and this is not root'
      : undefined;

type Deb = { readonly name?: string; readonly control?: readonly string[]; readonly postinst?: string };

/** A package of one file that says its version. */
export function tinyDeb(version: string, { name = 'exam-station', control = [], postinst }: Deb = {}): string {
  const [folder, tree] = [temporaryFolder(), temporaryFolder()];
  mkdirSync(join(tree, 'DEBIAN'));
  mkdirSync(join(tree, 'opt/exam-station'), { recursive: true });
  writeFileSync(join(tree, 'opt/exam-station/version'), version);
  const fields = [`Package: ${name}`, `Version: ${version}`, 'Architecture: amd64', 'Maintainer: a <a@example.org>'];
  writeFileSync(join(tree, 'DEBIAN/control'), [...fields, ...control, 'Description: tiny', ''].join('\n'));
  if (postinst) writeFileSync(join(tree, 'DEBIAN/postinst'), postinst, { mode: 0o755 });
  const path = join(folder, `exam-station_${version}_amd64.deb`);
  execFileSync('dpkg-deb', ['--build', '--root-owner-group', tree, path], { stdio: 'ignore' });
  return path;
}

/** An empty system with a package database of its own. */
export function emptySystem(): string {
  const root = temporaryFolder();
  for (const folder of ['updates', 'info', 'triggers'])
    mkdirSync(join(root, 'var/lib/dpkg', folder), { recursive: true });
  for (const file of ['status', 'available']) writeFileSync(join(root, 'var/lib/dpkg', file), '');
  mkdirSync(join(root, 'etc/exam-station'), { recursive: true });
  return root;
}

/** The update of a package. */
export async function updateOf(path: string, version: string, more: Partial<UpdatePlan> = {}): Promise<string> {
  const out = join(temporaryFolder(), 'it.update');
  await writeUpdate({ version: release(version), platform: 'linux', arch: 'x64', ...more }, path, out, signer);
  return out;
}
