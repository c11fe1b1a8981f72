import { inShort, type Observation } from '../../contract/shell/kiosk-messages.ts';
import { type AroundKiosk, type Exam, watchRule } from '../../contract/words/exam.ts';
import type { Host } from '../../contract/words/hosts.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type CurrentSitting, isUnderWay, newIncidentId } from '../core/sitting/index.ts';

/** The same thing again within this time is the same incident: a window that flickers is told of once. */
const AGAIN_MS = 5_000;

/** What the kiosk's shell sees around itself, and what of its lockdown does not hold. */
export type Surroundings = {
  /** Does about it what the exam's policy says: nothing where nobody sits one. */
  observe(observation: Observation): void;
  /** What of the lockdown failed; nothing where all of it holds. */
  lockdown(failed: readonly string[]): void;
  /**
   * An exam that counts begins in a kiosk that could not be locked only where a proctor says why.
   * @throws Refusal `lockdown-failed`
   */
  mayBegin(exam: Pick<Exam, 'mode'>, note: string | undefined): void;
  /** Writes down that the exam which just began runs without all of the lockdown. */
  begun(): void;
};

/** @param host where the page is shown: a locked kiosk is believed to be locked once its shell has said so */
export function openSurroundings(
  seat: CurrentSitting,
  host: Host = 'browser',
  now: () => number = () => performance.now(),
): Surroundings {
  let failed: readonly string[] = host === 'kiosk' ? ['lockdown: not told yet'] : [];
  const told = new Map<string, number>();

  const tell = ({ reason, what, lastedMs }: Observation): void => {
    const sitting = seat.current;
    if (!sitting || !isUnderWay(sitting)) return;
    const rule = watchRule(sitting.exam, reason);
    const incident = { reason, incidentId: newIncidentId(), evidence: { what, lastedMs } };
    if (rule.action === 'pause' && sitting.stage === 'in-progress')
      seat.execute({ kind: 'interrupt', until: rule.until, ...incident });
    else seat.execute({ kind: 'note', quiet: rule.action === 'note', ...incident });
  };
  const isNews = (reason: AroundKiosk, what: string): boolean => {
    const key = `${seat.current?.id} ${reason} ${what}`;
    const last = told.get(key);
    const isNew = last === undefined || now() - last >= AGAIN_MS;
    if (isNew) told.set(key, now());
    return isNew;
  };
  return {
    observe(observation) {
      if (isNews(observation.reason, observation.what)) tell(observation);
    },
    lockdown(steps) {
      failed = steps;
    },
    mayBegin({ mode }, note) {
      if (mode === 'formal' && failed.length > 0 && !note?.trim())
        throw new Refusal('lockdown-failed', failed.join(', '));
    },
    begun() {
      if (failed.length === 0) return;
      tell({ reason: 'lockdown-failed', what: inShort(failed.join(', ')), lastedMs: 0 });
    },
  };
}
