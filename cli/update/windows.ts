import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Release } from '../../contract/shell/update.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { Machine } from './machine.ts';

/** The installer without questions. It outlives this program, whose own files it replaces. */
export const installerCommand = (path: string) =>
  ({ file: path, args: ['/S'], options: { detached: true, stdio: 'ignore', windowsHide: true } }) as const;

/**
 * A machine with Windows. No service runs the kiosk there, so whoever updates has closed it. Which key is trusted is said on
 * the command line: a folder that every user may write into is no place for it.
 */
export const windows = (): Machine => ({
  platform: process.platform,
  arch: process.arch,
  // Lists filters of the file system, which only administrators may.
  isAdministrator: () => spawnSync('fltmc', { stdio: 'ignore', windowsHide: true }).status === 0,
  installed: () => Release.parse(packageJson.version),
  trustedKey: () => undefined,
  // A new folder in the administrator's own profile.
  incoming: () => join(mkdtempSync(join(tmpdir(), 'exam-station-update-')), 'setup.exe'),
  inspect: () => {},
  stopKiosk: () => false,
  startKiosk: () => false,
  install(path) {
    const { file, args, options } = installerCommand(path);
    const { promise, resolve, reject } = Promise.withResolvers<'begun'>();
    const child = spawn(file, args, options);
    child.once('error', reject).once('spawn', () => resolve('begun'));
    child.unref();
    return promise;
  },
  wayBack: () => 'the update file of the former version, with --downgrade',
});
