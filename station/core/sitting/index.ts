import { randomUUID } from 'node:crypto';
import type { ComparedField, IdentifiedBy } from '../../../contract/records/index.ts';
import type { Arrangements } from '../../../contract/words/arrangements.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import type { Host } from '../../../contract/words/hosts.ts';
import { type CandidateId, type GrantId, IncidentId, SittingId, type TenantId } from '../../../contract/words/ids.ts';
import { type ReasonCode, Refusal } from '../../../contract/words/reasons.ts';
import type { Clock } from '../clock/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { openSignal } from '../signal/index.ts';
import type { Command, Proctored } from './command.ts';
import { decide, proctored } from './decide.ts';
import type { Before, Continued, SittingEvent } from './events.ts';
import { remainingMs } from './exam-clock.ts';
import type { Beat, Pulse } from './pulse.ts';
import { isUnderWay, type Sitting } from './sitting.ts';
import { evolve, replay } from './state.ts';

export type { Proctored } from './command.ts';
export { asksForGestures, LONG_LOOK, MAX_FAILED_CAPTURES, mustProveLife, proctored } from './decide.ts';
export { Before, Continued, type JudgedCapture, Jump, SittingEvent } from './events.ts';
export { activeMs } from './exam-clock.ts';
export { isCourseComplete, type LessonState, lessonsOf } from './learning.ts';
export { drawLifeCycle } from './life-cycle.ts';
export { asksForLight, doubtByLight } from './light.ts';
export { openPulse, type Pulse } from './pulse.ts';
export { type Answer, guestOf, isBeforeBeginning, isUnderWay, type Sitting } from './sitting.ts';
export { replay } from './state.ts';
export { doubtByAdded, leavesNoDoubt } from './template-update.ts';

export const newIncidentId = (): IncidentId => IncidentId.parse(`in_${randomUUID()}`);

/** The one seat of this station: at most one sitting at a time, everything about it in the ledger before anybody hears of it. */
export type CurrentSitting = {
  readonly current: Sitting | undefined;
  /** Whoever sits here. @throws Refusal `not-allowed-now` where nobody does */
  taken(): Sitting;
  /** @throws Refusal `not-allowed-now` where somebody sits here already */
  open(who: {
    tenantId: TenantId;
    candidateId: CandidateId;
    exam: Exam;
    identifiedBy: IdentifiedBy;
    /** By which their firm may use this station, where it is another's. */
    grant?: GrantId;
    /** What this candidate had begun at another station. */
    continues?: Continued;
    /** What is registered for this candidate. */
    arrangements?: Arrangements;
    /** What they did of a course before. */
    before?: Before;
    /** Of which document the number is by which they are on the roster. */
    document?: string;
    /** What of their card a proctor let pass. */
    doubts?: readonly { readonly id: IncidentId; readonly reason: ReasonCode }[];
    /** Who let them sit here who had been turned away. */
    seated?: Seated;
  }): void;
  /** Returns once what it decided is on disk. @throws Refusal */
  execute(command: Command): void;
  remainingMs(): number;
  /** Notes that the exam is still running; the clock stands after a power cut where this last said so. */
  beat(): void;
  /** Clears the seat of a sitting that is over. */
  leave(): void;
  /**
   * What follows from a change: heard once it is durable and whoever caused it has been answered, each listener by itself.
   * What a listener changes in turn is heard by all of them in the next round.
   */
  onChange(listener: () => void): void;
  /** After all that follows has happened: for whoever shows what is. */
  onSettled(listener: () => void): void;
  /** Lets happen what still follows, at the end of a program. */
  settle(): void;
};

/** A proctor's word for somebody who had been turned away. */
export type Seated = Proctored & { readonly note: string; readonly compared?: readonly ComparedField[] };
const seatedBy = ({ note, compared, ...who }: Seated) => ({
  ...{ ...proctored(who), note },
  ...(compared ? { compared } : {}),
});

const OVER: readonly Sitting['stage'][] = ['recorded', 'closed'];

export type CurrentSittingOptions = {
  readonly pulse?: Pulse;
  /** Where it is shown from now on; none for whoever only opens the data. */
  readonly host?: Host;
  /** Hears what a listener threw: what was decided stands all the same. */
  readonly onFault?: (error: unknown) => void;
};

/** Takes up the sitting that a crash or a power cut left, if there is one: nothing acknowledged is lost, no time either. */
export function openCurrentSitting(
  ledger: Ledger<SittingEvent>,
  clock: Clock,
  { pulse, host, onFault = () => undefined }: CurrentSittingOptions = {},
): CurrentSitting {
  const changes = openSignal(onFault);
  const settled = openSignal(onFault);
  changes.on(settled.tell);
  const last = ledger.sittings().at(-1);
  let current = last ? replay(ledger.ofSitting(last)) : undefined;
  if (current && OVER.includes(current.stage)) current = undefined;

  const write = (id: SittingId, events: readonly SittingEvent[]): void => {
    if (events.length === 0) return;
    for (const entry of ledger.append(id, events)) current = evolve(current, entry);
    changes.tell();
  };
  const seat: CurrentSitting = {
    get current() {
      return current;
    },
    taken() {
      if (!current) throw new Refusal('not-allowed-now', 'nobody sits here');
      return current;
    },
    open({ seated, ...who }) {
      if (current && !OVER.includes(current.stage)) throw new Refusal('not-allowed-now', 'the seat is taken');
      current = undefined;
      write(SittingId.parse(`si_${randomUUID()}`), [
        { type: 'opened', ...who, ...(seated ? { seated: seatedBy(seated) } : {}) },
      ]);
    },
    execute(command) {
      const sitting = seat.taken();
      write(sitting.id, decide(sitting, command));
    },
    beat() {
      if (current?.stage !== 'in-progress') return;
      pulse?.beat({ sitting: current.id, boot: clock.boot, monotonic: clock.monotonic() });
    },
    remainingMs: () => (current ? remainingMs(current, clock.boot, clock.monotonic()) : 0),
    leave() {
      if (current && !OVER.includes(current.stage))
        throw new Refusal('not-allowed-now', `leave while ${current.stage}`);
      current = undefined;
      changes.tell();
    },
    onChange: changes.on,
    onSettled: settled.on,
    settle() {
      changes.settle();
      settled.settle();
    },
  };
  // Who was verified before the outage need not be who sits here after it.
  if (current?.stage === 'awaiting-unlock') seat.execute({ kind: 'look-again' });
  if (current?.stage === 'in-progress') {
    const ranOnMs = ranOn(current, pulse?.last());
    seat.execute({ kind: 'interrupt', reason: 'station-restarted', incidentId: newIncidentId(), ranOnMs });
  }
  if (host && current && isUnderWay(current) && current.host !== host)
    seat.execute({ kind: 'host', host, incidentId: newIncidentId() });
  return seat;
}

/** Exam time between the last event and the last sign of life. */
function ranOn({ id, clock: { runningSince } }: Sitting, beat: Beat | undefined): number {
  const sameRun = beat?.sitting === id && beat.boot === runningSince?.boot;
  return sameRun ? Math.max(0, beat.monotonic - runningSince.monotonic) : 0;
}
