import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { machineSteps, openJournal, restore } from '../../electron/lockdown/index.ts';
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

async function undoLeftovers({ profile }: Options): Promise<CommandResult> {
  const path = join(profile, 'lockdown.json');
  if (!existsSync(path))
    return {
      exit: 0,
      json: { ok: true, undone: [], stuck: [] },
      text: [`nothing is left locked: ${path} is not there`],
    };
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
