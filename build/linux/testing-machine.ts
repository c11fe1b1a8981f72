import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that lock-machine takes for a machine: an administrator's own settings, and all that a locked one needs. */
export function makeMachine(): string {
  const root = mkdtempSync(join(tmpdir(), 'machine-'));
  const put = (path: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
    chmodSync(join(root, path), mode);
    utimesSync(join(root, path), 1_700_000_000, 1_700_000_000);
  };
  for (const program of ['opt/exam-station/exam-station', 'usr/bin/cage', 'usr/bin/Xwayland', 'usr/bin/chvt'])
    put(program, '', 0o755);
  for (const unit of ['exam-station', 'seatd', 'gdm']) put(`usr/lib/systemd/system/${unit}.service`, `# ${unit}\n`);
  mkdirSync(join(root, 'var/lib'), { recursive: true });
  put('etc/sysctl.d/10-own.conf', 'vm.swappiness = 1\n');
  // Whatever it is that an administrator put where ours goes, it comes back as it was.
  put('etc/systemd/logind.conf.d/90-exam-station.conf', '[Login]\nNAutoVTs=2\n', 0o640);
  mkdirSync(join(root, 'etc/systemd/system/multi-user.target.wants'), { recursive: true });
  symlinkSync('/usr/lib/systemd/system/gdm.service', join(root, 'etc/systemd/system/display-manager.service'));
  symlinkSync('/usr/lib/systemd/system/multi-user.target', join(root, 'etc/systemd/system/default.target'));
  return root;
}

/** Every file, link and folder with all that can be told of it; the time of what was not touched is the same too. */
export function describeMachine(root: string): Readonly<Record<string, string>> {
  const lines = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => {
    const path = join(root, name);
    const entry = lstatSync(path);
    const owner = `${(entry.mode & 0o7777).toString(8)} ${entry.uid}:${entry.gid}`;
    if (entry.isSymbolicLink()) return [name, `${owner} -> ${readlinkSync(path)}`] as const;
    if (entry.isDirectory()) return [name, `${owner} folder`] as const;
    return [name, `${owner} ${entry.mtime.toISOString()} ${readFileSync(path, 'base64')}`] as const;
  });
  return Object.fromEntries(lines.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What lock-machine and unlock-machine change anything with. */
const CHANGING = ['cp', 'mv', 'ln', 'mkdir', 'rm', 'rmdir', 'chmod'];

export type Saboteurs = { readonly path: string; readonly count: string };

/** Programs in place of the real ones: the nth call ends the script that made it, as pulling the plug would. */
export function makeSaboteurs(): Saboteurs {
  const path = mkdtempSync(join(tmpdir(), 'saboteurs-'));
  const count = join(path, 'count');
  for (const name of CHANGING) {
    const real = ['/usr/bin', '/bin'].map((folder) => join(folder, name)).find(existsSync);
    // Nothing but what the shell can do itself: it is run a few thousand times.
    const text = `#!/bin/sh
read -r n < ${count}; n=$((n + 1)); echo $n > ${count}
[ $n -ne "$CUT_AT" ] || { kill -9 $PPID; exit 1; }
exec ${real} "$@"
`;
    writeFileSync(join(path, name), text, { mode: 0o755 });
  }
  writeFileSync(join(path, 'sync'), '#!/bin/sh\n', { mode: 0o755 });
  return { path, count };
}

export type Run = { readonly status: number | null; readonly said: string; readonly calls: number };

/** @param cutAt the call that changes something at which the script is killed; none where it is 0 */
export function runScript(script: string, root: string, saboteurs: Saboteurs, cutAt = 0): Run {
  writeFileSync(saboteurs.count, '0\n');
  const env = { PATH: `${saboteurs.path}:${process.env.PATH}`, CUT_AT: String(cutAt), LC_ALL: 'C' };
  const { status, stdout, stderr } = spawnSync(script, ['--root', root], { env, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}`, calls: Number(readFileSync(saboteurs.count, 'utf8')) };
}
