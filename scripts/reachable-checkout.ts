import { chmodSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { mayRead, ordinaryUser } from '../cli/lab/ordinary-user.ts';

type Run<T> = (command: string, args: readonly string[], env?: NodeJS.ProcessEnv) => T;

/** Lays the checkout, and what lies beside it for tests, into an open folder, and goes on from there. */
const BIND = [
  'chmod 755 "$1"',
  'mkdir -p "$1/$3"',
  'mount --bind "$2/$3" "$1/$3"',
  'if [ -d "$2/shared" ]; then mkdir -p "$1/shared" && mount --bind "$2/shared" "$1/shared"; fi',
  'cd "$1/$3"',
  'shift 3',
  'exec "$@"',
].join(' && ');

/**
 * Runs a program where an ordinary user can read this checkout too. Root's checkouts often lie in a folder that is closed
 * to everybody else; there, the program gets a mount namespace of its own in which the checkout also lies in an open place.
 */
export function reachably<T>(root: string, run: Run<T>, say: (line: string) => void): Run<T> {
  const user = ordinaryUser();
  if (mayRead(user, join(root, 'package.json'))) return run;
  const open = mkdtempSync(join(tmpdir(), 'exam-station-open-'));
  say(`${user.name} may not read ${root}: for these tests it also lies in ${open}`);
  // What is bound keeps its own rights; the way to it does not matter any more.
  chmodSync(root, statSync(root).mode | 0o055);
  const place = [open, dirname(root), basename(root)];
  return (command, args, env) =>
    run('unshare', ['--mount', 'sh', '-c', BIND, 'sh', ...place, command, ...args], {
      ...env,
      PATH: `${join(open, basename(root), 'node_modules/.bin')}:${process.env.PATH}`,
    });
}
