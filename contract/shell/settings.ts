import { z } from 'zod';
import { CameraNames } from '../words/cameras.ts';
import { Sha256 } from '../words/ids.ts';
import { PublicKey } from '../words/keys.ts';
import { SeatLabel } from '../words/seat-label.ts';
import { SecretHash } from '../words/secret-hash.ts';

/**
 * Who reads the variables of its surroundings: the station with the browser host, the station that a kiosk starts, the
 * kiosk's shell, and the commands of `exam-station`. A kiosk's station hears everything else from its shell.
 */
export type Program = 'station' | 'kiosk-station' | 'shell' | 'commands';

/** One setting: what it is, and every place where it may stand. Nothing is read from a place that is not named here. */
export type Setting = {
  readonly is: z.ZodType;
  /** What a text is read as, in a variable or behind a flag, where that is another thing than the value. */
  readonly text?: z.ZodType;
  /** What a text has to be, for whoever wrote another. */
  readonly must: string;
  /** For the usage text and for docs/operating.md. */
  readonly says: string;
  /** Of `station/run/main.ts`; `value` is what the usage text calls the value. */
  readonly flag?: { readonly name: string; readonly value: string };
  readonly variable?: { readonly name: string; readonly readBy: readonly Program[] };
  /** In the terminal's file. `is` where that is stricter than other places. */
  readonly file?: { readonly field: string; readonly needed?: true; readonly is?: z.ZodType };
  /** The shell tells it to the station when that starts. */
  readonly start?: true;
  /** Whoever starts a station tells it by its standard input. */
  readonly stdin?: true;
  /** Stands on no command line and in no surroundings of a program that we start, and in no log. */
  readonly secret?: true;
  /** What counts in a station that is started by itself, where nobody says anything; a text as behind its flag. */
  readonly usual?: string;
};

/** Where a center of one's own listens; a station that was started without naming another has always asked there. */
export const CENTER_ON_THIS_MACHINE = 'http://127.0.0.1:8480';

const Line = z.string().trim().min(1).max(100);
const Path = z.string().min(1);
const Switch = z.string().transform((text) => text === '1');
const Port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number);

const bothHosts = ['station', 'shell'] as const;
const wherever = ['station', 'kiosk-station', 'commands'] as const;

/**
 * Every setting of a station, said once. What is read from where, what is handed on, the usage text and the table in
 * docs/operating.md all come from here.
 */
export const SETTINGS = {
  data: {
    ...{ is: Path, must: 'a folder', says: 'folder for everything that is kept' },
    flag: { name: 'data', value: 'DIR' },
    variable: { name: 'EXAM_STATION_DATA_DIR', readBy: ['shell', 'commands'] },
    start: true,
    usual: 'data/station',
  },
  name: {
    ...{ is: Line, must: 'a name: at most 100 letters' },
    says: "what people call this station: on its screen, where exams are moved, in results; the machine's name where nobody says it before it enrols",
    flag: { name: 'name', value: 'NAME' },
    variable: { name: 'EXAM_STATION_NAME', readBy: bothHosts },
    file: { field: 'name', needed: true },
    start: true,
  },
  room: {
    ...{ is: Line, must: 'a name: at most 100 letters', says: 'where it stands, in words' },
    variable: { name: 'EXAM_STATION_ROOM', readBy: bothHosts },
    file: { field: 'room' },
    start: true,
  },
  centerUrl: {
    ...{ is: z.url({ protocol: /^https?$/ }), must: 'an http address' },
    says: 'address of the center; without it `npm start` runs one of its own',
    flag: { name: 'center', value: 'URL' },
    variable: { name: 'EXAM_CENTER_URL', readBy: [...bothHosts, 'commands'] },
    file: { field: 'center', needed: true },
    start: true,
    usual: CENTER_ON_THIS_MACHINE,
  },
  enrolmentCode: {
    ...{ is: z.string().min(1), must: 'a code', says: 'one-time enrolment code, until the station is enrolled' },
    flag: { name: 'code', value: 'CODE' },
    variable: { name: 'EXAM_STATION_CODE', readBy: [...bothHosts, 'commands'] },
    // Gone from the file as soon as the station is enrolled.
    file: { field: 'enrolmentCode', is: z.string().trim().min(6).max(64) },
    start: true,
    stdin: true,
    secret: true,
  },
  centerKey: {
    ...{ is: PublicKey, must: 'a public key: it has 43 characters' },
    says: "the center's public key; another center is not told the code, and a certificate of its own needs it",
    flag: { name: 'center-key', value: 'KEY' },
    variable: { name: 'EXAM_CENTER_KEY', readBy: [...bothHosts, 'commands'] },
    file: { field: 'centerKey' },
    start: true,
  },
  plainHttp: {
    ...{ is: z.boolean(), text: Switch, must: '1' },
    says: '`1`: the way to a center on another machine may be `http://`, which everybody between the two reads along',
    variable: { name: 'EXAM_STATION_PLAIN_HTTP', readBy: [...bothHosts, 'commands'] },
    file: { field: 'plainHttp' },
    start: true,
  },
  display: {
    ...{ is: Line, must: 'a display' },
    says: 'which display the kiosk fills: its label, or its place counted from the left, from 1',
    variable: { name: 'EXAM_STATION_DISPLAY', readBy: ['shell'] },
    file: { field: 'display' },
  },
  cameras: {
    ...{ is: z.array(z.string()).readonly(), text: CameraNames, must: 'names of cameras' },
    says: 'the only cameras it takes, by name, separated by semicolons; any where this is missing',
    variable: { name: 'EXAM_STATION_CAMERAS', readBy: bothHosts },
    file: { field: 'cameras', is: z.array(Line).min(1).max(20).readonly() },
    start: true,
  },
  reader: {
    ...{ is: Line, must: 'a device' },
    says: 'serial device of the card reader, such as `/dev/ttyUSB0`; known USB readers are found without it',
    variable: { name: 'EXAM_STATION_READER', readBy: [...bothHosts, 'commands'] },
    file: { field: 'reader' },
    start: true,
  },
  relay: {
    ...{ is: Line, must: 'a device' },
    says: "serial device of the relay that opens a gate's door (LCUS-1 and its kin)",
    variable: { name: 'EXAM_STATION_RELAY', readBy: bothHosts },
    file: { field: 'relay' },
    start: true,
  },
  printer: {
    ...{ is: Line, must: 'a printer' },
    says: 'what the kiosk prints slips of results on: the name of a printer, or `default` for the one of the system; without it nothing is printed',
    variable: { name: 'EXAM_STATION_PRINTER', readBy: ['shell'] },
    file: { field: 'printer' },
  },
  seat: {
    ...{ is: SeatLabel, must: 'a seat: that is row and column, as 3-12' },
    says: 'row and column of this station in its room, as `3-12`: neighbours then get different items where an exam limits what they may share',
    variable: { name: 'EXAM_STATION_SEAT', readBy: bothHosts },
    file: { field: 'seat' },
    start: true,
  },
  administratorPinHash: {
    ...{ is: SecretHash, must: 'a hash' },
    says: 'of the PIN of whoever may change all this, and leave a kiosk whose station does not start',
    file: { field: 'administratorPinHash', needed: true },
    secret: true,
  },
  recoveryCodeHash: {
    // As `normalCode` writes the code. It has 125 bits: nothing slower is needed.
    ...{ is: Sha256, must: 'a hash', says: 'of the recovery code' },
    file: { field: 'recoveryCodeHash', needed: true },
    secret: true,
  },
  port: {
    ...{ is: z.int().min(0).max(65_535), text: Port, must: 'a port: that is a number from 0 to 65535' },
    says: 'of the browser host on 127.0.0.1; 0 takes a free port',
    flag: { name: 'port', value: 'PORT' },
    usual: '0',
  },
  recordedFeeds: {
    ...{ is: z.boolean(), text: Switch, must: '1' },
    says: '`1`: takes recordings for a camera and tells nobody; for demonstrations and tests',
    variable: { name: 'EXAM_STATION_RECORDED_FEEDS', readBy: bothHosts },
    start: true,
  },
  models: {
    ...{ is: Path, must: 'a folder' },
    says: 'folder with the face weights, before `models/weights/` and `../shared/models`',
    variable: { name: 'EXAM_STATION_MODELS', readBy: wherever },
  },
  calibration: {
    ...{ is: Path, must: 'a file', says: 'thresholds of this site, written by `face eval --calibrate`' },
    variable: { name: 'EXAM_STATION_CALIBRATION', readBy: wherever },
  },
  faceProfile: {
    ...{ is: Line, must: 'a profile', says: "other networks than the pack's: see `models/CARDS.md`" },
    variable: { name: 'EXAM_STATION_FACE_PROFILE', readBy: wherever },
  },
  log: {
    is: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    must: 'a level: trace, debug, info, warn, error, fatal or silent',
    says: 'what is worth a line on standard error: `info`, `warn`, …',
    variable: { name: 'EXAM_STATION_LOG', readBy: wherever },
    usual: 'info',
  },
  stopWithParent: {
    ...{ is: z.boolean(), text: Switch, must: '1', says: '`1`: stops when standard input ends' },
    variable: { name: 'EXAM_STATION_PARENT_STDIN', readBy: ['station'] },
  },
  secretsOnStdin: {
    ...{ is: z.boolean(), text: Switch, must: '1' },
    says: '`1`: standard input begins with a line of JSON: enrolmentCode, token',
    variable: { name: 'EXAM_STATION_SECRETS_STDIN', readBy: ['station'] },
  },
  token: {
    ...{ is: z.base64url().min(32), must: 'a token' },
    says: 'of this launch, where the launcher chose it: so the page finds its station again',
    stdin: true,
    secret: true,
  },
  vaultKey: {
    ...{ is: z.base64().length(44), must: 'a key' },
    says: '32 bytes from the key store of the operating system; without it, a key file',
    start: true,
    secret: true,
  },
  chromium: {
    ...{ is: Path, must: 'a program', says: 'the Chromium to open the station with' },
    variable: { name: 'EXAM_STATION_CHROMIUM', readBy: ['commands'] },
  },
  electron: {
    ...{ is: Path, must: 'a program', says: 'the Electron to open the kiosk with' },
    variable: { name: 'EXAM_STATION_ELECTRON', readBy: ['commands'] },
  },
} as const satisfies Readonly<Record<string, Setting>>;

type Settings = typeof SETTINGS;
export type SettingName = keyof Settings;
/** Settings that say something of this kind, such as a flag. */
export type Having<P extends keyof Setting> = {
  [N in SettingName]: Settings[N] extends Readonly<Record<P, unknown>> ? N : never;
}[SettingName];
/** Settings that this program reads from its variables. */
export type ReadBy<P extends Program> = {
  [N in SettingName]: Settings[N] extends { variable: { readBy: readonly (infer R)[] } }
    ? P extends R
      ? N
      : never
    : never;
}[SettingName];
export type SettingValue<N extends SettingName> = z.output<Settings[N]['is']>;
/** What was said of these settings: what nobody said is not there. */
export type Said<N extends SettingName> = { readonly [K in N]?: SettingValue<K> };

/** In the order in which they are listed. */
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];
export const settingOf = (name: SettingName): Setting => SETTINGS[name];
export const having = <P extends keyof Setting>(place: P): readonly Having<P>[] =>
  SETTING_NAMES.filter(
    (name) => settingOf(name)[place] !== undefined,
  ) as readonly SettingName[] as readonly Having<P>[];

/**
 * What stands in a variable or behind a flag.
 * @param where the variable or the flag, for whoever has to mend it
 * @throws Error naming where it stands and never what stands there, which may be a secret in the wrong place
 */
export function readText<N extends SettingName>(name: N, text: string, where: string): SettingValue<N> {
  const { is, text: written = is, must } = settingOf(name);
  const read = written.safeParse(text);
  const { data, success } = is.safeParse(read.data);
  if (!read.success || !success) throw new Error(`${where} is not ${must}`);
  return data as SettingValue<N>;
}

/** As `readText` reads it. */
export const writeText = (value: string | number | boolean | readonly string[]): string =>
  typeof value === 'boolean' ? (value ? '1' : '0') : typeof value === 'object' ? value.join(';') : String(value);

/** A schema for each of these settings; none of them has to be said. */
export const schemasOf = <N extends SettingName>(names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, settingOf(name).is.optional()])) as {
    -readonly [K in N]: z.ZodOptional<Settings[K]['is']>;
  };
