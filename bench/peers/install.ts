import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const folder = import.meta.dirname;

/** Whether the packages of this folder's lock file are there: npm writes the file asked for when it has put them all. */
export function isInstalled(): boolean {
  const done = join(folder, 'node_modules/.package-lock.json');
  return existsSync(done) && statSync(done).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
}

/** @throws Error with npm's reason */
export async function install(): Promise<void> {
  process.stderr.write(`installing the peers of the bench into ${join(folder, 'node_modules')} (140 MB)\n`);
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1'];
  const npm = spawn('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const [words, [code]] = await Promise.all([text(npm.stderr), once(npm, 'close')]);
  if (code === 0) return;
  const reason = words.split('\n').find((line) => /^npm error (?!code|errno|syscall)/.test(line));
  throw new Error(`npm ci in bench/peers failed: ${reason?.replace('npm error ', '') ?? `it ended with ${code}`}`);
}
