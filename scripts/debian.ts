import { spawnSync } from 'node:child_process';

/** Whether a program can be started by its name here. */
export const isInstalled = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;

export const isRoot = (): boolean => process.getuid?.() === 0;

let listsAreFresh = false;

/** Installs Debian packages as root. @returns false where we are not root, there is no apt, or one cannot be had */
export function installPackages(packages: readonly string[]): boolean {
  if (!isRoot() || !isInstalled('apt-get')) return false;
  if (!listsAreFresh) quietly('apt-get', ['update', '-qq'], 300_000);
  listsAreFresh = true;
  return quietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], 900_000);
}

export function quietly(command: string, args: readonly string[], timeout: number): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout, env }).status === 0;
}
