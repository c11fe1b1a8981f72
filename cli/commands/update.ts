import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Release } from '../../contract/shell/update.ts';
import { readVariable } from '../../contract/shell/variables.ts';
import type { Instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sayMoment } from '../../contract/words/typed-moment.ts';
import { keyId, type UpdatePlan, writeUpdate } from '../../proof/index.ts';
import { FORCE, type OutOptions, throughDraft } from '../out-file.ts';
import { type CommandResult, present } from '../output.ts';
import { debFields, debian, mustHold } from '../update/debian.ts';
import { installUpdate, type Updated } from '../update/install.ts';
import { makeKeyFile, signerFrom } from '../update/keys.ts';
import { windows } from '../update/windows.ts';
import { publicKey, release, time } from '../values.ts';

type KeyOptions = { readonly out: string; readonly json?: boolean };
type MakeOptions = OutOptions & {
  readonly key: string;
  readonly out: string;
  readonly release?: Release;
  readonly follows?: Release;
  readonly notBefore?: Instant;
  readonly json?: boolean;
};
type InstallOptions = {
  readonly key?: PublicKey;
  readonly data?: string;
  readonly downgrade?: boolean;
  readonly json?: boolean;
};

export function addUpdate(program: Command): void {
  const group = program
    .command('update')
    .description('replace the installed program by a signed package, never during an exam');
  group
    .command('key')
    .description('make the key that updates are signed with, and print its public half for the stations')
    .requiredOption('--out <file>', 'where to write the private key')
    .option('--json', 'print one JSON document')
    .action((options: KeyOptions) => present(options.json, () => key(options)));
  group
    .command('make')
    .description('sign a package, for whoever ships it')
    .argument('<package>', 'deb for Linux, exe of the installer for Windows')
    .requiredOption('--key <file>', 'private key, written by `update key`')
    .requiredOption('--out <file>', 'where to write the update')
    .option(...FORCE)
    .option('--release <version>', 'the version it installs; else what the package or its name says', release)
    .option('--follows <version>', 'the oldest version that it can be installed over', release)
    .option('--not-before <time>', 'it is not installed before then', time)
    .option('--json', 'print one JSON document')
    .action((path: string, options: MakeOptions) => present(options.json, () => make(path, options)));
  group
    .command('install')
    .description('install an update on this machine, for its administrator')
    .argument('<file>', 'file written by `update make`')
    .option('--key <key>', 'public key to trust; without it the one in /etc/exam-station/update.pub', publicKey)
    .option('--data <dir>', 'data folder of the station on this machine')
    .option('--downgrade', 'also where it is not newer than what is installed')
    .option('--json', 'print one JSON document')
    .action((file: string, options: InstallOptions) => present(options.json, () => install(file, options)));
}

function key({ out }: KeyOptions): CommandResult {
  const { publicKey: own } = makeKeyFile(out);
  const text = [
    own,
    `key id ${keyId(own)}; the private key is in ${out}: who has it can replace the program everywhere`,
  ];
  return { exit: 0, json: { ok: true, file: out, publicKey: own, keyId: keyId(own) }, text };
}

async function make(
  path: string,
  { key: keyFile, out, force, release: said, follows, notBefore }: MakeOptions,
): Promise<CommandResult> {
  const signer = signerFrom(keyFile);
  const platform = path.endsWith('.deb') ? 'linux' : 'win32';
  const version = said ?? versionOf(path, platform);
  if (platform === 'linux') mustHold(path, { version });
  const plan = {
    version,
    platform,
    arch: 'x64',
    ...(notBefore && { notBefore }),
    ...(follows && { follows }),
  } as const;
  const update = await throughDraft(out, { force }, (draft) => writeUpdate(plan, path, draft, signer));
  const text = [
    `${out}: ${version} for ${platform} x64, ${update.bytes} bytes of ${update.name}`,
    `signed with the key ${keyId(signer.publicKey)}`,
    ...(notBefore ? [`not installed before ${sayMoment(notBefore)}`] : []),
  ];
  return { exit: 0, json: { ok: true, file: out, keyId: keyId(signer.publicKey), update }, text };
}

function versionOf(path: string, platform: UpdatePlan['platform']): Release {
  const own = platform === 'linux' ? debFields(path).version : /\d+\.\d+\.\d+/.exec(basename(path))?.[0];
  const { data } = Release.safeParse(own);
  if (!data) throw new Error(`${path} says no version such as 1.4.0: name it with --release`);
  return data;
}

async function install(
  file: string,
  { key: trusted, data, downgrade = false }: InstallOptions,
): Promise<CommandResult> {
  const machine = process.platform === 'win32' ? windows() : debian();
  const wish = { file, key: trusted, data: folderOf(data), downgrade };
  return told(await installUpdate(wish, machine));
}

/** A folder that was mistyped holds no exam that is under way, and says nothing of the one that does. */
function folderOf(data: string | undefined): string {
  if (data !== undefined && !existsSync(join(data, 'station.db'))) throw new Refusal('data-missing', data);
  if (data !== undefined) return resolve(data);
  const usual = readVariable('data', process.env);
  if (process.platform === 'win32' && !usual)
    throw new Error("--data: name the station's data folder, in the profile of the kiosk's account");
  return usual || '/var/lib/exam-station/station';
}

function told(updated: Updated): CommandResult {
  const { version, former, state, kiosk, wayBack } = updated;
  const text = {
    installed: [`${version} is installed${former ? `, in place of ${former}` : ''}`],
    begun: [
      `the installer of ${version} has begun and goes on by itself; exam-station --version says when it is there`,
    ],
  }[state];
  const ok = kiosk !== 'failed';
  const back = former ? [`to go back: ${wayBack}`] : [];
  return { exit: ok ? 0 : 1, json: { ok, ...updated }, text: [...text, ...KIOSK[kiosk], ...back] };
}

const KIOSK: Readonly<Record<Updated['kiosk'], readonly string[]>> = {
  running: ['the kiosk is on the screen again'],
  failed: ['the kiosk does not start: journalctl -u exam-station says why'],
  none: [],
};
