import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Release, type Update } from '../../contract/shell/update.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Machine } from './machine.ts';

const PACKAGE = 'exam-station';
const SERVICE = 'exam-station.service';
/** Of root's own: the kiosk's account may write into the data folder, and must not change what root installs. */
const STORE = 'var/lib/exam-station-updates';
const TRUSTED_KEY = 'etc/exam-station/update.pub';
/** What dpkg calls a package that can be used. */
const WHOLE = ['installed', 'triggers-awaited', 'triggers-pending'];

/**
 * A machine with Debian's packages, and systemd where it runs.
 * @param root another system's root folder instead of this one's
 */
export function debian(root = '/'): Machine {
  const store = join(root, STORE);
  const kept = (version: Release): string => join(store, `${PACKAGE}_${version}.deb`);
  const inRoot = root === '/' ? [] : [`--root=${root}`];
  return {
    platform: process.platform,
    arch: process.arch,
    isAdministrator: () => process.getuid?.() === 0,
    installed: () => installedIn(inRoot),
    trustedKey: () => readKey(join(root, TRUSTED_KEY)),
    incoming: () => incomingIn(store),
    inspect: mustHold,
    stopKiosk: () => existsSync(join(root, 'run/systemd/system')) && stopService(),
    startKiosk: () => say('systemctl', ['start', SERVICE]).status === 0,
    async install(path, { version }, former) {
      const chrootless = root === '/' ? [] : ['--force-script-chrootless'];
      await dpkg([...inRoot, ...chrootless, '--install', path]);
      renameSync(path, kept(version));
      const needed = [version, ...(former ? [former] : [])].map(kept);
      for (const name of readdirSync(store))
        if (!needed.includes(join(store, name))) rmSync(join(store, name), { recursive: true });
      return 'installed';
    },
    wayBack: (former) => (former && existsSync(kept(former)) ? `sudo dpkg -i ${kept(former)}` : WITHOUT_COPY),
  };
}

const WITHOUT_COPY = 'sudo dpkg -i, with the package of the former version; no copy of it is kept here';

function incomingIn(store: string): string {
  mkdirSync(store, { recursive: true, mode: 0o700 });
  const path = join(store, 'incoming.deb');
  // What was left by a plug that was pulled.
  rmSync(path, { force: true });
  return path;
}

function readKey(path: string): PublicKey | undefined {
  return existsSync(path) ? PublicKey.parse(readFileSync(path, 'utf8').trim()) : undefined;
}

function installedIn(inRoot: readonly string[]): Release | undefined {
  const said = say('dpkg-query', [...inRoot, '--status', PACKAGE]).stdout;
  const status = field(said, 'Status').split(' ').at(-1) ?? '';
  return WHOLE.includes(status) ? Release.parse(released(field(said, 'Version'))) : undefined;
}

/** What a Debian package says of itself. @throws Refusal `update-invalid` where it is none */
export function debFields(path: string): { readonly name: string; readonly version: string; readonly arch: string } {
  const { status, stdout, stderr } = say('dpkg-deb', ['--field', path]);
  if (status !== 0) throw new Refusal('update-invalid', stderr.trim());
  const version = released(field(stdout, 'Version'));
  return { name: field(stdout, 'Package'), version, arch: field(stdout, 'Architecture') };
}

const field = (text: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';

/** Without a revision, which whoever packs by other means may add: 1.4.0-1. */
const released = (version: string): string => version.replace(/-.*$/, '');

/** @throws Refusal `update-invalid` where the package is another than was signed, by mistake or not */
export function mustHold(path: string, { version }: Pick<Update, 'version'>): void {
  const { name, version: own, arch } = debFields(path);
  if (name !== PACKAGE || own !== version || arch !== 'amd64')
    throw new Refusal('update-invalid', `holds ${name} ${own} ${arch}, not ${PACKAGE} ${version} amd64`);
}

function stopService(): boolean {
  const state = say('systemctl', ['is-active', SERVICE]).stdout.trim();
  if (!['active', 'activating', 'reloading'].includes(state)) return false;
  return say('systemctl', ['stop', SERVICE]).status === 0;
}

/** Of the system's own programs only, and in words that are known. */
const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' };

function say(program: string, args: readonly string[]) {
  const said = spawnSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (said.error) throw new Error(`${program} cannot be run here: ${said.error.message}`);
  return said;
}

/** In a session of its own: whoever closes the terminal does not end it halfway. @throws Error with its last words */
async function dpkg(args: readonly string[]): Promise<void> {
  const child = spawn('dpkg', args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const [[code, signal], , complaints] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  if (code !== 0)
    throw new Error(`dpkg ended with ${code ?? signal}: ${complaints.trim().split('\n').slice(-6).join(' | ')}`);
}
