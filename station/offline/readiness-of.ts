import { existsSync } from 'node:fs';
import type { Revocation } from '../../contract/records/revocations.ts';
import type { EnrolReply } from '../../contract/station-center/center-api.ts';
import type { DeviceState } from '../../contract/words/device-state.ts';
import type { Readiness } from '../../contract/words/readiness.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { findReaderPort } from '../../native/card/index.ts';
import { type FaceModels, modelStatus, openFaceEngine, readCalibration } from '../../native/face/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { wayTo } from '../../proof/center-line/index.ts';
import { systemClock } from '../core/clock/index.ts';
import { type DataFolder, isDataFolder, keyIn, openDataFolder, stationRunsOn } from '../core/data-folder/index.ts';
import { type Database, mustBeWhole } from '../core/database/index.ts';
import { openVault } from '../core/vault/index.ts';
import { openBankStore } from '../keep/banks/index.ts';
import { readCenterTime } from '../keep/center-time/index.ts';
import { readEnrolment, readRevocation } from '../keep/identity/index.ts';
import { logFactsIn } from '../keep/log-heads/index.ts';
import { resultsIn } from '../keep/outbox/index.ts';
import { openRoster } from '../keep/roster/index.ts';
import { readTerminal } from '../provision/index.ts';
import { frameCost, judgeAll, type KnownFacts, knownOf, type MeasuredFacts, measureDisk } from '../readiness/index.ts';

export type OutsideLook = {
  readonly data: string;
  readonly models: FaceModels;
  /** The thresholds of this site, where it has its own. */
  readonly calibration: string | undefined;
  /** Where the card reader is said to be. */
  readonly reader: string | undefined;
  /** Whether a kiosk is installed here, which keeps the key in the key store of the operating system. */
  readonly kiosk: boolean;
};

export type Outside = {
  readonly readiness: Readiness;
  /** A station runs on the folder: nothing was measured that would disturb it. */
  readonly running: boolean;
};

/**
 * The readiness of the station in a data folder, from outside. Only read, whether it runs or not; what only a running station
 * can measure is said to be seen on its own screen.
 */
export async function readinessOf(look: OutsideLook): Promise<Outside> {
  const running = stationRunsOn(look.data);
  const [known, measured] = [await knownFrom(look, running), await measuredFrom(look, running)];
  const faces: DeviceState = measured.failed ? { state: 'failed', reason: measured.failed } : { state: 'ready' };
  return { readiness: judgeAll({ known: { ...known, faces }, measured: measured.facts }), running };
}

type Kept = Pick<
  KnownFacts,
  'provision' | 'line' | 'now' | 'enrolment' | 'exams' | 'recoveryLiesOpen' | 'database' | 'results' | 'log'
> &
  Pick<KnownFacts, 'centerSaid' | 'ledger'>;

async function knownFrom(look: OutsideLook, running: boolean): Promise<Omit<KnownFacts, 'faces'>> {
  const { data, reader, kiosk } = look;
  const path = await findReaderPort(reader);
  const isThere = path !== undefined && (!path.startsWith('/') || existsSync(path));
  return {
    ...keptIn(data, running),
    key: keyOf(data, kiosk),
    clockAheadMs: 'own-screen',
    center: 'own-screen',
    camera: 'own-screen',
    reader: isThere ? { state: 'ready', label: path } : { state: 'failed', reason: 'reader-missing' },
    thresholds: thresholds(look),
    shell: kiosk ? 'own-screen' : { kind: 'browser' },
    versions: { program: packageJson.version, node: process.versions.node, models: look.models.profile.id },
  };
}

function keptIn(data: string, running: boolean): Kept {
  const now = systemClock().wall();
  const provision = writtenIn(data);
  const none: Kept = {
    provision,
    line: lineIn(data),
    now,
    enrolment: undefined,
    exams: undefined,
    recoveryLiesOpen: false,
    database: 'none',
    results: undefined,
    centerSaid: undefined,
    ledger: undefined,
  };
  if (!isDataFolder(data)) return none;
  let folder: DataFolder | undefined;
  try {
    folder = openDataFolder(data, 'only-look');
    const { database } = folder;
    // A station that runs has looked it through when it was started.
    if (!running) mustBeWhole(database);
    const enrolment = readEnrolment(database);
    const revocation = revocationIn(database);
    const known = knownOf({ ...{ data, database, now, enrolment, revocation }, ...unsealed(data, database) });
    const [results, log] = [resultsIn(database), logFactsIn(database)];
    return {
      ...known,
      line: none.line,
      ...chained(folder),
      results,
      log,
      provision: enrolment ? enrolledAs(provision, enrolment) : provision,
    };
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'data-damaged') return { ...none, database: 'damaged' };
    throw error;
  } finally {
    folder?.[Symbol.dispose]();
  }
}

/** An older program kept none, and nothing may be changed in its tables now. */
function revocationIn(database: DataFolder['database']): Revocation | undefined {
  try {
    return readRevocation(database);
  } catch {
    return undefined;
  }
}

/** Nothing where an older program wrote the tables and nothing may be changed in them now. */
function chained(folder: DataFolder): Pick<KnownFacts, 'centerSaid' | 'ledger'> {
  try {
    const { ledger, database } = folder;
    const broken = ledger.firstBroken();
    const lines = ledger.head().sequence;
    return { centerSaid: readCenterTime(database), ledger: { lines, ...(broken === undefined ? {} : { broken }) } };
  } catch {
    return { centerSaid: undefined, ledger: undefined };
  }
}

/** As far as it is written down; what variables say, only the station that was started with them knows. */
function writtenIn(data: string): KnownFacts['provision'] {
  try {
    const written = readTerminal(data);
    return written
      ? { name: written.name, room: written.room, pinned: written.centerKey, enrolledWith: undefined }
      : 'missing';
  } catch {
    return 'unreadable';
  }
}

function lineIn(data: string): KnownFacts['line'] {
  try {
    const written = readTerminal(data);
    return written && { way: wayTo(written.center), allowed: written.plainHttp ?? false };
  } catch {
    return undefined;
  }
}

function enrolledAs(written: KnownFacts['provision'], { centerKey }: EnrolReply): KnownFacts['provision'] {
  if (written === 'missing') return 'own-screen';
  return typeof written === 'string' ? written : { ...written, enrolledWith: centerKey };
}

/** What a key file opens. Where the key lies elsewhere, or an older program wrote the tables, the roster stays sealed. */
function unsealed(data: string, database: Database) {
  const key = keyIn(data);
  try {
    const vault = key && openVault(key);
    if (vault) return { roster: openRoster(database, vault), banks: openBankStore(database, vault) };
  } catch {
    // The next start brings the tables up to date; here nothing may be changed.
  }
  return { roster: undefined, banks: undefined };
}

function keyOf(data: string, kiosk: boolean): KnownFacts['key'] {
  if (keyIn(data)) return 'file';
  if (kiosk) return 'elsewhere';
  return isDataFolder(data) ? 'missing' : 'file';
}

function thresholds({ models, calibration }: OutsideLook): KnownFacts['thresholds'] {
  try {
    return readCalibration(models, calibration);
  } catch {
    return 'unusable';
  }
}

type Measured = { readonly facts: MeasuredFacts; readonly failed?: Exclude<DeviceState['reason'], undefined> };

/** Nothing is written beside a station that runs, and no network is run while somebody may sit an exam there. */
async function measuredFrom({ data, models: wanted }: OutsideLook, running: boolean): Promise<Measured> {
  const models = modelStatus(wanted);
  const wrong = models.find(({ state }) => state !== 'ok');
  if (running) return { facts: { models } };
  const disk = existsSync(data) ? { disk: await measureDisk(data, true) } : {};
  if (wrong && wrong.state !== 'ok') return { facts: { models, ...disk }, failed: wrong.state };
  try {
    const engine = await openFaceEngine(wanted);
    const costs = await engine.rehearse().finally(() => engine.close());
    return { facts: { models, ...disk, frameMs: frameCost(costs) } };
  } catch {
    return { facts: { models, ...disk }, failed: 'models-failed' };
  }
}
