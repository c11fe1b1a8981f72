import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { ShellMessage } from '../contract/kiosk-messages.ts';
import { kioskSteps } from './kiosk-steps.ts';
import { type Lockdown, machineSteps, openJournal, performAll, restore, type StepFinding } from './lockdown/index.ts';
import { log } from './log.ts';

export type MachineLock = Lockdown & {
  /** What an earlier run had left on this machine, and whether it could be undone. */
  readonly left: { readonly undone: readonly string[]; readonly stuck: readonly string[] };
};

/** Where what is changed on this machine is written down. */
export const JOURNAL = 'lockdown.json';

/**
 * Undoes what a crash left, whatever this start is for; then locks, unless an unlocked window was asked for.
 * @param userData folder of the kiosk's own files
 */
export async function lockMachine(window: BrowserWindow, locked: boolean, userData: string): Promise<MachineLock> {
  const journal = openJournal(join(userData, JOURNAL));
  const machine = machineSteps(process.platform);
  const { undone, stuck, damaged } = await restore(machine, journal);
  if (undone.length > 0) log('warn', 'a crash left this machine locked; undone', { undone });
  if (stuck.length > 0 || damaged) log('error', 'what a crash left could not all be undone', { stuck, damaged });
  const lockdown = await performAll(locked ? [...kioskSteps(window), ...machine] : [], journal);
  for (const { step, state, detail } of lockdown.findings)
    log(state === 'failed' ? 'error' : 'info', `lockdown: ${step} ${state}`, detail ? { detail } : {});
  log('info', 'lockdown: done');
  return { ...lockdown, left: { undone, stuck: damaged ? [...stuck, damaged] : stuck } };
}

/** Looks so often whether everything still holds. */
const RENEW_MS = 30_000;

/**
 * Does again what somebody has undone meanwhile.
 * @param onLost told each time: what did not hold, and how every step stands now
 * @returns ends it
 */
export function keepLocked(
  lockdown: Promise<Lockdown>,
  onLost: (lost: readonly StepFinding[], standing: readonly StepFinding[]) => void,
): () => void {
  let standing: readonly StepFinding[] | undefined;
  const timer = setInterval(async () => {
    const { findings, renew } = await lockdown;
    const lost = await renew();
    for (const { step, state, detail } of lost) log('warn', `lockdown: ${step} did not hold, now ${state}`, { detail });
    standing = (standing ?? findings).map((one) => lost.find(({ step }) => step === one.step) ?? one);
    if (lost.length > 0) onLost(lost, standing);
  }, RENEW_MS);
  return () => clearInterval(timer);
}

const MOST_LETTERS = 200;

/** For the station: an exam that counts does not begin in a kiosk that is not locked unless a proctor says why. */
export const whatFailed = (findings: readonly StepFinding[]): ShellMessage => ({
  kind: 'lockdown',
  failed: findings.flatMap(({ step, state, detail }) =>
    state === 'failed' ? [`${step}: ${detail}`.slice(0, MOST_LETTERS)] : [],
  ),
});
