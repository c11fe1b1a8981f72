import type { Logger } from 'pino';
import type { Mail } from '../../contract/station-center/center-api.ts';
import type { DeviceState } from '../../contract/words/device-state.ts';
import type { Host } from '../../contract/words/hosts.ts';
import type { SittingId, StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import type { Door } from '../../native/door/index.ts';
import type { FaceEngine, Thresholds } from '../../native/face/index.ts';
import type { Clock } from '../core/clock/index.ts';
import type { Ledger } from '../core/ledger/index.ts';
import type { Seat, Sitting, SittingEvent } from '../core/sitting/index.ts';
import type { BankStore } from '../keep/banks/index.ts';
import type { Commands } from '../keep/commands/index.ts';
import type { EvidenceStore } from '../keep/evidence/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { MistakeBook } from '../keep/mistakes/index.ts';
import type { Arrivals, Claims, Departures } from '../keep/moves/index.ts';
import type { Outbox } from '../keep/outbox/index.ts';
import type { FormDesk } from '../keep/papers/index.ts';
import type { Passes } from '../keep/passes/index.ts';
import type { Proctors, SessionCodes } from '../keep/proctors/index.ts';
import type { Roster } from '../keep/roster/index.ts';
import type { ProvisionDesk } from '../provision/index.ts';
import type { ReadinessDesk } from '../readiness/index.ts';
import type { Camera } from '../watch/camera/index.ts';
import type { Surroundings } from '../watch/surroundings.ts';

export type Devices = { camera: DeviceState; reader: DeviceState; faces: DeviceState };

/** What a terminal is put together from. */
export type TerminalParts = {
  readonly name: string;
  /** Where it is shown. */
  readonly host: Host;
  /** Ends the kiosk; there is nothing to end elsewhere. */
  readonly leaveKiosk?: (() => void) | undefined;
  readonly version: string;
  readonly clock: Clock;
  readonly ledger: Ledger<SittingEvent>;
  readonly seat: Seat;
  readonly roster: Roster;
  readonly banks: BankStore;
  readonly forms: FormDesk;
  readonly mistakes: MistakeBook;
  readonly evidence: EvidenceStore;
  readonly passes: Passes;
  readonly arrivals: Arrivals;
  readonly departures: Departures;
  readonly claims: Claims;
  /** Tells the center that a sitting is about to go on here. @returns the station that said so first @throws where nobody answers */
  readonly claim: (sitting: SittingId) => Promise<StationId>;
  /** What the center said last of exams that were moved. */
  readonly elsewhere: { readonly list: Mail['moves'] };
  /** Of a gate; most stations have none. */
  readonly door?: Door | undefined;
  readonly surroundings: Surroundings;
  readonly proctors: Proctors;
  readonly codes: SessionCodes;
  readonly commands: Commands;
  readonly outbox: Outbox;
  readonly identity: StationIdentity;
  readonly camera: Camera;
  readonly engine: FaceEngine | undefined;
  readonly thresholds: Thresholds;
  readonly calibration: string;
  /** Id of the model manifest. */
  readonly models: string;
  /** Recordings are taken for a camera here, and nobody is told: a demonstration or a test. */
  readonly recordedFeeds?: boolean;
  /** Where this station stands in its room. */
  readonly place?: SeatLabel | undefined;
  /** The only cameras that are taken, by name; any where this is missing. */
  readonly cameras?: readonly string[] | undefined;
  readonly devices: Devices;
  readonly readiness: ReadinessDesk;
  /** Where this terminal can be set up on its screen. */
  readonly provisioning?: ProvisionDesk | undefined;
  readonly centerState: () => DeviceState;
  /** Something is ready to go up. */
  readonly onRecord: () => void;
  readonly log: Logger;
};

/** Whoever sits here. @throws Refusal `not-allowed-now` where nobody does */
export function taken({ seat }: TerminalParts): Sitting {
  if (!seat.current) throw new Refusal('not-allowed-now', 'nobody sits here');
  return seat.current;
}
