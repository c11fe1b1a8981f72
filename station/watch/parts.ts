import type { Logger } from 'pino';
import type { FaceEngine, Thresholds } from '../../native/face/index.ts';
import type { Clock } from '../core/clock/index.ts';
import type { CurrentSitting } from '../core/sitting/index.ts';
import type { EvidenceStore } from '../keep/evidence/index.ts';
import type { Roster } from '../keep/roster/index.ts';
import type { Camera } from './camera/index.ts';
import type { Devices } from './devices.ts';
import type { Machine } from './machine.ts';
import type { Snapshots } from './snapshots.ts';

/** What a capture is judged by, and what the judging is called in the ledger. */
export type Judging = {
  readonly thresholds: Thresholds;
  readonly calibration: string;
  /** Id of the model manifest. */
  readonly models: string;
};

/** What somebody is watched with. */
export type Watching = Judging & {
  readonly seat: CurrentSitting;
  readonly roster: Roster;
  readonly clock: Clock;
  readonly camera: Camera;
  readonly devices: Devices;
  /** What the newest look showed. */
  readonly snapshots: Snapshots;
  /** None where there are no weights. */
  readonly engine: FaceEngine | undefined;
  /** What the machine says of its cameras; where it is not asked, the page is believed. */
  readonly machine?: Pick<Machine, 'cameras'>;
  /** Recordings are taken for a camera here, and nobody is told: a demonstration or a test. */
  readonly recordedFeeds?: boolean;
  readonly log: Logger;
};

/** What pictures are kept with. */
export type KeepingEvidence = Pick<Watching, 'seat' | 'camera' | 'clock' | 'log'> & {
  readonly evidence: EvidenceStore;
};
