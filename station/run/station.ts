import { existsSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { openSolver, partOfSeat } from '../../authoring/drawing/index.ts';
import type { DisplaySeen } from '../../contract/page/provision.ts';
import type { RpcServer } from '../../contract/page/rpc/server.ts';
import type { Pushes } from '../../contract/page/station-api.ts';
import type { StationView } from '../../contract/page/view.ts';
import { CENTER_ON_THIS_MACHINE } from '../../contract/shell/terminal-settings.ts';
import type { Mail } from '../../contract/station-center/center-api.ts';
import type { Host } from '../../contract/words/hosts.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import { findReaderPort, openReader, type Reader } from '../../native/card/index.ts';
import { openRelay } from '../../native/door/index.ts';
import { PROFILE, readCalibration } from '../../native/face/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { looksLikeRescue } from '../../proof/sealed/index.ts';
import { type Courier, openCenterClient, startCourier } from '../center-link/courier.ts';
import { installedInWords, installPackage, openInbox } from '../center-link/packages/index.ts';
import { systemClock, watchWallClock } from '../core/clock/index.ts';
import { lockFolder, mustBeWhole, openDatabase } from '../core/database/index.ts';
import { openLedger } from '../core/ledger/index.ts';
import { isUnderWay, openPulse, openSeat, SittingEvent } from '../core/sitting/index.ts';
import { keyFromFile, openVault } from '../core/vault/index.ts';
import { openBankStore } from '../keep/banks/index.ts';
import { openCommands } from '../keep/commands/index.ts';
import { eraseExpired, openEvidenceStore } from '../keep/evidence/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { openMistakeBook } from '../keep/mistakes/index.ts';
import { arrivedInWords, openArrivals, openClaims, openDepartures } from '../keep/moves/index.ts';
import { openOutbox } from '../keep/outbox/index.ts';
import { openFormDesk } from '../keep/papers/index.ts';
import { openPasses } from '../keep/passes/index.ts';
import { openProctors, openSessionCodes } from '../keep/proctors/index.ts';
import { openRoster } from '../keep/roster/index.ts';
import { forgetCode } from '../provision/index.ts';
import { keepChecking, type ReadinessDesk } from '../readiness/index.ts';
import { openCamera } from '../watch/camera/index.ts';
import { openEyes } from './eyes.ts';
import { openSetUp, openSharedRecovery, provisionFacts } from './set-up.ts';
import { type Devices, openSurroundings, openTerminal, type Terminal } from './terminal.ts';
import { watchReadiness } from './watch-readiness.ts';

/** The most exam time that a power cut gives back. */
const PULSE_MS = 5_000;
/** A reader or a center that has not answered by then is found later. */
const KNOWN_WITHIN_MS = 2_000;
const RETAIN_MS = 3_600_000;
/** From here on it is said that pictures take up much space. */
const NEARLY_FULL = 0.8;

export type StationConfig = {
  /** Folder that holds everything the station keeps. */
  readonly data: string;
  /** Where it is shown. */
  readonly host: Host;
  /** Nothing where nobody has provisioned this terminal yet: it then waits for an administrator. */
  readonly centerUrl?: string | undefined;
  /** One-time code; needed until the station is enrolled. */
  readonly enrolmentCode?: string | undefined;
  /** The center's published key, to know it by when enrolling. */
  readonly centerKey?: PublicKey | undefined;
  readonly name?: string | undefined;
  /** Where it stands, in words. */
  readonly room?: string | undefined;
  /** 32 bytes from the operating system's key store; without it a key file in the data folder. */
  readonly vaultKey?: Uint8Array | undefined;
  /** The only cameras it takes, by name; any where this is missing. */
  readonly cameras?: readonly string[] | undefined;
  /** Takes recordings for a camera and tells nobody: for demonstrations and tests. */
  readonly recordedFeeds?: boolean | undefined;
  /** Where it stands in its room, so that neighbours get different items. */
  readonly seat?: SeatLabel | undefined;
  /** Serial device of the relay that opens a gate's door. */
  readonly relay?: string | undefined;
  /** Serial device of the card reader; known USB readers are found without it. */
  readonly reader?: string | undefined;
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
  readonly readiness: ReadinessDesk;
  /** Displays, for whoever sets this terminal up. */
  shellSees(displays: readonly DisplaySeen[]): void;
  close(): Promise<void>;
};

/** Puts the station together. What is missing (models, reader, center) leaves it running and says so by reason code. */
export async function openStation(config: StationConfig): Promise<Station> {
  const { data, log, centerUrl, restart } = config;
  const name = config.name ?? hostname();
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const calibration = readCalibration();
  const lock = lockFolder(data);
  const clock = systemClock();
  const file = join(data, 'station.db');
  // The key before the database: a start that is cut short between them can simply be repeated.
  const key = config.vaultKey ?? keyFromFile(join(data, 'vault.key'), { mayCreate: !existsSync(file) });
  const database = openDatabase(file);
  mustBeWhole(database);
  const vault = openVault(key);
  const ledger = openLedger(database, clock, SittingEvent.parse);
  const identity = openIdentity(database, vault);
  const roster = openRoster(database, vault);
  const banks = openBankStore(database, vault);
  const forms = openFormDesk(database, vault, clock, {
    solver: await openSolver(),
    part: config.seat && partOfSeat(config.seat),
  });
  // Read now, while nobody waits: a large bank takes most of a second.
  for (const { bankId } of roster.assignment?.exams ?? []) if (banks.has(bankId)) banks.get(bankId);
  const pictures = openDatabase(join(data, 'evidence.db'));
  const evidence = openEvidenceStore(pictures, vault);
  const arrivals = openArrivals(database, vault, identity, clock);
  const departures = openDepartures({ database, ledger, identity, roster, folder: join(data, 'rescue') });
  const claims = openClaims(database);
  const client = openCenterClient(centerUrl ?? CENTER_ON_THIS_MACHINE, identity, clock);
  const elsewhere: { list: Mail['moves'] } = { list: [] };
  const commands = openCommands(database, identity, roster, clock);
  const mistakes = openMistakeBook(database, vault, clock);
  const outbox = openOutbox(database, clock);
  const recovery = openSharedRecovery(database, data);
  const proctors = openProctors(() => roster.proctors, clock, database, recovery);

  const devices: Devices = {
    camera: { state: 'starting' },
    reader: { state: 'starting' },
    faces: { state: 'starting' },
  };
  if (config.recordedFeeds) log.warn('recordings are taken for a camera: this is no station for exams that count');
  const eyes = openEyes(devices, log, () => terminal?.refresh());
  let terminal: Terminal | undefined;
  let page: RpcServer<Pushes> | undefined;
  const camera = openCamera((ticket) => page?.push('frame-wanted', { ticket }));
  const quiet = (): boolean => terminal?.quiet ?? true;
  const readiness = watchReadiness({
    ...{ data, database, identity, roster, banks, clock, devices, camera, eyes, calibration, log },
    provision: () => provisionFacts({ ...config, name }, identity.enrolment?.centerKey),
    key: config.vaultKey ? 'key-store' : 'file',
    host: config.host,
    recordedFeeds: config.recordedFeeds ?? false,
    center: () => courier?.state ?? { state: 'starting' },
    clockAheadMs: () => client.clockAheadMs,
    quiet,
    onChange: () => terminal?.refresh(),
  });

  const seat = openSeat(ledger, clock, { pulse: openPulse(database), host: config.host });
  const setUp = openSetUp({ data, database, clock, identity, recovery, centerUrl, quiet, restart });
  const clockMoved = watchWallClock(clock);
  const tellOfClock = (ms: number): void => {
    if (ms === 0) return;
    log.warn({ ms }, 'the wall clock was set');
    terminal?.surroundings.observe({ reason: 'clock-set', what: `${Math.round(ms / 1000)} s`, lastedMs: 0 });
  };
  const pulse = setInterval(() => {
    try {
      seat.beat();
      tellOfClock(clockMoved());
    } catch (error) {
      log.error({ error: String(error) }, 'pulse');
    }
  }, PULSE_MS);
  let courier: Courier | undefined;
  terminal = openTerminal(
    {
      ...{
        name,
        host: config.host,
        version: packageJson.version,
        clock,
        ledger,
        roster,
        banks,
        forms,
        mistakes,
        evidence,
        passes: openPasses(database, clock),
        arrivals,
        departures,
        claims,
        claim: (sitting) => client.claim(sitting, false),
        elsewhere,
        codes: openSessionCodes(() => roster.assignment?.sessions ?? [], clock, database),
        commands,
        door: config.relay ? openRelay(config.relay) : undefined,
        surroundings: openSurroundings(seat, config.host),
        leaveKiosk: config.leaveKiosk,
        proctors,
        outbox,
        identity,
        camera,
        engine: eyes.engine,
        devices,
        readiness,
        provisioning: setUp,
        log,
      },
      seat,
      thresholds: calibration,
      calibration: calibration.id,
      models: PROFILE.id,
      cameras: config.cameras,
      place: config.seat,
      recordedFeeds: config.recordedFeeds ?? false,
      centerState: () => courier?.state ?? { state: 'starting' },
      onRecord: () => courier?.hurry(),
    },
    (next) => {
      page = next;
    },
  );
  courier = startCourier({
    ...{ identity, roster, banks, outbox, arrivals, departures, claims, commands, elsewhere, log },
    engine: () => eyes.loaded,
    readiness: () => readiness.now,
    obey: (command, at) => terminal.obey(command, at),
    client,
    provisioned: centerUrl !== undefined,
    enrolmentCode: config.enrolmentCode,
    centerKey: config.centerKey,
    stationName: name,
    busy: () => seat.current !== undefined,
    onEnrolled: () => forgetCode(data),
    onChange: () => terminal.heard(),
  });
  const inbox = openInbox({
    ...{ data, clock, log },
    install: async (bytes) => {
      if (looksLikeRescue(bytes)) return arrivedInWords(arrivals.take(bytes));
      const engine = await eyes.loaded;
      const installed = await installPackage({ identity, roster, banks, clock, engine, log }, bytes);
      terminal.notice('package-taken');
      return installedInWords(installed);
    },
    busy: () => seat.current !== undefined,
    urgent: looksLikeRescue,
    onTried: (refused) => (refused ? terminal.notice(refused) : terminal.refresh()),
  });
  const retain = (): void => {
    try {
      const gone = eraseExpired(evidence, ledger, clock.wall());
      const { bytes, most } = evidence.usage;
      if (gone > 0) log.info({ pictures: gone }, 'erased: their time is over');
      if (bytes > most * NEARLY_FULL) log.warn({ bytes, most }, 'the space for pictures is nearly used up');
    } catch (error) {
      log.error({ error: String(error) }, 'retention');
    }
  };
  retain();
  const retention = setInterval(retain, RETAIN_MS);
  const { reader, known } = openCardReader(config.reader, devices, terminal, log);
  const endChecking = keepChecking(readiness, () => devices.camera.state === 'ready', log);
  await Promise.race([Promise.all([known, courier.first]), setTimeout(KNOWN_WITHIN_MS)]);

  return {
    terminal,
    readiness,
    shellSees: setUp.shellSees,
    devices: () => ({ ...devices, center: courier.state }),
    onSitting(listener) {
      let told: boolean | undefined;
      const tell = (): void => {
        const running = seat.current !== undefined && isUnderWay(seat.current);
        if (running !== told) listener(running);
        told = running;
      };
      seat.onChange(tell);
      tell();
    },
    async close() {
      clearInterval(pulse);
      clearInterval(retention);
      endChecking();
      readiness.callOff();
      terminal.stop();
      await Promise.all([reader.close(), courier?.stop(), inbox.stop()]);
      await eyes.engine?.close();
      pictures.close();
      database.close();
      lock[Symbol.dispose]();
    },
  };
}

/** `known` settles once it is clear whether there is a reader, so that a station that says READY has looked. */
function openCardReader(
  path: string | undefined,
  devices: Devices,
  terminal: Terminal,
  log: Logger,
): { reader: Reader; known: Promise<void> } {
  const { promise: known, resolve } = Promise.withResolvers<void>();
  const reader = openReader({
    path: () => findReaderPort(path),
    onCard: (card) => terminal.cardRead(card.number),
    onUnreadable: () => terminal.notice('card-unreadable'),
    onState: ({ state, reason, label, detail }) => {
      if (detail) log.info({ reason, detail }, 'reader');
      const trouble = { ...(reason ? { reason } : {}), ...(label ? { label } : {}) };
      devices.reader = { state: state === 'ready' ? 'ready' : 'failed', ...trouble };
      terminal.refresh();
      resolve();
    },
  });
  return { reader, known };
}
