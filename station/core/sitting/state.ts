import type { Identity } from '../../../contract/records/index.ts';
import type { Host } from '../../../contract/words/hosts.ts';
import { assertNever } from '../../../contract/words/reasons.ts';
import { observe } from './background.ts';
import { decisionOf } from './decisions.ts';
import type { JudgedCapture, SittingEvent } from './events.ts';
import { tick } from './exam-clock.ts';
import { learn } from './learning.ts';
import { answerOf, open } from './opening.ts';
import type { Begun, Common, Ended, Marked, Sitting, SittingEntry } from './sitting.ts';

/** A sitting is what its events make it: `replay` after a restart and `evolve` while it runs give the same. */
export function replay(entries: readonly SittingEntry[]): Sitting | undefined {
  return entries.reduce<Sitting | undefined>(evolve, undefined);
}

export function evolve(sitting: Sitting | undefined, entry: SittingEntry): Sitting {
  const { event } = entry;
  if (event.type === 'opened') return open(entry, event);
  if (!sitting) throw new Error(`the ledger has ${event.type} before opened (${entry.sequence})`);
  const next = apply(sitting, event, entry);
  const decision = decisionOf(entry);
  const decisions = decision ? [...sitting.decisions, decision] : sitting.decisions;
  const acts = 'act' in event && event.act ? new Set([...sitting.acts, event.act]) : sitting.acts;
  const clock = tick(sitting, next.stage, entry);
  const learning = learn(sitting, event, clock.activeMs);
  const background = observe(sitting.background, entry);
  return { ...next, decisions, acts, clock, background, ...(learning ? { learning } : {}) };
}

/** All but what belongs to the stage: what goes along from one to another. */
function commonOf(sitting: Sitting): Common {
  const { stage, refusal, identity, form, durationMs, startedAt, pauseReason, ...rest } = sitting;
  const { submittedAt, submitCause, result, recordHash, ...common } = rest;
  return common;
}

/** What was seen before somebody decided is settled: the screen must not go on accusing. */
function settledOf(sitting: Sitting): Common {
  const { lastCapture, ...rest } = commonOf(sitting);
  return rest;
}

const OUT_OF_ORDER = 'the ledger tells of an exam in another order than any can have';

function begunOf({ identity, form, durationMs, startedAt }: Sitting): Begun {
  if (!identity || !form || durationMs === undefined || !startedAt) throw new Error(OUT_OF_ORDER);
  return { identity, form, durationMs, startedAt };
}

function endedOf(sitting: Sitting): Ended {
  const { submittedAt, submitCause } = sitting;
  if (!submittedAt || !submitCause) throw new Error(OUT_OF_ORDER);
  return { ...begunOf(sitting), submittedAt, submitCause };
}

function markedOf(sitting: Sitting): Marked {
  const { result } = sitting;
  if (!result) throw new Error(OUT_OF_ORDER);
  return { ...endedOf(sitting), result };
}

type LaterEvent = Exclude<SittingEvent, { type: 'opened' }>;

/** From one stage to another; what stays within one is in {@link within}. */
function apply(sitting: Sitting, event: LaterEvent, entry: SittingEntry): Sitting {
  const common = commonOf(sitting);
  switch (event.type) {
    case 'consent-given':
      return { ...common, stage: 'capturing', consent: true };
    case 'consent-declined':
      return { ...common, stage: 'refused', refusal: 'consent-declined', consent: false };
    case 'look-again':
      return { ...common, stage: 'capturing' };
    case 'verified':
      return { ...common, stage: 'awaiting-unlock', identity: verifiedBy(sitting.lastCapture) };
    case 'refused':
      return { ...common, stage: 'refused', refusal: event.reason };
    case 'overridden': {
      const { by, note, reason } = event;
      return { ...common, stage: 'awaiting-unlock', identity: { how: 'overridden', by, note, reason } };
    }
    case 'unlocked': {
      const { form, durationMs, host, exam = sitting.exam } = event;
      const { identity, continues } = sitting;
      if (!identity) throw new Error(OUT_OF_ORDER);
      const startedAt = continues?.startedAt ?? entry.at;
      const begun = { exam, identity, form, durationMs, startedAt };
      return { ...settledOf(sitting), ...shownOn(sitting, host), ...begun, stage: 'in-progress' };
    }
    case 'paused': {
      const stage = event.until === 'match' ? 'paused' : 'locked';
      return { ...common, ...begunOf(sitting), stage, pauseReason: event.reason };
    }
    case 'resumed':
      return { ...settledOf(sitting), ...begunOf(sitting), stage: 'in-progress' };
    case 'moved':
      return { ...common, ...begunOf(sitting), stage: 'closed' };
    case 'submitted':
      return { ...common, ...begunOf(sitting), stage: 'submitted', submittedAt: entry.at, submitCause: event.cause };
    case 'graded':
      return { ...common, ...endedOf(sitting), stage: 'graded', result: { marks: event.marks, passed: event.passed } };
    case 'recorded':
      return { ...common, ...markedOf(sitting), stage: 'recorded', recordHash: event.recordHash };
    case 'closed':
      return { ...common, stage: 'closed' };
    default:
      return { ...sitting, ...within(sitting, event, entry) };
  }
}

type EventWithin = Extract<
  LaterEvent,
  {
    type:
      | ('captured' | 'answered' | 'checked' | 'studied' | 'package-said' | 'flagged' | 'noted' | 'hosted')
      | ('clock-set' | 'time-told' | 'turned-away')
      | ('incident' | 'kept' | 'erased' | 'evidence-asked' | 'template-added' | 'extended' | 'reviewed');
  }
>;

/** What changes while the stage stays. */
function within(sitting: Sitting, event: EventWithin, { at }: SittingEntry): Partial<Common> {
  switch (event.type) {
    case 'captured': {
      const failed = event.purpose === 'check-in' && event.capture.outcome !== 'match';
      return { lastCapture: event.capture, failedCaptures: sitting.failedCaptures + (failed ? 1 : 0) };
    }
    case 'answered':
      return { answers: new Map(sitting.answers).set(event.itemId, answerOf(event)) };
    case 'checked':
      return { checked: new Set(sitting.checked).add(event.itemId) };
    case 'flagged': {
      const flags = new Set(sitting.flags);
      if (event.flagged) flags.add(event.itemId);
      else flags.delete(event.itemId);
      return { flags };
    }
    case 'incident': {
      const { id, reason, outcome, paused, evidence } = event;
      return {
        evidence: evidence ? new Map(sitting.evidence).set(id, evidence) : sitting.evidence,
        incidents: [...sitting.incidents, { id, reason, at, paused, ...(outcome ? { outcome } : {}) }],
      };
    }
    // What these say is in the background, or in what was learnt.
    case 'noted':
    case 'studied':
    case 'clock-set':
    case 'time-told':
    case 'turned-away':
    case 'package-said':
    case 'evidence-asked':
    case 'template-added':
      return {};
    case 'hosted':
      return shownOn(sitting, event.host);
    case 'kept':
      return { pictures: new Map(sitting.pictures).set(event.of, event.picture) };
    case 'erased': {
      const gone = new Set(event.pictures);
      return { pictures: new Map([...sitting.pictures].filter(([, picture]) => !gone.has(picture))) };
    }
    case 'extended':
      return { extraMs: sitting.extraMs + event.ms };
    case 'reviewed':
      return { verdicts: new Map(sitting.verdicts).set(event.incidentId, event.verdict) };
    default:
      return assertNever(event);
  }
}

/** What was not written down at the beginning is not made up later. */
const shownOn = ({ hosts }: Sitting, host: Host | undefined): Pick<Common, 'host' | 'hosts'> => ({
  host,
  hosts: host && hosts && [...new Set([...hosts, host])],
});

function verifiedBy(capture: JudgedCapture | undefined): Identity {
  const { similarity = 0, live = 0, calibration = '' } = capture ?? {};
  return { how: 'verified', similarity, live, calibration };
}
