import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { openSolver } from '../../authoring/drawing/index.ts';
import type { DisplaySeen } from '../../contract/page/provision.ts';
import type { StationView } from '../../contract/page/view.ts';
import { inShort } from '../../contract/shell/kiosk-messages.ts';
import type { Having, SettingValue } from '../../contract/shell/settings.ts';
import type { Host } from '../../contract/words/hosts.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { LOOK_EVERY_MS, machineCameras } from '../../native/camera/index.ts';
import { openRelay } from '../../native/door/index.ts';
import { faceModels, readCalibration } from '../../native/face/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { type CenterKeys, keysNow } from '../../proof/index.ts';
import { looksLikeRescue } from '../../proof/sealed/index.ts';
import {
  installedInWords,
  installPackage,
  openCenterClient,
  openEvidencePost,
  openInbox,
  openLogClient,
  startCourier,
  startLogWatch,
  startMediaRounds,
} from '../center-link/index.ts';
import type { Clock } from '../core/clock/index.ts';
import { makeDataFolder } from '../core/data-folder/index.ts';
import { openLedgerCheck } from '../core/ledger/index.ts';
import { openSignal } from '../core/signal/index.ts';
import {
  type CurrentSitting,
  guestOf,
  isBeforeBeginning,
  isUnderWay,
  openCurrentSitting,
  openPulse,
  type Sitting,
} from '../core/sitting/index.ts';
import { logFactsOf } from '../keep/log-heads/index.ts';
import { arrivedInWords } from '../keep/moves/index.ts';
import type { KnownMoves } from '../moving/index.ts';
import { openPageLine, openReceiptCodes } from '../page/index.ts';
import { forgetCode } from '../provision/index.ts';
import { keepChecking, type StationReadiness } from '../readiness/index.ts';
import { openVisitorEnrolment } from '../steps/index.ts';
import { openCamera, openDevices, openSnapshots, openSurroundings, watchMachine } from '../watch/index.ts';
import { openCardReader } from './card-reader.ts';
import { openEyes } from './eyes.ts';
import { forgetGuests, heardUnder, reportOf } from './guests.ts';
import { type Kept, openKept } from './kept.ts';
import { openLines } from './lines.ts';
import { startRounds } from './rounds.ts';
import { openSetUp, openSharedRecovery, provisionFacts } from './set-up.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { watchReadiness } from './watch-readiness.ts';

/** A reader or a center that has not answered by then is found later. */
const KNOWN_WITHIN_MS = 2_000;

/** Settings that a station is wired with, as whoever starts it was told them. */
type Told = Exclude<Having<'start'>, 'data' | 'vaultKey'> | 'models' | 'faceProfile' | 'calibration';

export type StationConfig = { readonly [N in Told]?: SettingValue<N> | undefined } & {
  /** Folder that holds everything the station keeps. */
  readonly data: string;
  /** Where it is shown. */
  readonly host: Host;
  /** 32 bytes from the operating system's key store; without it a key file in the data folder. */
  readonly vaultKey?: Uint8Array | undefined;
  /** In a kiosk: ends it. */
  readonly leaveKiosk?: (() => void) | undefined;
  /** In a kiosk: ends this run, and another begins. */
  readonly restart?: (() => void) | undefined;
  readonly log: Logger;
};

export type Station = {
  readonly terminal: Terminal;
  /** What is ready and what is missing, the center among it. */
  devices(): StationView['devices'];
  /** Told whether somebody sits an exam, now and whenever that changes. */
  onSitting(listener: (running: boolean) => void): void;
  /** Told whether a result is on the screen, now and whenever that changes. */
  onResult(listener: (shown: boolean) => void): void;
  readonly readiness: StationReadiness;
  /** What courses show, each file called by its hash. */
  readonly mediaFolder: string;
  /** Displays, for whoever sets this terminal up. */
  shellSees(displays: readonly DisplaySeen[]): void;
  close(): Promise<void>;
};

/**
 * Puts the station together, from what it keeps up to what its page shows. What is missing (models, reader, center) leaves it
 * running and says so by reason code.
 * @throws Refusal `station-running`, `key-missing`, `data-damaged`, `calibration-unusable`; `models-missing` where nobody knows the
 * profile
 */
export async function openStation(config: StationConfig): Promise<Station> {
  const { data, host, log, centerUrl, restart } = config;
  const name = config.name ?? hostname();
  const models = faceModels(config);
  const calibration = readCalibration(models, config.calibration);
  if (config.recordedFeeds) log.warn('recordings are taken for a camera: this is no station for exams that count');
  const onFault = (error: unknown): void => log.error({ error: String(error) }, 'what follows from a change');

  const folder = makeDataFolder(data, config.vaultKey);
  const { database, clock, ledger } = folder;
  const recovery = openSharedRecovery(database, data);
  const kept = openKept(folder, recovery, { solver: await openSolver(), seat: config.seat });
  const { identity, roster, banks } = kept;
  readBanksNow(kept);
  noteAssignments(kept);

  const devices = openDevices(onFault);
  const eyes = openEyes(models, devices, log);
  const line = openPageLine();
  const seat = openCurrentSitting(ledger, clock, { pulse: openPulse(database), host, onFault });
  roster.sparing(() => {
    const { current } = seat;
    return current && isUnderWay(current) ? { id: current.candidateId, guest: guestOf(current) } : undefined;
  });
  const surroundings = openSurroundings(seat, host);
  const cameraChanged = (what: string): void =>
    surroundings.observe({ reason: 'camera-changed', what: inShort(what), lastedMs: 0 });
  const camera = openCamera((ticket) => line.push('frame-wanted', { ticket }), cameraChanged);
  const machine = watchMachine(
    { look: machineCameras, everyMs: LOOK_EVERY_MS },
    ({ name }) => cameraChanged(name),
    onFault,
  );
  const judging = { thresholds: calibration, calibration: calibration.id, models: models.profile.id };
  const watching = {
    ...judging,
    snapshots: openSnapshots(),
    seat,
    roster,
    clock,
    camera,
    devices,
    machine,
    engine: eyes.engine,
    log,
  };
  const visitor = openVisitorEnrolment(watching);

  const lines = openLines({ ...config, identity });
  const client = openCenterClient(lines.center, identity, clock, kept.centerTime);
  const ledgerCheck = openLedgerCheck(database, ledger);
  const knownMoves: KnownMoves = { list: [] };
  const [shown, errands] = [openSignal(onFault), openSignal(onFault)];
  devices.onChange(shown.tell);
  const quiet = (): boolean => !seat.current && visitor.step === 'none';
  const busy = (): boolean => seat.current !== undefined;
  const readiness = watchReadiness({
    ...{ data, database, identity, roster, banks, clock, devices, camera, eyes, models, calibration, host, quiet, log },
    provision: () => provisionFacts({ ...config, name }, identity.enrolment?.centerKey),
    line: () => (centerUrl ? lines.facts() : undefined),
    key: config.vaultKey ? 'key-store' : 'file',
    recordedFeeds: config.recordedFeeds ?? false,
    clockAheadMs: () => client.clockAheadMs,
    centerSaid: () => kept.centerTime.newest,
    ledger: () => ledgerCheck.state,
    results: () => kept.outbox.results,
    logFacts: () => logFactsOf(kept.logHeads),
    proctors: kept.proctors,
    onChange: shown.tell,
  });
  const provisioning = openSetUp({ data, database, clock, identity, recovery, centerUrl, quiet, restart });

  const terminal = openTerminal({
    ...{ ...kept, ...watching, name, host, surroundings, visitor, knownMoves, readiness, provisioning, line, shown },
    version: packageJson.version,
    askTime: client.time,
    askToBegin: client.begins,
    claim: (sitting, grant) => client.claim(sitting, false, grant),
    onReady: errands.tell,
    receiptCodes: openReceiptCodes(kept.outbox, identity, centerUrl),
    door: config.relay ? openRelay(config.relay) : undefined,
    leaveKiosk: config.leaveKiosk,
    cameras: config.cameras,
    place: config.seat,
    recordedFeeds: config.recordedFeeds ?? false,
  });
  const logClient = openLogClient(lines.ofLog, () => centerNow(identity, clock));
  const evidencePost = openEvidencePost({
    ...{ ...kept, client, logClient, log },
    ...{ wishes: kept.evidenceWishes, heads: kept.logHeads, sitsHere: () => seat.current?.id },
  });
  const courier = startCourier({
    ...{ ...kept, client, knownMoves, busy, log },
    atCheckIn: () => (seat.current && isBeforeBeginning(seat.current) ? seat.current : undefined),
    engine: () => eyes.loaded,
    readiness: () => reportOf(readiness.now, { ...kept, seat, log }),
    ...{ ledger, evidencePost },
    obey: terminal.obey,
    provisioned: centerUrl !== undefined,
    enrolmentCode: config.enrolmentCode,
    centerKey: config.centerKey,
    stationName: name,
    onEnrolled: () => forgetCode(data),
    onState: (state) => devices.now('center', state),
    heardUnder: () => heardUnder({ ...kept, seat, log }),
    onChange() {
      terminal.heard();
      forgetGuests({ ...kept, seat, log });
    },
  });
  errands.on(courier.hurry);
  tellOf(seat, isBeforeBeginning, (is) => is && courier.hurry());
  const inbox = openInbox({
    ...{ data, clock, busy, log },
    install: async (bytes) => {
      if (looksLikeRescue(bytes)) return arrivedInWords(kept.arrivals.take(bytes));
      const installed = await installPackage({ identity, roster, banks, clock, engine: await eyes.loaded, log }, bytes);
      noteAssignments(kept);
      terminal.notice('package-taken');
      return installedInWords(installed);
    },
    urgent: looksLikeRescue,
    onTried: (refused) => (refused ? terminal.notice(refused) : shown.tell()),
  });
  const media = startMediaRounds({
    ...{ ...kept, data, client, log },
    busy: () => seat.current !== undefined && seat.current.exam.mode !== 'learning',
    onChange: shown.tell,
  });
  const watch = startLogWatch({
    ...{ ...kept, log, onChange: shown.tell },
    heads: kept.logHeads,
    client: logClient,
  });
  const rounds = startRounds({ ...kept, seat, surroundings, ledgerCheck, log });
  const { reader, known } = openCardReader(config.reader, devices, terminal, log);
  const endChecking = keepChecking(readiness, () => devices.camera.state === 'ready', log);
  await Promise.race([Promise.all([known, courier.first]), setTimeout(KNOWN_WITHIN_MS)]);

  return {
    terminal,
    readiness,
    mediaFolder: kept.media.folder,
    shellSees: provisioning.shellSees,
    devices: devices.all,
    onSitting: (listener) => tellOf(seat, isUnderWay, listener),
    onResult: (listener) => tellOf(seat, ({ stage }) => stage === 'recorded', listener),
    async close() {
      rounds[Symbol.dispose]();
      endChecking();
      readiness.callOff();
      machine.stop();
      terminal.stop();
      await Promise.all([reader.close(), courier.stop(), inbox.stop(), media.stop(), watch.stop()]);
      await eyes.engine?.close();
      folder[Symbol.dispose]();
    },
  };
}

/** Whatever brought them here, the center signed when it was made. */
function noteAssignments({ roster, centerTime }: Kept): void {
  for (const firm of [undefined, ...roster.guests()]) {
    const { issuedAt } = roster.of(firm).assignment ?? {};
    if (issuedAt) centerTime.seen(issuedAt);
  }
}

/** @throws Refusal `unauthorised` */
function centerNow({ centerKeys }: Kept['identity'], clock: Pick<Clock, 'wall'>): CenterKeys {
  if (!centerKeys) throw new Refusal('unauthorised', 'this station is not enrolled');
  return keysNow(centerKeys, clock.wall());
}

/** Read now, while nobody waits: a large bank takes most of a second. */
function readBanksNow({ roster, banks }: Kept): void {
  const named = (roster.assignment?.exams ?? []).map(({ bankId }) => bankId);
  // What an older program had brought here is its owner's.
  if (roster.assignment) banks.usedBy(undefined, named);
  const guests = roster.guests().flatMap((guest) => roster.of(guest).assignment?.exams ?? []);
  for (const bankId of new Set([...named, ...guests.map((exam) => exam.bankId)]))
    if (banks.has(bankId)) banks.get(bankId);
}

function tellOf(seat: CurrentSitting, is: (sitting: Sitting) => boolean, listener: (is: boolean) => void): void {
  let told: boolean | undefined;
  const tell = (): void => {
    const now = seat.current !== undefined && is(seat.current);
    if (now !== told) listener(now);
    told = now;
  };
  seat.onChange(tell);
  tell();
}
