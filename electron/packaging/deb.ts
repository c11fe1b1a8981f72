import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sizeOf } from './stage.ts';

export type DebPlan = {
  readonly root: string;
  /** The packed program. */
  readonly app: string;
  readonly version: string;
};

const PROGRAM_FOLDER = '/opt/exam-station';

/** Files of build/linux, and where the system looks for them. */
const SYSTEM_FILES: Readonly<Record<string, string>> = {
  'exam-station.service': '/usr/lib/systemd/system/exam-station.service',
  '99-exam-station.rules': '/usr/lib/udev/rules.d/99-exam-station.rules',
  'exam-station.sysusers': '/usr/lib/sysusers.d/exam-station.conf',
  'exam-station.tmpfiles': '/usr/lib/tmpfiles.d/exam-station.conf',
  'exam-station.desktop': '/usr/share/applications/exam-station.desktop',
};

/** What Electron is linked against, and what the kiosk's session is made of. */
const DEPENDS = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libnotify4',
  'xdg-utils',
  'systemd',
  'cage',
  'seatd',
  'xwayland',
  'kbd',
];
const RECOMMENDS = ['fonts-noto-cjk', 'libsecret-1-0'];

/**
 * A Debian package of the packed program, made with dpkg-deb alone: the files of the program and of the system's profile,
 * its own user, and nothing that starts by itself.
 * @returns its path. @throws Error where there is no dpkg-deb
 */
export function makeDeb({ root, app, version }: DebPlan): string {
  const tree = join(root, 'dist/packed/deb');
  rmSync(tree, { recursive: true, force: true });
  const put = (from: string, to: string): void => {
    mkdirSync(dirname(join(tree, to)), { recursive: true });
    cpSync(from, join(tree, to), { recursive: true, verbatimSymlinks: true });
  };
  put(app, PROGRAM_FOLDER);
  for (const [file, to] of Object.entries(SYSTEM_FILES)) {
    const from = join(root, 'build/linux', file);
    if (!existsSync(from)) throw new Error(`${from} is missing`);
    put(from, to);
  }
  for (const name of readdirSync(join(root, 'build/icons'))) {
    const size = name.replace('.png', '');
    put(join(root, 'build/icons', name), `/usr/share/icons/hicolor/${size}/apps/exam-station.png`);
  }
  put(join(root, 'LICENSE'), '/usr/share/doc/exam-station/copyright');
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  symlinkSync(`${PROGRAM_FOLDER}/resources/exam-station`, join(tree, 'usr/bin/exam-station'));
  writeControl(tree, version);
  const path = join(root, `dist/packed/exam-station_${version}_amd64.deb`);
  // Weak compression: half the bytes are machine code that hardly shrinks, and a package that takes minutes is not made.
  execFileSync('dpkg-deb', ['--build', '--root-owner-group', '-Zzstd', '-z3', tree, path], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  rmSync(tree, { recursive: true, force: true });
  return path;
}

function writeControl(tree: string, version: string): void {
  const folder = join(tree, 'DEBIAN');
  const kilobytes = Math.ceil(sizeOf(tree) / 1024);
  mkdirSync(folder, { recursive: true });
  const control = [
    'Package: exam-station',
    `Version: ${version}`,
    'Architecture: amd64',
    'Section: education',
    'Priority: optional',
    'Maintainer: Exam Station maintainers <maintainers@exam-station.example>',
    `Installed-Size: ${kilobytes}`,
    `Depends: ${DEPENDS.join(', ')}`,
    `Recommends: ${RECOMMENDS.join(', ')}`,
    'Description: kiosk for exams by face',
    ' Reads an ID card, checks liveness, matches a face with the enrolled photo, and signs what was answered.',
    ' .',
    ' Installing starts nothing: lock-machine makes a locked kiosk of this computer, unlock-machine undoes it.',
  ];
  writeFileSync(join(folder, 'control'), `${control.join('\n')}\n`);
  for (const [name, text] of Object.entries(SCRIPTS)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  for (const path of readdirSync(tree, { recursive: true, withFileTypes: true }))
    if (path.isDirectory()) chmodSync(join(path.parentPath, path.name), 0o755);
}

const SCRIPTS = {
  postinst: `#!/bin/sh
set -e
if [ "$1" = configure ]; then
  # Its own user, and a folder for what it keeps. At every start of the machine systemd-tmpfiles looks after the same.
  systemd-sysusers exam-station.conf
  install -d -m 0700 -o exam-station -g exam-station /var/lib/exam-station
  install -d -m 0750 -o root -g exam-station /etc/exam-station
  if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    udevadm control --reload && udevadm trigger --subsystem-match=hidraw --subsystem-match=tty --subsystem-match=video4linux || true
  fi
fi
`,
  prerm: `#!/bin/sh
set -e
if [ "$1" = remove ]; then
  # A machine that was locked is unlocked before the program that could do it is gone.
  if [ -x ${PROGRAM_FOLDER}/resources/linux/unlock-machine ]; then ${PROGRAM_FOLDER}/resources/linux/unlock-machine || true; fi
  if [ -d /run/systemd/system ]; then systemctl stop exam-station.service || true; fi
fi
`,
  postrm: `#!/bin/sh
set -e
# Results and keys are not thrown away with a program: only what was asked for by purge.
if [ "$1" = purge ]; then rm -rf /var/lib/exam-station /var/lib/exam-station-updates /etc/exam-station; fi
if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
`,
} as const;
