import type { DrawnForm } from '../../../authoring/drawing/index.ts';
import type { DecisionEntry, IdentifiedBy, Identity, IncidentEntry, Verdict } from '../../../contract/records/index.ts';
import type { Arrangements } from '../../../contract/words/arrangements.ts';
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
import type { PictureOf } from '../../../contract/words/picture-of.ts';
import type { ReasonCode } from '../../../contract/words/reasons.ts';
import type { Entry } from '../ledger/index.ts';
import type { Background } from './background.ts';
import type { Before, Continued, JudgedCapture, SittingEvent, SubmitCause } from './events.ts';
import type { Learning } from './learning.ts';

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
export type Common = {
  readonly id: SittingId;
  readonly tenantId: TenantId;
  readonly candidateId: CandidateId;
  readonly exam: Exam;
  readonly identifiedBy: IdentifiedBy;
  /** Of which document the number is by which they are on the roster; nothing of a visitor, or where nobody wrote it down. */
  readonly document?: string;
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
export type Begun = {
  readonly identity: Identity;
  readonly form: DrawnForm;
  readonly durationMs: number;
  readonly startedAt: Instant;
};
export type Ended = Begun & { readonly submittedAt: Instant; readonly submitCause: SubmitCause };
export type Marked = Ended & { readonly result: { readonly marks: number; readonly passed: boolean } };

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

/** The firm of whoever sits here, where it uses this station by a grant; nothing where it is the firm whose station it is. */
export const guestOf = (
  sitting: { readonly tenantId: TenantId; readonly grant?: GrantId | undefined } | undefined,
): TenantId | undefined => (sitting?.grant ? sitting.tenantId : undefined);

/** Whether an exam has begun and is not over: it may stand still. */
export const isUnderWay = ({ stage }: Sitting): boolean =>
  stage === 'in-progress' || stage === 'paused' || stage === 'locked';

/** Whether whoever sits here is still to begin, or was refused it. */
export const isBeforeBeginning = ({ stage }: Sitting): boolean =>
  stage === 'consenting' || stage === 'capturing' || stage === 'refused' || stage === 'awaiting-unlock';
