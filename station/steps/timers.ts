import type { Logger } from 'pino';
import { IDLE_LIMITS, RESULT_AT_MOST_MS } from '../../contract/page/idle-limits.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { newIncidentId, type Sitting } from '../core/sitting/index.ts';
import { finishSitting } from './finish.ts';
import { mayLeave } from './leave.ts';
import type { Finishing } from './parts.ts';
import type { VisitorEnrolment } from './visitor-enrolment.ts';

/** What happens by itself: the end of the time, marking and recording, a seat that is given up, a screen that is gone. */
export type Timers = {
  /** Something changed: winds up what follows from it. */
  wind(): void;
  /** Somebody still looks at a result. @throws Refusal `not-allowed-now` where none is shown */
  stay(): { readonly leavesInMs: number };
  screenLost(): void;
  screenBack(): void;
  stop(): void;
};

const RETRY_MS = 5_000;
/** A page that reloads is back within this; after that the candidate sees nothing and the clock must stand. */
const SCREEN_GRACE_MS = 2_000;

/** How long somebody may be away from this screen; for ever where a proctor has to see them first. */
function limitOf(sitting: Sitting): number | undefined {
  if (!mayLeave(sitting)) return undefined;
  const { stage, exam } = sitting;
  // Who waits for a proctor is not sent off for waiting.
  if (stage === 'awaiting-unlock') return exam.mode === 'formal' ? undefined : IDLE_LIMITS.waiting;
  return stage === 'consenting' || stage === 'recorded' || stage === 'refused' ? IDLE_LIMITS[stage] : undefined;
}

/**
 * @param leave what a candidate does who goes
 */
export function startTimers(
  parts: Finishing & { readonly log: Logger },
  visitor: VisitorEnrolment,
  leave: () => void,
): Timers {
  const { seat, clock, log } = parts;
  const timers: Partial<Record<'timeUp' | 'finish' | 'idle' | 'away' | 'screen', NodeJS.Timeout>> = {};
  let stopped = false;
  const after = (ms: number, which: keyof typeof timers, work: () => void): void => {
    clearTimeout(timers[which]);
    // A page that goes when the station ends is no news any more.
    if (!stopped) timers[which] = setTimeout(work, ms);
  };
  /** What nobody waits for must not take the station down. */
  const guarded = (work: () => void): boolean => {
    try {
      work();
      return true;
    } catch (error) {
      log.error({ error: String(error) }, 'terminal');
      return false;
    }
  };

  const endOfTime = (): void => {
    if (seat.current?.stage !== 'in-progress') return;
    if (seat.remainingMs() > 0) return wind();
    if (!guarded(() => seat.execute({ kind: 'submit', cause: 'time-up' }))) after(RETRY_MS, 'timeUp', endOfTime);
  };
  const endOfAbsence = (): void => {
    if (standsStill(seat.current)) guarded(() => seat.execute({ kind: 'submit', cause: 'time-up' }));
  };
  /** Since when this result is on the screen. */
  let resultSince: number | undefined;
  const idleLimit = (): number | undefined => {
    const { stage } = seat.current ?? {};
    if (stage !== 'recorded') resultSince = undefined;
    if (stage === 'recorded') {
      resultSince ??= clock.monotonic();
      return Math.max(1, Math.min(IDLE_LIMITS.recorded, resultSince + RESULT_AT_MOST_MS - clock.monotonic()));
    }
    if (seat.current) return limitOf(seat.current);
    return visitor.step === 'consent' || visitor.step === 'failed' ? IDLE_LIMITS.enrolling : undefined;
  };
  const wind = (): void => {
    clearTimeout(timers.timeUp);
    if (seat.current?.stage === 'in-progress') after(seat.remainingMs(), 'timeUp', endOfTime);
    clearTimeout(timers.finish);
    // A sitting that cannot be finished now (a full disk) is finished later; the candidate sees the result then.
    if (!guarded(() => finishSitting(parts))) after(RETRY_MS, 'finish', wind);
    windIdle();
  };
  const windIdle = (): number | undefined => {
    clearTimeout(timers.idle);
    clearTimeout(timers.away);
    if (standsStill(seat.current)) after(IDLE_LIMITS['course-paused'], 'away', endOfAbsence);
    const limit = idleLimit();
    if (limit) after(limit, 'idle', () => guarded(leave));
    return limit;
  };
  return {
    wind,
    stay() {
      if (seat.current?.stage !== 'recorded') throw new Refusal('not-allowed-now');
      return { leavesInMs: windIdle() ?? 0 };
    },
    screenLost: () =>
      after(SCREEN_GRACE_MS, 'screen', () => {
        if (seat.current?.stage !== 'in-progress') return;
        guarded(() => seat.execute({ kind: 'interrupt', reason: 'screen-lost', incidentId: newIncidentId() }));
      }),
    screenBack: () => clearTimeout(timers.screen),
    stop() {
      stopped = true;
      for (const timer of Object.values(timers)) clearTimeout(timer);
    },
  };
}

/** A course whose learner is not there, or is somebody else. */
const standsStill = (sitting: Sitting | undefined): boolean =>
  sitting?.exam.mode === 'learning' && (sitting.stage === 'paused' || sitting.stage === 'locked');
