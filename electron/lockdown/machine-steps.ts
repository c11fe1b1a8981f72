import type { Step } from './step.ts';
import { desktopSettings, GNOME_KEYS, GNOME_QUIET } from './steps/gsettings.ts';
import { type Run, run as runProgram } from './steps/run.ts';
import { serverKeys } from './steps/x-keys.ts';

/** What is changed on the machine itself and outlives the program: in this order, undone in the other. */
export function machineSteps(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv = process.env,
  run: Run = runProgram,
): readonly Step[] {
  if (platform !== 'linux') return [];
  return [
    serverKeys(run, env),
    desktopSettings('desktop-keys', GNOME_KEYS, run, env),
    desktopSettings('desktop-quiet', GNOME_QUIET, run, env),
  ];
}
