import type { Revocation } from '../../contract/records/revocations.ts';
import type { DeviceState } from '../../contract/words/device-state.ts';
import type { Instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import type { Check } from '../../contract/words/readiness.ts';
import type { Calibration, ModelStatus } from '../../native/face/index.ts';
import type { Vouched, Way } from '../../proof/center-line/index.ts';
import type { LedgerState } from '../core/ledger/index.ts';
import type { LogFacts } from '../keep/log-heads/index.ts';
import type { ResultFacts } from '../keep/outbox/index.ts';
import type { CameraMeasure } from './measure-camera.ts';
import type { DiskMeasure } from './measure-disk.ts';

/** Who this station is to its center, and whether the center's key vouches for that. */
export type EnrolmentFacts = {
  readonly station: string;
  readonly tenant: string;
  readonly vouched: boolean;
  /** What the center said when it ended this station. */
  readonly revoked?: Revocation | undefined;
};

/** What was said of this terminal, and which center enrolled it. */
export type ProvisionFacts = {
  readonly name: string;
  readonly room: string | undefined;
  /** The center's key as it was given; nothing where whoever answered first was believed. */
  readonly pinned: PublicKey | undefined;
  readonly enrolledWith: PublicKey | undefined;
};

/** How what is said reaches the center. */
export type LineFacts = {
  readonly way: Way;
  /** Who vouches for the certificate; nothing before the first connection, or where it cannot be told from here. */
  readonly vouched?: Vouched | undefined;
  /** Whether it was said that it may be plain. */
  readonly allowed: boolean;
};

export type ExamFacts = {
  readonly issuedAt: Instant;
  readonly exams: number;
  /** How many banks the exams name, and how many of those are here. */
  readonly banks: number;
  readonly here: number;
  readonly proctors: number;
};

/** Whoever looks from outside cannot know it: the station's own screen says it. */
export type OwnScreen = 'own-screen';

/** What costs nothing to know: it is asked again whenever somebody looks. */
export type KnownFacts = {
  readonly now: Instant;
  readonly provision: ProvisionFacts | 'missing' | 'unreadable' | OwnScreen;
  readonly enrolment: EnrolmentFacts | undefined;
  /** Nothing where nobody said where the center is, or it cannot be told from here. */
  readonly line?: LineFacts | undefined;
  /** `sealed` where whoever asks has no key to read it with. */
  readonly exams: ExamFacts | 'sealed' | undefined;
  readonly key: 'key-store' | 'file' | 'missing' | 'elsewhere';
  readonly recoveryLiesOpen: boolean;
  /** With which proctors' numbers too many wrong PINs were typed, `*` without one; nothing where it cannot be told from here. */
  readonly lockedPins?: readonly string[] | undefined;
  /** Steps of its schema; it was looked through when the station was started. */
  readonly database: { readonly steps: number } | 'damaged' | 'none';
  /** The station's clock ahead of the center's; nothing where the center was never heard. */
  readonly clockAheadMs: number | undefined | OwnScreen;
  /** The newest time that the center has signed. */
  readonly centerSaid: Instant | undefined;
  /** Nothing where there is none, or it cannot be read from here. */
  readonly ledger: LedgerState | undefined;
  readonly center: DeviceState | OwnScreen;
  /** Nothing where they cannot be told from here. */
  readonly results: ResultFacts | undefined;
  /** The center's log; nothing where it cannot be told from here. */
  readonly log?: LogFacts | undefined;
  readonly camera: { readonly device: DeviceState; readonly recorded: boolean } | OwnScreen;
  readonly reader: DeviceState;
  readonly faces: DeviceState;
  readonly thresholds: Calibration | 'unusable';
  readonly shell:
    | { readonly kind: 'browser' }
    | { readonly kind: 'kiosk'; readonly checks?: readonly Check[] }
    | OwnScreen;
  readonly versions: { readonly program: string; readonly node: string; readonly models: string };
};

/** What takes a moment to find out: the newest measure of each. */
export type MeasuredFacts = {
  readonly disk?: DiskMeasure;
  readonly camera?: CameraMeasure;
  readonly models?: readonly ModelStatus[];
  /** What one picture at check-in costs this machine, in milliseconds. */
  readonly frameMs?: number;
};

export type Facts = { readonly known: KnownFacts; readonly measured: MeasuredFacts };
