import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { inShort, type ShellMessage } from '../contract/shell/kiosk-messages.ts';
import { kioskSteps } from './kiosk-steps.ts';
import {
  JOURNAL,
  type Lockdown,
  machineSteps,
  openJournal,
  performAll,
  restore,
  type StepFinding,
} from './lockdown/index.ts';
import { log } from './log.ts';

export type MachineLock = Lockdown & {
  /** What an earlier run had left on this machine, and whether it could be undone. */
  readonly left: { readonly undone: readonly string[]; readonly stuck: readonly string[] };
};

/**
 * Undoes what a crash left, whatever this start is for; then locks, unless an unlocked window was asked for.
 * @param userData folder of the kiosk's own files
 */
export async function lockMachine(window: BrowserWindow, locked: boolean, userData: string): Promise<MachineLock> {
  const journal = openJournal(join(userData, JOURNAL));
  const own = locked ? kioskSteps(window) : [];
  // Undoing what a crash left takes its time, and an exam may be on the screen by then: keys are held from the first moment.
  for (const step of own) if (AT_ONCE.includes(step.name)) await step.perform();
  const machine = machineSteps(process.platform);
  const { undone, stuck, damaged } = await restore(machine, journal);
  if (undone.length > 0) log('warn', 'a crash left this machine locked; undone', { undone });
  if (stuck.length > 0 || damaged) log('error', 'what a crash left could not all be undone', { stuck, damaged });
  const lockdown = await performAll(locked ? [...own, ...machine] : [], journal);
  for (const { step, state, detail } of lockdown.findings)
    log(state === 'failed' ? 'error' : 'info', `lockdown: ${step} ${state}`, detail ? { detail } : {});
  return { ...lockdown, left: { undone, stuck: damaged ? [...stuck, damaged] : stuck } };
}

const AT_ONCE: readonly string[] = ['menu', 'keys'];

/** Where locking itself breaks, that is what is said of it: an exam that counts then begins only with a proctor's word. */
export const notLocked = (error: unknown): MachineLock => ({
  findings: [{ step: 'lockdown', state: 'failed', detail: error instanceof Error ? error.message : String(error) }],
  left: { undone: [], stuck: [] },
  renew: async () => [],
  revert: async () => [],
});

/** Looks so often whether everything still holds. */
const RENEW_MS = 30_000;

/** How every step stands now. */
export type Standing = {
  now(): Promise<readonly StepFinding[]>;
  stop(): void;
};

/**
 * Does again what somebody has undone meanwhile.
 * @param onLost told each time what did not hold
 * @param onChange told when a step stands otherwise than before, also when it holds again
 */
export function keepLocked(
  lockdown: Promise<Lockdown>,
  onLost: (lost: readonly StepFinding[]) => void,
  onChange: () => void,
): Standing {
  let standing: readonly StepFinding[] | undefined;
  const timer = setInterval(async () => {
    const { findings, renew } = await lockdown;
    const lost = await renew();
    for (const { step, state, detail } of lost) log('warn', `lockdown: ${step} did not hold, now ${state}`, { detail });
    const before = standing ?? findings;
    // A step that was lost and is not any more holds; one that failed when it was first taken was taken back.
    standing = before.map((one) => {
      const found = lost.find(({ step }) => step === one.step);
      const first = findings.find(({ step }) => step === one.step);
      return found ?? (first?.state === 'held' ? { ...one, state: 'held', detail: '' } : one);
    });
    if (lost.length > 0) onLost(lost);
    if (standing.some(({ state }, at) => state !== before[at]?.state)) onChange();
  }, RENEW_MS);
  return {
    now: async () => standing ?? (await lockdown).findings,
    stop: () => clearInterval(timer),
  };
}

/** For the station: an exam that counts does not begin in a kiosk that is not locked unless a proctor says why. */
export const whatFailed = (findings: readonly StepFinding[]): ShellMessage => ({
  kind: 'lockdown',
  failed: findings.flatMap(({ step, state, detail }) => (state === 'failed' ? [inShort(`${step}: ${detail}`)] : [])),
});
