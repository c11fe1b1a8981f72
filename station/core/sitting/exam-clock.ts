import type { ExamClock, Sitting, SittingEntry, SittingStage } from './sitting.ts';

/** The clock after one more event, which led to this stage. */
export function tick({ clock }: Sitting, stage: SittingStage, { boot, monotonic, event }: SittingEntry): ExamClock {
  const ranOnMs = event.type === 'paused' ? (event.ranOnMs ?? 0) : 0;
  return {
    activeMs: activeMs(clock, boot, monotonic) + ranOnMs,
    runningSince: stage === 'in-progress' ? { boot, monotonic } : null,
  };
}

/** Exam time used so far. What passed while the station was down is nobody's: another boot adds nothing. */
export function activeMs({ activeMs: before, runningSince }: ExamClock, boot: string, monotonic: number): number {
  return runningSince?.boot === boot ? before + Math.max(0, monotonic - runningSince.monotonic) : before;
}

export const remainingMs = (sitting: Sitting, boot: string, monotonic: number): number =>
  Math.max(0, (sitting.durationMs ?? 0) + sitting.extraMs - activeMs(sitting.clock, boot, monotonic));
