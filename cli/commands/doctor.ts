import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { readVariable } from '../../contract/shell/variables.ts';
import { type Check, overall } from '../../contract/words/readiness.ts';
import { asIs, judged, words } from '../../messages/checks.ts';
import { readinessOf } from '../../station/offline/index.ts';
import { checkInWords, checkOnOneLine } from '../check-lines.ts';
import { findChromium } from '../chromium.ts';
import { findElectron } from '../electron.ts';
import { modelsHere, ownCalibration } from '../faces.ts';
import { installedKiosk } from '../installed.ts';
import { type CommandResult, present } from '../output.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('say what is ready here, what is not, and what to do')
    .option('--data <dir>', 'data folder of the station', 'data/station')
    .option('--json', 'print one JSON document')
    .action(({ data, json }: { data: string; json?: boolean }) => present(json, () => doctor(resolve(data))));
}

/** The checks of the station itself, and those of the machine that only whoever types commands can mend. */
async function doctor(data: string): Promise<CommandResult> {
  const electron = installedKiosk() ?? findElectron();
  const look = {
    ...{ data, models: modelsHere(), calibration: ownCalibration() },
    reader: readVariable('reader', process.env),
    kiosk: electron !== undefined,
  };
  const { readiness, running } = await readinessOf(look);
  const checks = [
    ...readiness.checks,
    folderCheck(data),
    ...modelFolderCheck(readVariable('models', process.env)),
    await screenCheck(electron),
    runningCheck(running),
  ];
  const status = overall(checks);
  const exit = status === 'NOT READY' ? 1 : 0;
  const json = { ok: exit === 0, status, checks: checks.map(checkInWords) };
  return { exit, json, text: [...checks.map(checkOnOneLine), status] };
}

/** Only looks: a mistyped folder is not made. */
function folderCheck(data: string): Check {
  const measured = { name: 'data-folder', found: asIs(data), expected: words('expected.writable') } as const;
  try {
    accessSync(nearestExisting(data), constants.W_OK);
    return judged(measured);
  } catch {
    return judged({ ...measured, found: words('found.not-writable') }, 'disk-readonly', 'NOT READY');
  }
}

const nearestExisting = (path: string): string => (existsSync(path) ? path : nearestExisting(dirname(path)));

/** A mistyped folder would otherwise go unseen: the weights are then found elsewhere. */
const modelFolderCheck = (folder: string | undefined): readonly Check[] =>
  folder && !existsSync(folder)
    ? [judged({ name: 'model-folder', found: asIs(folder), expected: words('expected.folder') }, 'folder-missing')]
    : [];

async function screenCheck(electron: string | undefined): Promise<Check> {
  const measured = { name: 'screen', expected: words('expected.built') } as const;
  // An installed kiosk has its page in an archive of its own.
  const page = installedKiosk() ?? existsSync(resolve(import.meta.dirname, '../../dist/renderer/index.html'));
  if (!page) return judged({ ...measured, found: words('found.none') }, 'page-missing', 'NOT READY');
  if (electron) return judged({ ...measured, found: asIs(electron) });
  const chromium = await findChromium();
  return judged({ ...measured, found: chromium ? asIs(chromium) : words('found.none') }, 'no-kiosk');
}

/** Neither is wrong; who reads the rest should know which it is. */
const runningCheck = (running: boolean): Check => {
  const found = words(running ? 'found.running' : 'found.stopped');
  return judged({ name: 'running', found, expected: asIs('—') });
};
