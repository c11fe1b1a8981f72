import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { mayRead, ordinaryUser } from '../cli/lab/ordinary-user.ts';

type Run = (command: string, args: readonly string[], env?: NodeJS.ProcessEnv) => boolean;

/**
 * Runs a program where an ordinary user can read this checkout too. Root's checkouts often lie in a folder that is closed
 * to everybody else; there, the program gets a mount namespace of its own in which the checkout and what lies beside it
 * also lie in an open place.
 */
export function reachably(root: string, run: Run, say: (line: string) => void): Run {
  const user = ordinaryUser();
  if (mayRead(user, join(root, 'package.json'))) return run;
  const open = mkdtempSync(join(tmpdir(), 'exam-station-open-'));
  say(`${user.name} may not read ${root}: it is bound to ${open} for these tests`);
  const script = 'chmod 755 "$1" && mount --bind "$2" "$1" && cd "$1/$3" && shift 3 && exec "$@"';
  return (command, args, env) =>
    run('unshare', ['--mount', 'sh', '-c', script, 'sh', open, dirname(root), basename(root), command, ...args], {
      ...env,
      PATH: `${join(open, basename(root), 'node_modules/.bin')}:${process.env.PATH}`,
    });
}
