import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../tests/kit/folders.ts';
import { sharedData } from '../tests/kit/shared-data.ts';

const here = import.meta.dirname;
const linux = join(here, 'linux');
const windows = join(here, 'windows');
const text = (...path: string[]): string => readFileSync(join(here, ...path), 'utf8');
/** Whether a tool is on this machine: what it checks is skipped elsewhere. */
const has = (tool: string): boolean => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

function run(command: string, args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return { status, said: `${stdout}${stderr}` };
}

/** The files as the package lays them, and what they lean on: no more than systemd asks after. */
function installed(): string {
  const root = temporaryFolder();
  const lay = (from: string, to: string): void => {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    cpSync(join(linux, from), join(root, to));
  };
  lay('exam-station.service', 'usr/lib/systemd/system/exam-station.service');
  lay('exam-station.sysusers', 'usr/lib/sysusers.d/exam-station.conf');
  lay('exam-station.tmpfiles', 'usr/lib/tmpfiles.d/exam-station.conf');
  lay('session', 'opt/exam-station/resources/linux/session');
  symlinkSync('usr/lib', join(root, 'lib'));
  for (const folder of ['etc', 'run', 'usr/bin']) mkdirSync(join(root, folder), { recursive: true });
  const units = join(root, 'usr/lib/systemd/system');
  for (const name of ['sysinit', 'basic', 'shutdown']) writeFileSync(join(units, `${name}.target`), '[Unit]\n');
  writeFileSync(join(units, 'seatd.service'), '[Service]\nExecStart=/usr/bin/chvt 1\n');
  writeFileSync(join(root, 'usr/bin/chvt'), '', { mode: 0o755 });
  return root;
}

const verify = (root: string) => run('systemd-analyze', ['verify', `--root=${root}`, 'exam-station.service']);

describe.skipIf(!has('systemd-analyze'))('the service (skipped where systemd-analyze is not installed)', () => {
  test('has nothing that systemd does not understand or cannot find', () => {
    expect(verify(installed())).toEqual({ status: 0, said: '' });
  });

  test.each([
    ['a mistyped setting', 'RestartSec=2', 'RestrtSec=2', 'Unknown key'],
    ['a program that is not there', '/usr/bin/chvt', '/usr/bin/chtv', 'is not executable'],
    ['a value that is none', 'WatchdogSec=30', 'WatchdogSec=soon', 'Failed to parse'],
  ])('would be found out with %s', (_, right, wrong, complaint) => {
    const root = installed();
    const unit = join(root, 'usr/lib/systemd/system/exam-station.service');
    writeFileSync(unit, readFileSync(unit, 'utf8').replace(right, wrong));
    expect(verify(root).said).toContain(complaint);
  });
});

test('the service lets the sandbox of Chromium work', () => {
  const service = text('linux/exam-station.service');
  expect(service).toMatch(/^NoNewPrivileges=yes$/m);
  // The first two would break it, the others take away what it opens: the graphics card, cameras, readers.
  expect(service).not.toMatch(/^(RestrictNamespaces|MemoryDenyWriteExecute|PrivateUsers|PrivateDevices)=/m);
  expect(service).not.toMatch(/^SystemCallFilter=.*@(mount|sandbox)/m);
});

test('cage is started without what leaves it or breaks it', () => {
  const command = /^exec cage (.*)$/m.exec(text('linux/session'))?.[1]?.split(' -- ');
  expect(command?.[0]).toBe('-d');
  expect(command?.[1]).toContain('/opt/exam-station/exam-station');
});

const canMake = process.getuid?.() === 0 && has('systemd-sysusers') && has('systemd-tmpfiles');
describe.skipIf(!canMake)('the account (skipped: only root may make one, and with systemd)', () => {
  test('is made without a password, with folders for itself only', () => {
    const root = installed();
    expect(run('systemd-sysusers', [`--root=${root}`, 'exam-station.conf']).status).toBe(0);
    const passwd = readFileSync(join(root, 'etc/passwd'), 'utf8');
    const [, uid] =
      /^exam-station:x:(\d+):\d+:Exam station:\/var\/lib\/exam-station:\/usr\/sbin\/nologin$/m.exec(passwd) ?? [];
    expect(readFileSync(join(root, 'etc/shadow'), 'utf8')).toMatch(/^exam-station:!\*:/m);
    expect(run('systemd-tmpfiles', [`--root=${root}`, '--create', 'exam-station.conf']).status).toBe(0);
    const look = (path: string) => {
      const { mode, uid } = statSync(join(root, path));
      return [(mode & 0o777).toString(8), uid];
    };
    expect(look('var/lib/exam-station')).toEqual(['700', Number(uid)]);
    expect(look('etc/exam-station')).toEqual(['750', 0]);
  });
});

test.skipIf(!has('desktop-file-validate'))(
  'the menu entry is one (skipped where desktop-file-validate is not installed)',
  () => {
    expect(run('desktop-file-validate', [join(linux, 'exam-station.desktop')])).toEqual({ status: 0, said: '' });
  },
);

test('the menu entry opens no locked kiosk, and says so in both languages', () => {
  const entry = text('linux/exam-station.desktop');
  expect(entry).toMatch(/^Exec=exam-station start --unlocked$/m);
  expect(entry).toMatch(/^Comment=.*nothing is locked$/m);
  expect(entry).toMatch(/^Comment\[zh_CN\]=.*不锁定本机$/m);
});

describe('scripts', () => {
  const scripts = ['session', 'lock-machine', 'unlock-machine', 'lock-common.sh'];

  test.each(scripts)('%s is a shell script', (name) => {
    expect(run('sh', ['-n', join(linux, name)])).toEqual({ status: 0, said: '' });
    expect((statSync(join(linux, name)).mode & 0o111) !== 0).toBe(!name.endsWith('.sh'));
  });

  test.skipIf(!has('shellcheck'))('have no traps in them (skipped where shellcheck is not installed)', () => {
    expect(run('shellcheck', ['-x', '-P', linux, ...scripts.map((name) => join(linux, name))])).toEqual({
      status: 0,
      said: '',
    });
  });
});

describe('device rules', () => {
  const rules = text('linux/99-exam-station.rules');

  test('know every card reader that the station knows, as a serial line and as a HID device', () => {
    const source = readFileSync(join(here, '../native/card/find-port.ts'), 'utf8');
    const known = [...source.matchAll(/'([0-9a-f]{4}):([0-9a-f]{4})'/g)];
    expect(known.length).toBeGreaterThan(3);
    for (const [, vendor, product] of known) {
      expect(rules).toContain(
        `"tty", ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}", ENV{EXAM_STATION}="reader"`,
      );
      expect(rules).toContain(`"*:${vendor?.toUpperCase()}:${product?.toUpperCase()}.*", ENV{EXAM_STATION}="reader"`);
    }
  });

  test('are lines that udev can read', () => {
    const label = /^LABEL="(\w+)"$/m.exec(rules)?.[1];
    for (const line of rules.split('\n').filter((line) => line && !line.startsWith('#'))) {
      expect(line).toMatch(/^([A-Z]+(\{\w+\})?(==|!=|\+=|=)"[^"]*"(, |$))+$/);
      expect(/GOTO="(\w+)"/.exec(line)?.[1] ?? label).toBe(label);
    }
  });
});

const SETTINGS = z.object({
  settings: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.enum(['feature', 'filter']),
        name: z.string(),
        value: z.string(),
        why: z.string().min(1),
      }),
      z.strictObject({
        kind: z.enum(['key', 'shell-launcher']),
        name: z.string(),
        value: z.literal(true),
        why: z.string().min(1),
      }),
      z.strictObject({
        kind: z.enum(['shell', 'default-shell']),
        name: z.string(),
        value: z.strictObject({ shell: z.string(), action: z.int() }),
        why: z.string().min(1),
      }),
      z.strictObject({
        kind: z.literal('registry'),
        hive: z.enum(['machine', 'account']),
        only: z.literal('AutoSignIn').optional(),
        key: z.string().regex(/^software\\/i),
        name: z.string(),
        type: z.enum(['DWord', 'String']),
        value: z.union([z.int(), z.string()]),
        why: z.string().min(1),
      }),
    ]),
  ),
});

/** No PowerShell runs on Linux machines of this kind; what follows reads the scripts, it does not run them. */
describe('the Windows scripts, as far as reading them goes (no PowerShell here)', () => {
  const { settings } = SETTINGS.parse(JSON.parse(text('windows/settings.json')));
  const module = text('windows/ExamStationLock.psm1');
  const lock = text('windows/Lock-Machine.ps1');
  const unlock = text('windows/Unlock-Machine.ps1');
  const body = (name: string): string => new RegExp(`^function ${name}\\b[\\s\\S]*?^}`, 'm').exec(module)?.[0] ?? '';
  /** Without comments: they may say what is not done. */
  const code = (script: string): string => script.replace(/<#[\s\S]*?#>/g, '').replace(/^\s*#.*$/gm, '');

  test('change nothing that is not in the table', () => {
    const changing =
      /\b(Set-ItemProperty|New-ItemProperty|Remove-ItemProperty|Set-CimInstance|Invoke-CimMethod|(Enable|Disable)-WindowsOptionalFeature|(New|Set|Enable|Disable|Remove)-LocalUser|Add-LocalGroupMember|SetValue|DeleteValue|reg\.exe|Set-Service)\b/;
    expect(code(lock)).not.toMatch(changing);
    expect(code(unlock)).not.toMatch(changing);
  });

  test('can read and write every kind of setting in the table', () => {
    for (const kind of new Set([...settings.map(({ kind }) => kind), 'account']))
      for (const name of ['Get-Setting', 'Set-Setting'])
        expect(body(name), name).toMatch(new RegExp(`^ {8}'${kind}' \\{`, 'm'));
  });

  test('write down what a setting was before they change it', () => {
    const update = /^function Update-Setting[\s\S]*?^}/m.exec(lock)?.[0] ?? '';
    const order = ['Get-Setting ', 'ShouldProcess', 'Save-Journal ', 'Set-Setting '].map((call) =>
      update.indexOf(call),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(code(lock).match(/\bSet-Setting\b/g)).toHaveLength(1);
    expect(lock).toContain("'settings.json'");
  });

  test('put back what the journal says, the last first', () => {
    expect(code(unlock)).toMatch(
      /Reverse\(\$entries\)[\s\S]*ShouldProcess[\s\S]*Set-Setting \$entry\.setting [\s\S]*\$entry\.before/,
    );
    // What is undone must not depend on what the table says by then.
    expect(code(unlock)).not.toContain('settings.json');
  });

  test('name every setting once, with the parts it needs', () => {
    const names = settings.map((one) =>
      [one.kind, one.name, ...(one.kind === 'registry' ? [one.hive, one.key] : [])].join(),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const one of settings)
      if (one.kind === 'registry') expect(typeof one.value).toBe(one.type === 'DWord' ? 'number' : 'string');
  });

  test('go from the features to the moment when anything looks different', () => {
    const kinds = settings.map(({ kind }) => kind);
    expect(kinds.slice(-3)).toEqual(['default-shell', 'shell', 'shell-launcher']);
    expect(kinds.lastIndexOf('feature')).toBeLessThan(kinds.indexOf('registry'));
  });

  test.each(['Lock-Machine.ps1', 'Unlock-Machine.ps1', 'ExamStationLock.psm1'])('%s suits PowerShell 5.1', (name) => {
    const script = text('windows', name);
    // It takes a file without a mark for the system's old encoding.
    expect([...script].every((character) => character < '\u0080')).toBe(true);
    expect(script).toMatch(/^#Requires -Version 5\.1\n/);
    expect(script).toContain('Set-StrictMode -Version Latest');
    expect(code(script)).not.toMatch(/\?\?|\?\.|&&|\|\||\bternary\b|ForEach-Object -Parallel/);
    if (name.endsWith('.ps1')) {
      expect(script).toContain('#Requires -RunAsAdministrator');
      expect(script).toMatch(/\.SYNOPSIS[\s\S]*\.DESCRIPTION[\s\S]*\.EXAMPLE/);
      expect(script).toContain('SupportsShouldProcess = $true');
    }
  });
});

/** Attributes of every element of one name, by their local names. */
function elements(xml: string, name: string): Readonly<Record<string, string>>[] {
  const found: Record<string, string>[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, attributes }) => {
    if (local === name)
      found.push(Object.fromEntries(Object.values(attributes).map(({ local, value }) => [local, value])));
  });
  parser.write(xml).close();
  return found;
}

describe('the Windows profiles', () => {
  const launcher = text('windows/shell-launcher.xml');
  const access = text('windows/assigned-access.xml');
  const KIOSK = '%ProgramFiles%\\Exam Station\\exam-station.exe';

  test('start the kiosk, again and again, and leave everybody else the desktop', () => {
    const [everybody, kiosk] = elements(launcher, 'Shell');
    expect(everybody).toEqual({ Shell: '%SystemRoot%\\explorer.exe' });
    expect(kiosk).toEqual({ Shell: KIOSK, AppType: 'Desktop', AllAppsFullScreen: 'true' });
    expect(elements(launcher, 'DefaultAction')).toEqual([{ Action: 'RestartShell' }]);
  });

  test('allow every program that the kiosk starts, and no other', () => {
    const apps = elements(access, 'App');
    expect(apps.map(({ DesktopAppPath }) => DesktopAppPath)).toEqual([
      KIOSK,
      '%ProgramFiles%\\Exam Station\\resources\\node\\node.exe',
    ]);
    expect(apps.filter(({ AutoLaunch }) => AutoLaunch === 'true')).toHaveLength(1);
  });

  test.each([
    ['Shell Launcher', launcher, 'Profile'],
    ['Assigned Access', access, 'DefaultProfile'],
  ])('%s names a profile that there is', (_, xml, reference) => {
    const [{ Id } = {}] = elements(xml, 'Profile');
    expect(Id).toMatch(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
    expect(elements(xml, reference).at(-1)?.Id).toBe(Id);
  });

  const schemas = join(sharedData, 'schemas/windows');
  const canValidate = has('xmllint') && existsSync(schemas);
  describe.skipIf(!canValidate)(
    `by Microsoft's schemas (skipped without xmllint, or where ${schemas} is missing)`,
    () => {
      test.each([
        ['shell-launcher.xml', 'ShellLauncher-2018.xsd'],
        ['assigned-access.xml', 'AssignedAccess-2017.xsd'],
      ])('%s is valid', (profile, schema) => {
        const folder = temporaryFolder();
        for (const name of readdirSync(schemas)) {
          // As published they import each other without saying where from.
          const published = readFileSync(join(schemas, name), 'utf8');
          const located = published.replace(
            /<xs:import namespace="[^"]*\/(\w+)\/(\d+)\/\w+" ?\/>/g,
            (whole, kind: string, year: string) => whole.replace(/ ?\/>/, ` schemaLocation="${kind}-${year}.xsd"/>`),
          );
          writeFileSync(join(folder, name), located);
        }
        const { status, said } = run('xmllint', ['--noout', '--schema', join(folder, schema), join(windows, profile)]);
        expect(said).toContain('validates');
        expect(status).toBe(0);
      });
    },
  );
});
