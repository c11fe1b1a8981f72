import type { DrawnForm } from '../../../authoring/drawing/index.ts';
import type { DecisionEntry, IdentifiedBy, Identity, IncidentEntry, Verdict } from '../../../contract/records/index.ts';
import type { Arrangements } from '../../../contract/words/arrangements.ts';
import type { Course } from '../../../contract/words/course.ts';
import type { Evidence } from '../../../contract/words/evidence.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import type { Given } from '../../../contract/words/form.ts';
import type { Host } from '../../../contract/words/hosts.ts';
import type {
  ActId,
  CandidateId,
  GrantId,
  IncidentId,
  Instant,
  ItemId,
  Sha256,
  SittingId,
  TenantId,
} from '../../../contract/words/ids.ts';
import { assertNever, type ReasonCode } from '../../../contract/words/reasons.ts';
import type { Entry } from '../ledger/index.ts';
import { type Background, observe, openBackground } from './background.ts';
import type { Before, Continued, JudgedCapture, PictureOf, SittingEvent, SubmitCause } from './events.ts';
import { type Learning, learn, openLearning } from './learning.ts';

/** DESIGN 4. `idle` and `identifying` are before a sitting; `verified` and `overridden` lead straight to `awaiting-unlock`. */
export const STAGES = [
  'consenting',
  'capturing',
  'refused',
  'awaiting-unlock',
  'in-progress',
  'paused',
  'locked',
  'submitted',
  'graded',
  'recorded',
  'closed',
] as const;
export type SittingStage = (typeof STAGES)[number];

export type Answer = Given & { readonly revision: number };

/** The exam clock, derived from events alone: time runs only between two events of one boot while in progress. */
export type ExamClock = {
  readonly activeMs: number;
  readonly runningSince: { readonly boot: string; readonly monotonic: number } | null;
};

/** What every sitting has, whatever it is at. */
type Common = {
  readonly id: SittingId;
  readonly tenantId: TenantId;
  readonly candidateId: CandidateId;
  readonly exam: Exam;
  readonly identifiedBy: IdentifiedBy;
  /** By which their firm may use this station; none where it is the firm's own. */
  readonly grant?: GrantId;
  /** Where it began at another station. */
  readonly continues?: Continued;
  /** What was registered for the candidate, where anything was. */
  readonly arrangements?: Arrangements;
  /** Of a course: what was done of it before, */
  readonly before?: Before;
  /** and what in this sitting. */
  readonly learning?: Learning;
  /** Where it was shown last; undefined before it begins, and where nobody wrote that down. */
  readonly host?: Host | undefined;
  /** Everywhere it was shown, in order; undefined where that is not known from its beginning on. */
  readonly hosts?: readonly Host[] | undefined;
  /** Whether the candidate agreed to be looked at; undefined until asked. */
  readonly consent?: boolean;
  readonly failedCaptures: number;
  readonly lastCapture?: JudgedCapture;
  /** What proctors gave besides. */
  readonly extraMs: number;
  readonly clock: ExamClock;
  readonly answers: ReadonlyMap<ItemId, Answer>;
  readonly flags: ReadonlySet<ItemId>;
  /** In practice: items whose answer was told. */
  readonly checked: ReadonlySet<ItemId>;
  readonly incidents: readonly IncidentEntry[];
  /** Of those incidents that have any. */
  readonly evidence: ReadonlyMap<IncidentId, Evidence>;
  /** Pictures that are kept of it. */
  readonly pictures: ReadonlyMap<PictureOf, Sha256>;
  /** What proctors made of them. */
  readonly verdicts: ReadonlyMap<IncidentId, Verdict>;
  /** What proctors did, in order. */
  readonly decisions: readonly DecisionEntry[];
  /** What was asked for by name and is done. */
  readonly acts: ReadonlySet<ActId>;
  /** How it came about: what speaks for its pictures and its times. */
  readonly background: Background;
};

/** From the unlocking on. */
type Begun = {
  readonly identity: Identity;
  readonly form: DrawnForm;
  readonly durationMs: number;
  readonly startedAt: Instant;
};
type Ended = Begun & { readonly submittedAt: Instant; readonly submitCause: SubmitCause };
type Marked = Ended & { readonly result: { readonly marks: number; readonly passed: boolean } };

/** What it is at, and what it therefore has. */
type Staged =
  | { readonly stage: 'consenting' | 'capturing' }
  | { readonly stage: 'refused'; readonly refusal: ReasonCode }
  | { readonly stage: 'awaiting-unlock'; readonly identity: Identity }
  | (Begun & { readonly stage: 'in-progress' })
  | (Begun & { readonly stage: 'paused' | 'locked'; readonly pauseReason: ReasonCode })
  | (Ended & { readonly stage: 'submitted' })
  | (Marked & { readonly stage: 'graded' })
  | (Marked & { readonly stage: 'recorded'; readonly recordHash: Sha256 })
  /** The candidate left before the exam, */
  | { readonly stage: 'closed' }
  /** or was moved to another station during it. */
  | (Begun & { readonly stage: 'closed' });

type KeysOf<T> = T extends unknown ? keyof T : never;
/** What another stage has is known to be missing, so that it can be asked for. */
type Exact<T, All = T> = T extends unknown ? T & { readonly [K in Exclude<KeysOf<All>, keyof T>]?: undefined } : never;

export type Sitting = Common & Exact<Staged>;

export type SittingEntry = Entry<SittingEvent>;

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

function open(entry: SittingEntry, event: Extract<SittingEvent, { type: 'opened' }>): Sitting {
  const { tenantId, candidateId, exam, identifiedBy, grant, continues, arrangements, before, seated } = event;
  const { act, ...seatedBy } = seated ?? {};
  return {
    id: entry.sitting as SittingId,
    tenantId,
    candidateId,
    exam,
    identifiedBy,
    ...(grant ? { grant } : {}),
    ...(arrangements ? { arrangements } : {}),
    hosts: [],
    stage: 'consenting',
    failedCaptures: 0,
    extraMs: 0,
    clock: { activeMs: 0, runningSince: null },
    answers: new Map(),
    flags: new Set(),
    checked: new Set(),
    incidents: [],
    evidence: new Map(),
    verdicts: new Map(),
    pictures: new Map(),
    ...(continues ? carriedOver(continues) : {}),
    ...(exam.course ? studiedBefore(exam.course, before) : {}),
    decisions: [
      ...(continues?.decisions ?? []),
      ...(seated ? [{ ...(seatedBy as typeof seated), action: 'seated' as const, at: entry.at }] : []),
    ],
    acts: new Set(act ? [act] : []),
    background: openBackground(entry, continues),
  };
}

/** What was answered rightly in an earlier sitting is answered, and was told then. */
function studiedBefore(course: Course, before: Before | undefined) {
  const answers = before?.answers ?? [];
  return {
    ...(before ? { before } : {}),
    learning: openLearning(course, before),
    answers: new Map(answers.map(({ itemId, ...given }) => [itemId, answerOf({ ...given, revision: 1 })])),
    checked: new Set(answers.map(({ itemId }) => itemId)),
  };
}

/** What a sitting brings along: all but who sits there, which is found out again. */
function carriedOver(continues: Continued) {
  const { extraMs, activeMs, answers, flags, incidents, verdicts, hosts } = continues;
  return {
    continues,
    hosts,
    extraMs,
    clock: { activeMs, runningSince: null },
    answers: new Map(answers.map(({ itemId, ...answer }) => [itemId, answerOf(answer)])),
    flags: new Set(flags),
    incidents,
    verdicts: new Map(verdicts.map(({ incidentId, verdict }) => [incidentId, verdict])),
  };
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
      | ('captured' | 'answered' | 'checked' | 'studied' | 'flagged' | 'noted' | 'hosted' | 'clock-set' | 'time-told')
      | ('incident' | 'kept' | 'erased' | 'extended' | 'reviewed');
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

const answerOf = ({ chosen, typed, revision }: Omit<Continued['answers'][number], 'itemId'>): Answer => ({
  chosen,
  ...(typed === undefined ? {} : { typed }),
  revision,
});

/** Whatever a proctor caused carries the proctor's id: that is what the record says of it. */
function decisionOf({ event, at }: SittingEntry): DecisionEntry | undefined {
  if (!('by' in event) || !event.by || event.by === 'candidate' || event.by === 'match') return undefined;
  const note = 'note' in event && event.note !== undefined ? { note: event.note } : {};
  const second = 'second' in event && event.second !== undefined ? { second: event.second } : {};
  const via = 'via' in event && event.via !== undefined ? { via: event.via } : {};
  return { action: event.type, by: event.by, at, ...note, ...second, ...via, ...aboutWhat(event) };
}

/** What of a decision is more than who and why. */
function aboutWhat(event: SittingEvent): Pick<DecisionEntry, 'compared' | 'ms' | 'incidentId' | 'verdict'> {
  switch (event.type) {
    case 'overridden':
      return event.compared ? { compared: event.compared } : {};
    case 'extended':
      return { ms: event.ms };
    case 'reviewed':
      return { incidentId: event.incidentId, verdict: event.verdict };
    default:
      return {};
  }
}

function verifiedBy(capture: JudgedCapture | undefined): Identity {
  const { similarity = 0, live = 0, calibration = '' } = capture ?? {};
  return { how: 'verified', similarity, live, calibration };
}

function tick({ clock }: Sitting, stage: SittingStage, { boot, monotonic, event }: SittingEntry): ExamClock {
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

/** The firm of whoever sits here, where it uses this station by a grant; nothing where it is the firm whose station it is. */
export const guestOf = (
  sitting: { readonly tenantId: TenantId; readonly grant?: GrantId | undefined } | undefined,
): TenantId | undefined => (sitting?.grant ? sitting.tenantId : undefined);

/** Whether an exam has begun and is not over: it may stand still. */
export const isUnderWay = ({ stage }: Sitting): boolean =>
  stage === 'in-progress' || stage === 'paused' || stage === 'locked';

export const remainingMs = (sitting: Sitting, boot: string, monotonic: number): number =>
  Math.max(0, (sitting.durationMs ?? 0) + sitting.extraMs - activeMs(sitting.clock, boot, monotonic));
