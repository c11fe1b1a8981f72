import type { Logger } from 'pino';
import type { Host } from '../../contract/words/hosts.ts';
import type { Instant } from '../../contract/words/ids.ts';
import type { Check } from '../../contract/words/readiness.ts';
import { type Calibration, type FaceModels, modelStatus } from '../../native/face/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { Clock } from '../core/clock/index.ts';
import type { Database } from '../core/database/index.ts';
import type { LedgerState } from '../core/ledger/index.ts';
import type { BankStore } from '../keep/banks/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { LogFacts } from '../keep/log-heads/index.ts';
import type { ResultFacts } from '../keep/outbox/index.ts';
import type { Proctors } from '../keep/proctors/index.ts';
import type { Roster } from '../keep/roster/index.ts';
import type { KnownFacts } from '../readiness/index.ts';
import {
  frameCost,
  knownOf,
  type Measuring,
  measureCamera,
  measureDisk,
  openReadiness,
  type StationReadiness,
} from '../readiness/index.ts';
import type { Camera, Devices } from '../watch/index.ts';
import type { Eyes } from './eyes.ts';

export type WatchParts = {
  readonly data: string;
  readonly database: Database;
  readonly identity: StationIdentity;
  readonly roster: Roster;
  readonly banks: BankStore;
  readonly clock: Clock;
  readonly devices: Devices;
  readonly camera: Camera;
  readonly models: FaceModels;
  readonly eyes: Eyes;
  readonly calibration: Calibration;
  readonly provision: () => KnownFacts['provision'];
  readonly line: () => KnownFacts['line'];
  readonly key: KnownFacts['key'];
  readonly host: Host;
  readonly recordedFeeds: boolean;
  readonly results: () => ResultFacts;
  readonly logFacts: () => LogFacts;
  readonly proctors: Pick<Proctors, 'locked'>;
  readonly clockAheadMs: () => number | undefined;
  readonly centerSaid: () => Instant | undefined;
  readonly ledger: () => LedgerState;
  readonly quiet: () => boolean;
  readonly onChange: () => void;
  readonly log: Logger;
};

/** The readiness of a station that runs: what its parts know, and what it measures with them. */
export function watchReadiness(parts: WatchParts): StationReadiness {
  const { data, identity, devices, camera, eyes, log } = parts;
  const known = (checks: readonly Check[] | undefined): KnownFacts => ({
    ...knownOf({
      ...parts,
      enrolment: identity.enrolment,
      revocation: identity.revoked.said,
      publicKey: identity.signer.publicKey,
      now: parts.clock.wall(),
    }),
    provision: parts.provision(),
    line: parts.line(),
    key: parts.key,
    clockAheadMs: parts.clockAheadMs(),
    centerSaid: parts.centerSaid(),
    ledger: parts.ledger(),
    results: parts.results(),
    log: parts.logFacts(),
    lockedPins: parts.proctors.locked,
    center: devices.center,
    camera: { device: devices.camera, recorded: parts.recordedFeeds },
    reader: devices.reader,
    faces: devices.faces,
    thresholds: parts.calibration,
    shell: parts.host === 'browser' ? { kind: 'browser' } : { kind: 'kiosk', ...(checks ? { checks } : {}) },
    versions: { program: packageJson.version, node: process.versions.node, models: parts.models.profile.id },
  });
  const disk: Measuring = async (thoroughly) => ({ disk: await measureDisk(data, thoroughly) });
  const models: Measuring = async (thoroughly) => (thoroughly ? { models: modelStatus(parts.models) } : {});
  const faces: Measuring = async (thoroughly, signal) => {
    const engine = thoroughly ? await eyes.loaded : undefined;
    return engine && !signal.aborted ? { frameMs: frameCost(await engine.rehearse()) } : {};
  };
  const pictures: Measuring = async (_, signal) => {
    if (devices.camera.state !== 'ready') return {};
    const seen = await measureCamera(camera, signal);
    return seen ? { camera: seen } : {};
  };
  const measure = [disk, pictures, models, faces];
  return openReadiness({ known, measure, quiet: parts.quiet, onChange: parts.onChange, log });
}
