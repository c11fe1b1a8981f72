import { existsSync, readlinkSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { JOURNAL, machineSteps, openJournal, restore } from '../../electron/lockdown/index.ts';
import { type CommandResult, present } from '../output.ts';

type Options = { readonly profile: string; readonly json?: boolean };

/** Where a kiosk of this user keeps its own files, as Electron lays them. */
const usualProfile = (env: NodeJS.ProcessEnv = process.env): string =>
  process.platform === 'win32'
    ? join(env.APPDATA ?? homedir(), 'exam-station')
    : join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'exam-station');

export function addRestore(program: Command): void {
  program
    .command('restore')
    .description('undo what a kiosk that crashed left locked on this machine; the next start of the kiosk does so too')
    .option('--profile <dir>', "folder of the kiosk's own files", usualProfile())
    .option('--json', 'print one JSON document')
    .action((options: Options) => present(options.json, () => undoLeftovers(options)));
}

/**
 * What was changed are settings of the person who runs the kiosk, and while it runs they are meant to be changed.
 * @throws Error in words
 */
function mustBeOurs(profile: string): void {
  const owner = statSync(profile).uid;
  const self = process.getuid?.();
  if (self !== undefined && owner !== self)
    throw new Error(`${profile} is of another user (${owner}): run this as that user, in that user's session`);
  // Chromium's own mark of a program that has this folder open: a link that names machine and process.
  const holder = linkTarget(join(profile, 'SingletonLock'));
  const pid = Number(holder?.split('-').at(-1));
  if (pid > 0 && existsSync(`/proc/${pid}`)) throw new Error(`a kiosk runs with ${profile}: close it first`);
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

async function undoLeftovers({ profile }: Options): Promise<CommandResult> {
  const path = join(profile, JOURNAL);
  if (!existsSync(path))
    return {
      exit: 0,
      json: { ok: true, undone: [], stuck: [] },
      text: [`nothing is left locked: ${path} is not there`],
    };
  mustBeOurs(profile);
  const { undone, stuck, damaged } = await restore(machineSteps(process.platform), openJournal(path));
  const text = [
    ...(damaged
      ? [`the journal could not be read and lies in ${damaged}; these settings are as on a fresh system now`]
      : []),
    ...undone.map((step) => `undone: ${step}`),
    ...stuck.map((step) => `could not be undone, try again in the session of the kiosk: ${step}`),
    ...(undone.length + stuck.length === 0 ? ['nothing on the machine itself had been changed'] : []),
  ];
  return {
    exit: stuck.length > 0 ? 1 : 0,
    json: { ok: stuck.length === 0, undone, stuck, ...(damaged ? { damaged } : {}) },
    text,
  };
}
