import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * Root has no Chromium sandbox, so a kiosk that is tried by root runs as somebody else. Anybody else runs it as themselves.
 */
export type OrdinaryUser = {
  readonly name: string;
  /** A folder of theirs, new and empty. */
  makeFolder(prefix: string): string;
  /** Gives them a file or device that is there, or a folder, which is made where it is missing. */
  give(path: string): void;
  /** A program that starts `binary` as them, with the same arguments and environment. */
  wrap(binary: string): string;
  /** What their environment says besides. */
  readonly env: Readonly<Record<string, string>>;
};

const TEST_USER = 'exam-kiosk';

const ourselves: OrdinaryUser = {
  name: 'this user',
  makeFolder: (prefix) => mkdtempSync(join(tmpdir(), prefix)),
  give: makeWhereMissing,
  wrap: (binary) => binary,
  env: {},
};

/** @throws Error where root cannot make a user */
export function ordinaryUser(): OrdinaryUser {
  return process.getuid?.() === 0 ? asSomebodyElse() : ourselves;
}

function asSomebodyElse(): OrdinaryUser {
  const { uid, gid } = idsOf(TEST_USER) ?? makeUser();
  const home = mkdtempSync(join(tmpdir(), 'kiosk-home-'));
  chownSync(home, uid, gid);
  const give = (path: string): void => {
    makeWhereMissing(path);
    chownSync(path, uid, gid);
    openWayTo(path);
  };
  return {
    name: TEST_USER,
    give,
    makeFolder(prefix) {
      const folder = mkdtempSync(join(tmpdir(), prefix));
      give(folder);
      return folder;
    },
    wrap(binary) {
      const script = join(mkdtempSync(join(tmpdir(), 'as-user-')), 'run');
      writeFileSync(script, `#!/bin/sh\nexec setpriv --reuid=${uid} --regid=${gid} --init-groups '${binary}' "$@"\n`);
      chmodSync(script, 0o755);
      return script;
    },
    env: {
      HOME: home,
      USER: TEST_USER,
      LOGNAME: TEST_USER,
      XDG_RUNTIME_DIR: home,
      XDG_CONFIG_HOME: join(home, '.config'),
    },
  };
}

/** What is theirs must be reached: folders of this checkout on the way may be passed through, though not looked into. */
function openWayTo(path: string): void {
  for (let at = dirname(path); at.startsWith(root + sep); at = dirname(at)) chmodSync(at, statSync(at).mode | 0o011);
}

function makeWhereMissing(path: string): void {
  if (!existsSync(path)) mkdirSync(path, { recursive: true });
}

function makeUser(): { readonly uid: number; readonly gid: number } {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', TEST_USER]);
  const ids = idsOf(TEST_USER);
  if (!ids) throw new Error(`the user ${TEST_USER}, as whom a kiosk is tried, cannot be made`);
  return ids;
}

function idsOf(name: string): { readonly uid: number; readonly gid: number } | undefined {
  const [, , uid, gid] = spawnSync('getent', ['passwd', name], { encoding: 'utf8' }).stdout.split(':').map(Number);
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** Whether they may read what is there: a checkout in somebody's private folder is closed to others. */
export function mayRead(user: OrdinaryUser, path: string): boolean {
  return spawnSync(user.wrap('/usr/bin/test'), ['-r', path]).status === 0;
}
