import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CENTER_ON_THIS_MACHINE, overridesIn, type TerminalSettings } from '../../contract/shell/terminal-settings.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import { readTerminal } from '../provision/index.ts';

export const USAGE = `node station/run/main.ts [--data DIR] [--center URL] [--port PORT]

  --data        folder for everything that is kept         data/station
  --center      address of the center                      EXAM_CENTER_URL, http://127.0.0.1:8480
  --code=CODE   one-time enrolment code                    EXAM_STATION_CODE
                Others on this machine can read what is typed here; the variable they cannot.
  --center-key=KEY  the center's public key                EXAM_CENTER_KEY
  --name        what people call this station              EXAM_STATION_NAME, the machine's name
  --port        of the browser host on 127.0.0.1; 0 takes a free port
  --help

  What \`exam-station provision\` wrote into the data folder counts where the command line and these are silent:

  EXAM_STATION_CAMERAS       the only cameras it takes, by name, separated by semicolons; any where this is missing
  EXAM_STATION_ROOM          where it stands
  EXAM_STATION_RECORDED_FEEDS  1: takes recordings for a camera and tells nobody; for demonstrations and tests
  EXAM_STATION_RELAY         serial device of the relay that opens a gate's door
  EXAM_STATION_SEAT          row and column of this station in its room, as 3-12: neighbours then get different items
                             where an exam says how much they may share
  EXAM_STATION_READER        serial port of the card reader, where it is not found by itself
  EXAM_STATION_PARENT_STDIN  1: stop when standard input ends
  EXAM_STATION_SECRETS_STDIN  1: standard input begins with a line of JSON: enrolmentCode, token
`;

export type Settings = {
  readonly data: string;
  readonly centerUrl: string;
  readonly enrolmentCode: string | undefined;
  readonly centerKey: PublicKey | undefined;
  readonly name: string | undefined;
  readonly room: string | undefined;
  readonly port: number;
  readonly stopWithParent: boolean;
  /** Standard input begins with what nobody else may read. */
  readonly secretsOnStdin: boolean;
  readonly cameras: readonly string[] | undefined;
  readonly recordedFeeds: boolean;
  readonly seat: SeatLabel | undefined;
  readonly relay: string | undefined;
  readonly reader: string | undefined;
};

const Port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().max(65_535));
const CenterUrl = z.url({ protocol: /^https?$/ });

/**
 * Settings from the command line, where it is silent the environment, and then what is written in the data folder; `help` where that was asked for.
 * @throws Error with a sentence for the person who typed it
 */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings | 'help' {
  const text = { type: 'string' } as const;
  const options = {
    ...{ data: text, center: text, code: text, 'center-key': text, name: text, port: text },
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return 'help';
  const data = resolve(values.data ?? 'data/station');
  const written: Partial<TerminalSettings> = { ...readTerminal(data), ...overridesIn(env) };
  const { center, 'center-key': key } = values;
  return {
    data,
    centerUrl: center ? read(CenterUrl, center, 'an http address') : (written.center ?? CENTER_ON_THIS_MACHINE),
    enrolmentCode: values.code ?? written.enrolmentCode,
    centerKey: key ? read(PublicKey, key, 'a public key: it has 43 characters') : written.centerKey,
    name: values.name ?? written.name,
    room: written.room,
    port: read(Port, values.port ?? '0', 'a port: that is a number from 0 to 65535'),
    cameras: written.cameras,
    seat: written.seat,
    relay: written.relay,
    reader: written.reader,
    recordedFeeds: env.EXAM_STATION_RECORDED_FEEDS === '1',
    stopWithParent: env.EXAM_STATION_PARENT_STDIN === '1',
    secretsOnStdin: env.EXAM_STATION_SECRETS_STDIN === '1',
  };
}

function read<S extends z.ZodType>(schema: S, text: string, what: string): z.output<S> {
  const { data, success } = schema.safeParse(text);
  // What was typed may be a secret in the wrong place, so only short things are repeated.
  if (!success) throw new Error(`${text.length > 30 ? 'one of the settings' : text} is not ${what}`);
  return data;
}
