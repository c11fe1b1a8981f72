import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { onTestFinished, vi } from 'vitest';
import { BANK, EXAM, ILLUSTRATED, PICTURE } from '../../authoring/bank.fixture.ts';
import { FRAME_HEADER_BYTES, writeFrameHeader } from '../../contract/page/frame.ts';
import type { DeskAbout } from '../../contract/page/proctor-desk.ts';
import { connect } from '../../contract/page/rpc/client.ts';
import { transportPair } from '../../contract/page/rpc/rpc.fixture.ts';
import { methods, pushes } from '../../contract/page/station-api.ts';
import type { Stage, StationView } from '../../contract/page/view.ts';
import type { Assignment, Beginning, BeginningReply, Mail } from '../../contract/station-center/center-api.ts';
import type { Form } from '../../contract/words/form.ts';
import type { Host } from '../../contract/words/hosts.ts';
import {
  CandidateId,
  type DeskId,
  type ItemId,
  type OptionId,
  type Sha256,
  type SittingId,
  type StationId,
} from '../../contract/words/ids.ts';
import type { ProctorAction } from '../../contract/words/proctoring.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import type { MachineCamera } from '../../native/camera/index.ts';
import type { Door } from '../../native/door/index.ts';
import { type FaceEngine, type Observation, type Picture, type Template, templateOf } from '../../native/face/index.ts';
import { sha256 } from '../../proof/index.ts';
import { openTinyCenter, type TinyCenter } from '../../proof/proof.fixture.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { systemClock } from '../core/clock/index.ts';
import { openDatabase } from '../core/database/index.ts';
import { openLedger } from '../core/ledger/index.ts';
import { openSignal } from '../core/signal/index.ts';
import { openCurrentSitting, SittingEvent } from '../core/sitting/index.ts';
import { openVault } from '../core/vault/index.ts';
import { openBankStore } from '../keep/banks/index.ts';
import { openCenterTime } from '../keep/center-time/index.ts';
import { openCommands } from '../keep/commands/index.ts';
import { openEvidenceStore } from '../keep/evidence/index.ts';
import { openGrants } from '../keep/grants/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { openStudies } from '../keep/learning/index.ts';
import { openMediaStore } from '../keep/media/index.ts';
import { openMistakeBook } from '../keep/mistakes/index.ts';
import { arrivingGuests, openArrivals, openBeginnings, openClaims, openDepartures } from '../keep/moves/index.ts';
import { openOutbox } from '../keep/outbox/index.ts';
import { openFormIssuer } from '../keep/papers/index.ts';
import { openPasses } from '../keep/passes/index.ts';
import { openProctors, openUnlockCodes, type Proctors, type UnlockCodes } from '../keep/proctors/index.ts';
import { openRoster } from '../keep/roster/index.ts';
import { openTenantKeys } from '../keep/tenant-keys/index.ts';
import { openPageLine, openReceiptCodes } from '../page/index.ts';
import { knownOf, measureCamera, openReadiness } from '../readiness/index.ts';
import { WELL_KNOWN, WELL_MEASURED } from '../readiness.fixture.ts';
import { assignmentOf, EMBEDDER, PIN, WANG, WANGS_PHOTO } from '../station.fixture.ts';
import { openVisitorEnrolment, type SignedTime } from '../steps/index.ts';
import { openCamera, openDevices, openSnapshots, openSurroundings } from '../watch/index.ts';
import { aPerson, eyesThat, nobodyUsable } from './eyes.fixture.ts';
import { openTerminal } from './terminal.ts';

/** The embedding of one of several people who look nothing like each other. */
const faceOf = (person: number): Float32Array => {
  const embedding = new Float32Array(256);
  embedding[person] = 1;
  return embedding;
};
export const [WANGS_FACE, STRANGER, THIRD] = [faceOf(0), faceOf(1), faceOf(2)];

export const person = (embedding: Float32Array, live = 0.99): Observation => aPerson(embedding, { live });
export const unusable = nobodyUsable;

/** Nobody sits here, and nothing is said to whoever comes. */
export const IDLE: Stage = { stage: 'idle', exams: [EXAM.title], visitors: true };

/** What leaves no doubt is 0.75. */
export const CURVE = [
  { at: 0.58, genuineBelow: 0.1, strangersFrom: 0 },
  { at: 0.75, genuineBelow: 0.5, strangersFrom: 0 },
];

const STEP_MS = 50;

/** What stands before the camera: always the same, or the next of a list at each frame. */
export type Scene = Observation | (() => Observation);

export type BenchOptions = {
  /** That several stations enrol with. */
  readonly center?: TinyCenter;
  readonly stationId?: StationId;
  readonly assignment?: Assignment;
  /** Whether the center knows this station. */
  readonly atCenter?: boolean;
  /** Whether Wang's photo has become a template. */
  readonly enrolled?: boolean;
  readonly models?: 'there' | 'missing';
  readonly cameras?: readonly string[];
  /** What the machine says of its cameras; by itself, nothing. */
  readonly machine?: { readonly cameras: readonly MachineCamera[] };
  /** Where the station stands in its room. */
  readonly place?: SeatLabel;
  readonly door?: Door;
  readonly host?: Host;
  /** Real networks before a real film, in the place of eyes that see what the test says. */
  readonly real?: RealEyes;
};

/** What the camera of a page sees, picture by picture, in the place of small grey ones. */
export type Film = (turn: number) => Picture;

/** @property picture what the camera sees now, by the clock of the test */
export type RealEyes = { readonly engine: FaceEngine; readonly template: Template; readonly picture: () => Picture };

/**
 * A station with everything in it but its edges: the page is at the other end of a line in memory, the camera shows
 * small grey pictures, and what the engine sees in them the test says. Runs on fake timers.
 */
export function openBench({
  center = openTinyCenter(),
  stationId,
  assignment = assignmentOf(),
  enrolled = true,
  atCenter = true,
  models = 'there',
  cameras,
  machine,
  place,
  door,
  host = 'kiosk',
  real,
}: BenchOptions = {}) {
  const [database, pictures] = [openDatabase(':memory:'), openDatabase(':memory:')];
  const vault = openVault(randomBytes(32));
  const folder = temporaryFolder();
  const first = openIdentity(database, vault);
  if (atCenter) first.saveEnrolment(center.enrol(first.signer.publicKey, stationId));
  const banks = openBankStore(database, vault);
  banks.putPicture(sha256(PICTURE), PICTURE);
  for (const bank of [BANK, ILLUSTRATED]) banks.put(bank);
  const keys = openTenantKeys(database, vault);
  const roster = openRoster(database, vault, keys);
  roster.apply(assignment);
  if (enrolled)
    roster.saveTemplate(CandidateId.parse(WANG.id), WANGS_PHOTO, real?.template ?? templateOf(EMBEDDER, [WANGS_FACE]));

  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const lines: (string | Uint8Array)[][] = [];
  let scene: Scene = person(WANGS_FACE);
  const scripted = eyesThat(async (_, wish) => {
    const { person: someone, ...seen } = typeof scene === 'function' ? scene() : scene;
    return someone && wish?.depth !== 'watch' ? { ...seen, person: someone } : seen;
  });
  let working = 0;
  const timeless = async <T>(work: Promise<T>): Promise<T> => {
    working += 1;
    return work.finally(() => {
      working -= 1;
    });
  };
  const slowly = <T extends Proctors | UnlockCodes>(secrets: T): T => {
    const authorise = secrets.authorise as (...guess: unknown[]) => Promise<unknown>;
    secrets.authorise = ((...guess: unknown[]) => timeless(authorise(...guess))) as typeof secrets.authorise;
    return secrets;
  };
  const engine: FaceEngine = {
    ...scripted,
    observe: (picture, wish) => timeless((real?.engine ?? scripted).observe(picture, wish)),
  };
  /** What real networks and the hash of a PIN take is no time on the clock of the test. */
  const pass = async (ms: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms);
    do await told();
    while (working > 0);
  };
  let shownOn = host;
  let station = open();

  function open() {
    const clock = systemClock();
    const ledger = openLedger(database, clock, SittingEvent.parse);
    const identity = openIdentity(database, vault);
    const roster = openRoster(database, vault, keys);
    const grants = openGrants(database, () => identity.enrolment);
    const onFault = (error: unknown): void => log.error({ error: String(error) }, 'what follows from a change');
    const seat = openCurrentSitting(ledger, clock, { host: shownOn, onFault });
    const shown = openSignal(onFault);
    const line = openPageLine();
    const devices = openDevices(onFault);
    devices.onChange(shown.tell);
    devices.now('reader', { state: 'ready' });
    devices.now('center', { state: 'ready' });
    devices.now('faces', models === 'there' ? { state: 'ready' } : { state: 'failed', reason: 'models-missing' });
    const surroundings = openSurroundings(seat);
    const camera = openCamera(
      (ticket) => line.push('frame-wanted', { ticket }),
      (what) => surroundings.observe({ reason: 'camera-changed', what, lastedMs: 0 }),
    );
    const parts = {
      ...{ name: '考站', host: shownOn, version: '0', calibration: 'test-1', models: 'pack-test', clock, ledger, log },
      ...{ database, rescueFolder: folder, identity, roster, grants, keys },
      surroundings,
      proctors: slowly(openProctors(roster.everyProctor, clock, database)),
      codes: slowly(openUnlockCodes((guest) => roster.of(guest).assignment?.sessions ?? [], clock, database)),
      centerTime: openCenterTime(database),
      /** What the center answers: by itself, nothing. */
      askTime: vi.fn(async (_: Sha256): Promise<SignedTime> => {
        throw new Refusal('center-down');
      }),
      commands: openCommands(database, identity, roster, clock),
      arrivals: openArrivals(database, vault, identity, clock, arrivingGuests(roster, grants, keys, clock)),
      claims: openClaims(database),
      beginnings: openBeginnings(database),
      /** What the center answers who asks to begin: by itself, nothing. */
      onReady: vi.fn<() => void>(),
      askToBegin: vi.fn(async (_: Beginning): Promise<BeginningReply> => {
        throw new Refusal('center-down');
      }),
      /** What the center answers: by itself, that nobody was before. */
      claim: vi.fn(async (_: SittingId): Promise<StationId> => identity.enrolment?.stationId as StationId),
      knownMoves: { list: [] as Mail['moves'] },
      departures: openDepartures({ database, ledger, identity, roster, folder }),
      banks: openBankStore(database, vault),
      evidence: openEvidenceStore(pictures, vault),
      passes: openPasses(database, clock),
      mistakes: openMistakeBook(database, vault, clock, keys),
      studies: openStudies(database, vault, keys),
      media: openMediaStore(folder),
      forms: openFormIssuer(database, vault, clock),
      outbox: openOutbox(database, clock),
      seat,
      snapshots: openSnapshots(),
      thresholds: { embedder: EMBEDDER, accept: 0.58, refuseBelow: 0.55, sameFace: 0.5, live: 0.5, curve: CURVE },
    };
    const seeing = {
      ...parts,
      camera,
      devices,
      ...(machine ? { machine } : {}),
      engine: models === 'there' ? engine : undefined,
    };
    const visitor = openVisitorEnrolment(seeing);
    const readiness = openReadiness({
      known: () => ({
        ...WELL_KNOWN,
        ...knownOf({
          ...{ data: folder, database, roster, banks: parts.banks, now: clock.wall() },
          ...{ enrolment: identity.enrolment, publicKey: identity.signer.publicKey },
          revocation: identity.revoked.said,
        }),
        camera: { device: devices.camera, recorded: false },
      }),
      measure: [
        async (_, signal) => {
          const seen = await measureCamera(camera, signal);
          return seen ? { camera: seen } : {};
        },
        async () => WELL_MEASURED,
      ],
      quiet: () => !seat.current && visitor.step === 'none',
      onChange: shown.tell,
      log,
    });
    const terminal = openTerminal({
      ...{ ...seeing, visitor, readiness, line, shown, cameras, place, door },
      receiptCodes: openReceiptCodes(parts.outbox, identity, undefined),
      recordedFeeds: real !== undefined,
      onReady: parts.onReady,
    });
    return { ...parts, devices, readiness, terminal, shown };
  }

  /** Opens the page. It reports its camera as live and answers every wish for a frame, unless told otherwise. */
  function openPage(camera: 'live' | 'dark' | 'none' = 'live') {
    const line = transportPair();
    const client = connect(line.page, methods, pushes);
    const page = {
      line: line.page,
      camera,
      still: false,
      loop: 0,
      film: undefined as Film | undefined,
      view: undefined as StationView | undefined,
    };
    client.on('view', (view) => {
      page.view = view;
    });
    client.on('frame-wanted', ({ ticket }) => {
      if (page.camera !== 'live') return;
      const picture = real?.picture() ?? page.film?.(ticket);
      if (picture) client.sendBytes(filmed(ticket, picture));
      else client.sendBytes(frame(ticket, page.still ? 7 : page.loop > 0 ? ticket % page.loop : ticket));
    });
    const accepted = station.terminal.attach(line.station);
    if (accepted && camera !== 'none') void client.call('camera.report', { state: 'live' });
    lines.push(line.said);
    return { page, client, accepted };
  }
  let screen = openPage();

  const stop = (): void => {
    station.terminal.stop();
    screen.page.line.close();
  };
  onTestFinished(stop);

  const bench = {
    center,
    /** Where files for other stations are put. */
    folder,
    logged,
    /** Everything any page was ever told. */
    get said() {
      return lines.flat();
    },
    get station() {
      return station;
    },
    get screen() {
      return screen.page;
    },
    /** Asks as the page does, and waits until the page has seen what came of it. */
    call: ((method, params) => screen.client.call(method, params).finally(told)) as typeof screen.client.call,
    get stage(): Stage {
      if (!screen.page.view) throw new Error('the page has seen nothing yet');
      return screen.page.view.current;
    },
    get incidents(): StationView['incidents'] {
      return screen.page.view?.incidents ?? [];
    },
    get sitting() {
      if (!station.seat.current) throw new Error('nobody sits here');
      return station.seat.current;
    },
    show(next: Scene) {
      scene = next;
    },
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += STEP_MS) await pass(Math.min(STEP_MS, ms - passed));
    },
    /** Lets time pass until the screen shows this stage. */
    async reaches<S extends Stage['stage']>(stage: S, patience = 30_000): Promise<Extract<Stage, { stage: S }>> {
      for (let waited = 0; waited <= patience; waited += STEP_MS) {
        if (screen.page.view?.current.stage === stage) return screen.page.view.current as Extract<Stage, { stage: S }>;
        await pass(STEP_MS);
      }
      throw new Error(`not ${stage} but ${JSON.stringify(screen.page.view?.current)}`);
    },
    /**
     * Pictures are encoded beside, in their own time: waits until each that is due is kept.
     * @param patienceMs where they are sure to come
     */
    async settled(pictures = 1, patienceMs = 0) {
      // The time that a test makes up stands still meanwhile.
      const until = process.hrtime.bigint() + BigInt(patienceMs) * 1_000_000n;
      const here = () => (station.seat.current?.pictures.size ?? pictures) >= pictures;
      for (let n = 0; !here() && (n < 5_000 || process.hrtime.bigint() < until); n++) await new Promise(setImmediate);
    },
    /** A proctor says who they are, for whoever is here. */
    openDesk: async (pin = PIN, about: DeskAbout = 'seat'): Promise<DeskId> =>
      (await bench.call('proctor.open', { pin, about })).desk,
    /** Says who they are, does one thing, and goes. */
    async act(action: ProctorAction, pin = PIN) {
      const desk = await bench.openDesk(pin, action.kind === 'close-kiosk' ? 'terminal' : 'seat');
      try {
        return await bench.call('proctor.act', { desk, action });
      } finally {
        await bench.call('proctor.close', { desk });
      }
    },
    closePage: () => screen.page.line.close(),
    openPage(camera?: 'live' | 'dark' | 'none') {
      screen = openPage(camera);
      return screen;
    },
    /** The power goes and comes back, perhaps on another host; the page comes back with it. */
    async restart(next: Host = shownOn) {
      stop();
      shownOn = next;
      await vi.advanceTimersByTimeAsync(10);
      station = open();
      screen = openPage();
      await vi.advanceTimersByTimeAsync(10);
    },
    /** Card, consent, a look: the candidate waits for a proctor. */
    async checkIn(number = WANG.number) {
      await vi.advanceTimersByTimeAsync(10);
      station.terminal.cardRead(number);
      await bench.reaches('consenting');
      await bench.call('consent', { given: true, locale: 'zh' });
    },
    /** All the way into the exam. */
    async begin(number?: string): Promise<Form> {
      await bench.checkIn(number);
      await bench.reaches('awaiting-unlock');
      await bench.settled();
      await bench.act({ kind: 'unlock' });
      await bench.reaches('in-progress');
      return bench.call('form', {});
    },
  };
  return bench;
}

/** Until what was changed has been told, and what was told has arrived. */
async function told(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await new Promise(setImmediate);
}

/** Now, and no two at once: on the clock of a test no time may pass between two of them. */
const takenAt = (ticket: number): number => performance.now() + ticket / 1_000;

function frame(ticket: number, shade: number): Uint8Array {
  const bytes = Uint8Array.from({ length: FRAME_HEADER_BYTES + 16 * 16 * 4 }, (_, i) => shade >> (8 * ((i >> 1) % 3)));
  writeFrameHeader(bytes, { ticket, width: 16, height: 16, sequence: ticket, capturedAt: takenAt(ticket) });
  return bytes;
}

function filmed(ticket: number, { width, height, pixels }: Picture): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + pixels.length);
  writeFrameHeader(bytes, { ticket, width, height, sequence: ticket, capturedAt: takenAt(ticket) });
  bytes.set(pixels, FRAME_HEADER_BYTES);
  return bytes;
}

export const keyOf = (itemId: ItemId): readonly OptionId[] => BANK.items.find(({ id }) => id === itemId)?.key ?? [];

/** A wrong answer to an item of the form: one option that is not in its key. */
export const wrongOf = ({ itemId, options }: Form['items'][number]): readonly OptionId[] =>
  options
    .map(({ id }) => id)
    .filter((id) => !keyOf(itemId).includes(id))
    .slice(0, 1);
