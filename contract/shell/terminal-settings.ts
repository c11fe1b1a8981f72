import { z } from 'zod';
import { CameraNames } from '../words/cameras.ts';
import { Sha256 } from '../words/ids.ts';
import { PublicKey } from '../words/keys.ts';
import { Refusal } from '../words/reasons.ts';
import { SeatLabel } from '../words/seat-label.ts';
import { SecretHash } from '../words/secret-hash.ts';

/** In the data folder of the station, for its own user's eyes only. */
export const TERMINAL_FILE = 'terminal.json';
/** Where a center of one's own listens; a station that was started without naming another has always asked there. */
export const CENTER_ON_THIS_MACHINE = 'http://127.0.0.1:8480';

const Line = z.string().trim().min(1).max(100);

/**
 * What one terminal is: written by `exam-station provision` or on its own screen, read by the shell and by the station. A
 * field that nobody knows is a slip of the pen, and is refused.
 */
export const TerminalSettings = z
  .strictObject({
    format: z.literal('exam-station/terminal@1'),
    /** What people call this terminal. */
    name: Line,
    /** Where it stands. */
    room: Line.optional(),
    center: z.url({ protocol: /^https?$/ }),
    /** Used once; gone from the file as soon as the station is enrolled. */
    enrolmentCode: z.string().trim().min(6).max(64).optional(),
    /** The center's public key, which it is known by before it hears the code. */
    centerKey: PublicKey.optional(),
    /** Which display the kiosk fills: its label, or its place counted from the left, from 1. */
    display: Line.optional(),
    /** The only cameras it takes, by name; any where this is missing. */
    cameras: z.array(Line).min(1).max(20).readonly().optional(),
    /** Serial device of the card reader, where it is not found by itself. */
    reader: Line.optional(),
    /** Serial device of the relay that opens a gate. */
    relay: Line.optional(),
    seat: SeatLabel.optional(),
    /** Of whoever may change this, and leave a kiosk whose station does not start. */
    administratorPinHash: SecretHash,
    /** Of the recovery code as `normalCode` writes it. It has 125 bits: nothing slower is needed. */
    recoveryCodeHash: Sha256,
  })
  .readonly();
export type TerminalSettings = z.infer<typeof TerminalSettings>;

/** What the surroundings may say instead. */
export type TerminalOverrides = Partial<Omit<TerminalSettings, 'format' | 'administratorPinHash' | 'recoveryCodeHash'>>;

const { shape } = TerminalSettings.unwrap();

/** Each variable that stands before the file, and what it has to be. */
const VARIABLES = {
  name: ['EXAM_STATION_NAME', shape.name, 'a name'],
  room: ['EXAM_STATION_ROOM', shape.room, 'a name'],
  center: ['EXAM_CENTER_URL', shape.center, 'a web address'],
  enrolmentCode: ['EXAM_STATION_CODE', z.string(), 'a code'],
  centerKey: ['EXAM_CENTER_KEY', shape.centerKey, 'a public key: it has 43 characters'],
  display: ['EXAM_STATION_DISPLAY', shape.display, 'a display'],
  cameras: ['EXAM_STATION_CAMERAS', CameraNames, 'names of cameras'],
  reader: ['EXAM_STATION_READER', shape.reader, 'a device'],
  relay: ['EXAM_STATION_RELAY', shape.relay, 'a device'],
  seat: ['EXAM_STATION_SEAT', shape.seat, 'a seat: that is row and column, as 3-12'],
} as const satisfies Record<keyof TerminalOverrides, readonly [string, z.ZodType, string]>;

/** @throws Error naming the variable; what it holds may be a secret in the wrong place, and is not repeated */
export function overridesIn(env: Readonly<Record<string, string | undefined>>): TerminalOverrides {
  const set = Object.entries(VARIABLES).flatMap(([field, [variable, schema, what]]) => {
    const text = env[variable];
    if (!text) return [];
    const { data, success } = schema.safeParse(text);
    if (!success) throw new Error(`${variable} is not ${what}`);
    return [[field, data] as const];
  });
  return Object.fromEntries(set) as TerminalOverrides;
}

/** What is written in a terminal's file. @throws Refusal `settings-unreadable`, naming each field that is not right */
export function parseTerminal(text: string): TerminalSettings {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Refusal('settings-unreadable', `${TERMINAL_FILE} is not JSON`);
  }
  const { data, error } = TerminalSettings.safeParse(content);
  if (data) return data;
  // Where it is wrong, not what stands there: that may be a secret.
  const wrong = error.issues.map((issue) =>
    issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')} is unknown` : `${issue.path.join('.')} is not right`,
  );
  throw new Refusal('settings-unreadable', `${TERMINAL_FILE}: ${wrong.join('; ')}`);
}
