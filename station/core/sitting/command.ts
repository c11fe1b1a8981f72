import type { DrawnForm } from '../../../authoring/drawing/index.ts';
import type { ComparedField, Verdict, Via } from '../../../contract/records/index.ts';
import type { Evidence } from '../../../contract/words/evidence.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import type { Given } from '../../../contract/words/form.ts';
import type { Host } from '../../../contract/words/hosts.ts';
import type {
  ActId,
  IncidentId,
  Instant,
  ItemId,
  LessonId,
  PackageOpeningId,
  ProctorId,
  Sha256,
  StationId,
} from '../../../contract/words/ids.ts';
import type { Locale } from '../../../contract/words/localized.ts';
import type { PictureOf } from '../../../contract/words/picture-of.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import type { PackageSaid } from '../../../contract/words/scorm.ts';
import type { JudgedCapture, Jump, SubmitCause } from './events.ts';

/** What somebody, or the station itself, wants to happen in a sitting. */
export type Command =
  | { readonly kind: 'consent'; readonly given: boolean; readonly locale: Locale }
  | {
      readonly kind: 'judge';
      readonly capture: JudgedCapture;
      readonly incidentId: IncidentId;
      readonly evidence?: Evidence;
      /** At check-in: what a proctor is told of, and nobody is kept by. */
      readonly doubts?: readonly { readonly id: IncidentId; readonly reason: Reason }[];
    }
  | { readonly kind: 'refuse'; readonly reason: Reason }
  | ({ readonly kind: 'override'; readonly note: string; readonly compared?: readonly ComparedField[] } & Proctored)
  | {
      readonly kind: 'unlock';
      readonly by: ProctorId | 'candidate';
      readonly note?: string | undefined;
      readonly via?: Via | undefined;
      readonly act?: ActId | undefined;
      readonly form: DrawnForm;
      readonly durationMs: number;
      /** Where it is shown. */
      readonly host: Host;
      /** In practice of a part. */
      readonly exam?: Exam;
      /** The newest time signed by the center that was seen, or that there is none. */
      readonly lower?: Instant | null;
      /** How the wall clock was set since the center was heard last. */
      readonly jumps?: readonly Jump[];
      /** Whether the center granted it, or could not be asked. */
      readonly claim?: 'granted' | 'unasked' | undefined;
    }
  | (Given & { readonly kind: 'answer'; readonly itemId: ItemId; readonly revision: number })
  | { readonly kind: 'check'; readonly itemId: ItemId }
  | { readonly kind: 'study'; readonly lessonId: LessonId; readonly ms: number; readonly position: number }
  | {
      readonly kind: 'hear-package';
      readonly lessonId: LessonId;
      readonly opening: PackageOpeningId;
      readonly said: PackageSaid;
    }
  | { readonly kind: 'flag'; readonly itemId: ItemId; readonly flagged: boolean }
  | {
      readonly kind: 'interrupt';
      readonly reason: Reason;
      readonly incidentId: IncidentId;
      readonly ranOnMs?: number;
      /** Where the exam's policy says so; else until the face is back, or whom the camera cannot know, until a proctor. */
      readonly until?: 'match' | 'proctor';
      readonly evidence?: Evidence;
    }
  /** The wall clock was set by so much. */
  | { readonly kind: 'clock'; readonly ms: number }
  /** The center said what time it is. */
  | { readonly kind: 'time'; readonly token: string }
  /** Taken up after a restart, it is shown on another host. */
  | { readonly kind: 'host'; readonly host: Host; readonly incidentId: IncidentId }
  /** Something a proctor should know that stops nothing. */
  | {
      readonly kind: 'note';
      readonly reason: Reason;
      readonly incidentId: IncidentId;
      readonly evidence?: Evidence;
      /** Only written down. */
      readonly quiet?: boolean;
    }
  | ({ readonly kind: 'pause' } & Proctored)
  | ({ readonly kind: 'resume' } & Proctored)
  /** More time for this candidate. */
  | ({ readonly kind: 'extend'; readonly ms: number } & Proctored)
  /** The sitting goes on at another station. */
  | ({ readonly kind: 'move'; readonly to: StationId; readonly note: string } & Proctored)
  /** What a proctor thinks of an incident. */
  | ({ readonly kind: 'review'; readonly incidentId: IncidentId; readonly verdict: Verdict } & Proctored)
  | ({ readonly kind: 'submit'; readonly cause: SubmitCause } & Partial<Proctored>)
  /** A picture of this moment is kept. */
  | { readonly kind: 'keep'; readonly of: PictureOf; readonly picture: Sha256 }
  | { readonly kind: 'grade'; readonly marks: number; readonly passed: boolean }
  | { readonly kind: 'record'; readonly recordHash: Sha256 }
  /** A face of its check-in is compared with too from now on. */
  | {
      readonly kind: 'add-template';
      readonly template: Sha256;
      readonly model: string;
      readonly similarity: number;
      readonly until: Instant;
    }
  /** Verified, but not seen since: the camera looks once more before anybody unlocks. */
  | { readonly kind: 'look-again' }
  | ({ readonly kind: 'close'; readonly reason: Reason } & Partial<Proctored>);

/** By whom, why in words, and who else agreed where the exam asks for two. */
export type Proctored = {
  readonly by: ProctorId;
  readonly note?: string | undefined;
  readonly second?: ProctorId | undefined;
  /** How the word came, where nobody stood here. */
  readonly via?: Via | undefined;
  /** Of what somebody asked for, so that asking again changes nothing. */
  readonly act?: ActId | undefined;
};
