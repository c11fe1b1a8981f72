import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const base = join(root, 'data/debian-base');
const target = join(root, 'data/debian');

/**
 * Installs the package in a clean Debian 12 of its own, looks at what lies there, runs the program's own checks in it,
 * and removes and purges it.
 * @returns what was seen @throws Error naming what is not as it must be
 */
export async function tryInstalled(deb: string): Promise<string> {
  makeBase();
  rmSync(target, { recursive: true, force: true });
  execFileSync('cp', ['-a', base, target]);
  const before = filesOf(target);
  copyFileSync(deb, join(target, 'tmp', basename(deb)));
  inside(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', `/tmp/${basename(deb)}`]);
  rmSync(join(target, 'tmp', basename(deb)));
  const seen = lookAt();
  inside(['apt-get', 'remove', '-y', '-qq', 'exam-station']);
  must(!existsSync(join(target, 'opt/exam-station')), 'the program is gone after it was removed');
  must(existsSync(join(target, 'var/lib/exam-station')), 'data stays when the program is removed');
  inside(['apt-get', 'purge', '-y', '-qq', 'exam-station']);
  const left = filesOf(target).filter(
    (path) => !before.includes(path) && /exam-station/.test(path) && !KEPT.test(path),
  );
  must(left.length === 0, `nothing of it is left after a purge: ${left.join(', ')}`);
  rmSync(target, { recursive: true, force: true });
  return seen;
}

/** What dpkg itself keeps in mind of a package, and the user, whom no package may delete: files may still be theirs. */
const KEPT = /^(var\/lib\/dpkg|var\/cache\/apt|var\/log|var\/lib\/apt|etc\/(passwd|group|shadow|gshadow))/;

function lookAt(): string {
  const unowned = ['opt/exam-station', 'usr/bin/exam-station'].flatMap((path) => notRoots(path));
  must(unowned.length === 0, `everything is root's and nobody else may write: ${unowned.slice(0, 5).join(', ')}`);
  const data = statSync(join(target, 'var/lib/exam-station'));
  must((data.mode & 0o777) === 0o700, 'only the station may read its data');
  must(String(data.uid) === uidIn('exam-station'), 'its data is its own');
  const missing = inside(['sh', '-c', 'ldd /opt/exam-station/exam-station | grep "not found" || true']).trim();
  must(missing === '', `every library of Electron is there: ${missing}`);
  for (const file of ['exam-station.desktop', 'exam-station.service'])
    must(inside(['dpkg', '-L', 'exam-station']).includes(file), `${file} is installed`);
  const unit = spawnSync('systemd-analyze', ['verify', `--root=${target}`, 'exam-station.service'], {
    encoding: 'utf8',
  });
  const complaints = unit.stderr.split('\n').filter((line) => /exam-station/.test(line));
  must(complaints.length === 0, `systemd takes the unit: ${complaints.join('; ')}`);
  const doctor = JSON.parse(
    inside(['exam-station', 'doctor', '--json', '--data', '/var/lib/exam-station/station'], true),
  );
  const checks = doctor.checks as readonly { name: string; status: string; found: string }[];
  const screen = checks.find(({ name }) => name === 'screen');
  must(screen?.status === 'READY', `the installed kiosk knows its own screen: ${screen?.status} ${screen?.found}`);
  const count = readdirSync(join(target, 'opt/exam-station/resources/station/node_modules')).length;
  return `root's files, ${count} packages, its own user and folder; doctor ran ${checks.length} checks in a clean Debian; unit and desktop entry taken; gone after purge`;
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
}

function notRoots(path: string): readonly string[] {
  const all =
    existsSync(join(target, path)) && lstatSync(join(target, path)).isDirectory() ? filesOf(join(target, path)) : [''];
  return all
    .map((one) => join(path, one))
    .filter((one) => {
      const { uid, mode } = lstatSync(join(target, one));
      const link = lstatSync(join(target, one)).isSymbolicLink();
      return uid !== 0 || (!link && (mode & 0o022) !== 0);
    });
}

const filesOf = (folder: string): readonly string[] =>
  execFileSync('find', ['.', '-xdev', '-not', '-path', './proc/*'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 })
    .split('\n')
    .map((path) => path.replace('./', ''))
    .filter((path) => path !== '' && path !== '.');

function uidIn(user: string): string | undefined {
  const line = readFileSync(join(target, 'etc/passwd'), 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${user}:`));
  return line?.split(':')[2];
}

/** Runs a program in the clean Debian. @param mayFind exit code 1 is a finding, not a failure */
function inside(command: readonly string[], mayFind = false): string {
  const env = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    DEBIAN_FRONTEND: 'noninteractive',
    HOME: '/root',
    LC_ALL: 'C.UTF-8',
  };
  // With its own processes and nobody else's.
  const apart = ['--mount', '--pid', '--fork', `--mount-proc=${join(target, 'proc')}`, 'chroot', target];
  const { status, stdout, stderr } = spawnSync('unshare', [...apart, ...command], {
    ...{ env, encoding: 'utf8', maxBuffer: 1e8 },
  });
  if (status === 0 || (mayFind && status === 1)) return stdout;
  throw new Error(`${command.join(' ')}: ${stderr.trim().split('\n').slice(-4).join(' | ')}`);
}

/** A Debian 12 with nothing in it, made once and copied for each try. */
function makeBase(): void {
  if (existsSync(join(base, '.whole'))) return;
  rmSync(base, { recursive: true, force: true });
  mkdirSync(base, { recursive: true });
  const made = spawnSync('debootstrap', ['--variant=minbase', 'bookworm', base, 'http://deb.debian.org/debian'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  must(made.status === 0, 'debootstrap makes a Debian 12');
  execFileSync('touch', [join(base, '.whole')]);
}
