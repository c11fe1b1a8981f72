import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXAMPLE } from '../cli/provision-file.ts';
import { PROVISION_FIELDS } from '../contract/page/provision.ts';
import { handOver } from '../contract/shell/hand-over.ts';
import { ShellMessage } from '../contract/shell/kiosk-messages.ts';
import {
  having,
  type Program,
  readText,
  SETTING_NAMES,
  type SettingName,
  type SettingValue,
  settingOf,
  writeText,
} from '../contract/shell/settings.ts';
import { StationSecrets } from '../contract/shell/station-secrets.ts';
import { parseTerminal, saidIn } from '../contract/shell/terminal-settings.ts';
import { asVariables, readBy, readVariables, type Variables, withoutSecrets } from '../contract/shell/variables.ts';
import { readSettings as readByShell } from '../electron/process/settings.ts';
import { newSigner } from '../proof/proof.fixture.ts';
import { aTerminal } from '../proof/secrets/terminal.fixture.ts';
import { writeTerminal } from '../station/provision/index.ts';
import { readSettings as readByStation } from '../station/run/settings.ts';
import { USAGE } from '../station/run/usage.ts';
import { temporaryFolder } from './kit/folders.ts';

const root = join(import.meta.dirname, '..');
const terminal = aTerminal();

/** A value of each setting, which no other setting has and which nobody takes for granted. */
const SAMPLES: { readonly [N in SettingName]: SettingValue<N> } = {
  data: '/somewhere',
  name: '北门',
  room: '二号考场',
  centerUrl: 'https://other.example',
  enrolmentCode: 'ABCD-EFGH-JKMN',
  centerKey: newSigner().publicKey,
  plainHttp: true,
  display: 'HDMI-2',
  cameras: ['A', 'B'],
  reader: '/dev/ttyUSB7',
  relay: '/dev/ttyUSB8',
  printer: 'Slip_80',
  seat: readText('seat', '3-12', ''),
  administratorPinHash: terminal.administratorPinHash,
  recoveryCodeHash: terminal.recoveryCodeHash,
  port: 8481,
  recordedFeeds: true,
  models: '/weights',
  calibration: '/site.json',
  faceProfile: 'sface',
  log: 'debug',
  stopWithParent: true,
  secretsOnStdin: true,
  token: 'T'.repeat(32),
  vaultKey: Buffer.alloc(32, 7).toString('base64'),
  chromium: '/usr/bin/chromium',
  electron: '/usr/bin/electron',
};
const sampled = (names: readonly SettingName[]) => Object.fromEntries(names.map((name) => [name, SAMPLES[name]]));
const texts = Object.fromEntries(SETTING_NAMES.map((name) => [name, writeText(SAMPLES[name])]));

const station = (args: readonly string[], env: Variables = {}): Readonly<Record<string, unknown>> => {
  const read = readByStation(args, env);
  if (read === 'help') throw new Error('asked for help');
  return read;
};
const shell = (env: Variables) => readByShell(env, { userData: '/home/kiosk', unlocked: false });
/** Every variable there is, each with its sample. */
const everyVariable = asVariables(sampled(having('variable')));

/** Surroundings that remember what they were asked for. */
function watched(): { readonly env: Variables; readonly asked: Set<string> } {
  const asked = new Set<string>();
  const env = new Proxy(everyVariable, {
    get(target, name) {
      asked.add(String(name));
      return Reflect.get(target, name);
    },
    ownKeys: () => {
      throw new Error('was read as a whole');
    },
  });
  return { env, asked };
}
const variablesOf = (program: Program) =>
  readBy(program)
    .map((name) => settingOf(name).variable?.name)
    .sort();

describe.each(SETTING_NAMES)('%s', (name) => {
  const { flag, variable, file, start, stdin } = settingOf(name);
  const sample = SAMPLES[name];

  it('is read behind its flag, and behind none where it has none', () => {
    const read = () => station([`--${flag?.name ?? name}=${texts[name]}`])[name];
    if (flag) expect(read()).toEqual(sample);
    else expect(read).toThrow(/^Unknown option/);
  });

  it('is read in its variable by the programs that read it', () => {
    const mine = variable ? { [variable.name]: texts[name] } : {};
    const of = (program: Program) => (variable?.readBy.includes(program) ? { [name]: sample } : {});
    for (const program of ['station', 'kiosk-station', 'shell', 'commands'] as const)
      expect(readVariables(readBy(program), mine)).toEqual(of(program));
    const usual = station([])[name];
    expect(station([], mine)[name]).toEqual(variable?.readBy.includes('station') ? sample : usual);
    const told: Readonly<Record<string, unknown>> = shell(mine).start();
    const byShell = variable?.readBy.includes('shell') && start;
    const untold = name === 'data' ? join('/home/kiosk', 'station') : undefined;
    expect(told[name]).toEqual(byShell ? sample : untold);
    if (name === 'display') expect(shell(mine).display()).toBe(sample);
    if (name === 'printer') expect(shell(mine).printer()).toBe(sample);
  });

  it("is read in the terminal's file, where it may stand there, by both hosts", () => {
    const text = JSON.stringify({ ...terminal, [file?.field ?? name]: sample });
    if (!file) return expect(() => parseTerminal(text)).toThrow(`${name} is unknown`);
    const written = parseTerminal(text);
    expect(saidIn(written)).toMatchObject({ [name]: sample });
    const data = temporaryFolder();
    writeTerminal(data, written);
    expect(station([`--data=${data}`])[name]).toEqual(sample);
    const told: Readonly<Record<string, unknown>> = shell({ EXAM_STATION_DATA_DIR: data }).start();
    expect(told[name]).toEqual(start ? sample : undefined);
  });

  it('is told at the start where it is to be, and by standard input', () => {
    const message = { kind: 'start', host: 'kiosk', data: '/data', [name]: sample };
    expect(ShellMessage.parse(message)).toEqual(start ? message : { kind: 'start', host: 'kiosk', data: '/data' });
    expect(StationSecrets.safeParse({ [name]: sample }).success).toBe(stdin === true);
  });

  it('is named where it is wrong, and what stood there is not', () => {
    // Too long for anything, of the wrong letters for a key, and a folder of no Windows.
    const wrong = `${'x'.repeat(200)} `;
    const places = [
      ...(flag ? ([[`--${flag.name}`, () => station([`--${flag.name}=${wrong}`])]] as const) : []),
      ...(variable?.readBy.includes('station')
        ? ([[variable.name, () => station([], { [variable.name]: wrong })]] as const)
        : []),
      ...(file
        ? ([[file.field, () => parseTerminal(JSON.stringify({ ...terminal, [file.field]: wrong }))]] as const)
        : []),
    ];
    for (const [where, read] of places) {
      const said = messageOf(read);
      if (said !== undefined) expect(said).toContain(where);
      expect(said ?? '').not.toContain('xxx');
    }
    expect(settingOf(name).must).not.toBe('');
  });

  it('is in the usage text where the station reads it by itself, and in the table for operators', () => {
    const places = [
      ...(flag ? [`--${flag.name}`] : []),
      ...(variable?.readBy.includes('station') ? [variable.name] : []),
    ];
    for (const place of places) expect(USAGE).toContain(place);
    if (variable && !variable.readBy.includes('station')) expect(USAGE).not.toContain(variable.name);
    expect(USAGE.includes(settingOf(name).says)).toBe(places.length > 0);
  });
});

const messageOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

it.each(having('secret'))('%s stands on no command line and in no variable of what is started', (name) => {
  const { args, env } = handOver({ ...sampled(having('stdin')), ...sampled(having('flag')) });
  expect([...args, ...Object.values(env)].join('\n')).not.toContain(texts[name]);
  expect(Object.values(withoutSecrets(everyVariable))).not.toContain(texts[name]);
});

describe('variables', () => {
  it('that a program asks for are those that the list says it reads, and no other', () => {
    const [ofStation, ofShell] = [watched(), watched()];
    station([], ofStation.env);
    shell(ofShell.env).start();
    expect([...ofStation.asked].sort()).toEqual(variablesOf('station'));
    expect([...ofShell.asked].sort()).toEqual(variablesOf('shell'));
  });

  it('stand behind the command line and before the file', () => {
    const data = temporaryFolder();
    writeTerminal(data, aTerminal({ name: 'file', room: 'file', center: 'https://file.example' }));
    const env = { EXAM_STATION_NAME: 'variable', EXAM_STATION_ROOM: 'variable' };
    expect(station([`--data=${data}`, '--name=flag'], env)).toMatchObject({
      ...{ name: 'flag', room: 'variable', centerUrl: 'https://file.example' },
    });
    expect(shell({ ...env, EXAM_STATION_DATA_DIR: data }).start()).toMatchObject({
      ...{ name: 'variable', room: 'variable', centerUrl: 'https://file.example' },
    });
  });
});

describe('what a launcher hands on', () => {
  const own = [...having('flag'), ...readBy('station'), ...having('stdin')] as const;

  it('is what the station then reads', () => {
    const { args, env, secrets } = handOver(sampled(own));
    const read = station(args, env);
    expect({ ...read, ...StationSecrets.parse(secrets) }).toEqual(sampled(own));
  });

  it('is what a kiosk then tells its station', () => {
    const told = having('start').filter((name) => settingOf(name).variable !== undefined);
    expect(shell(asVariables(sampled(readBy('shell')))).start()).toEqual({ host: 'kiosk', ...sampled(told) });
  });
});

it("what an administrator fills in is what a terminal's file may say, with a PIN and a code for the hashes of them", () => {
  const written = having('file').map((name) => settingOf(name).file?.field.replace('Hash', ''));
  expect([...PROVISION_FIELDS].sort()).toEqual(written.sort());
  for (const field of PROVISION_FIELDS) expect(EXAMPLE).toMatch(new RegExp(`^${field}:`, 'm'));
});

const IN_WORDS: Readonly<Record<Program, string>> = {
  station: 'station',
  'kiosk-station': "kiosk's station",
  shell: 'kiosk',
  commands: 'commands',
};

describe('a variable that is named', () => {
  const known = new Set(Object.keys(everyVariable)).add('EXAM_STATION_DATA');
  const files = ['cli', 'contract', 'docs', 'electron', 'messages', 'native', 'scripts', 'station'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.(ts|md)$/.test(file))
      .map((file) => join(folder, file)),
  );
  const named = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(env\.)?\b(EXAM_STATION_[A-Z_]+)\b/g)].map(
      ([, read, variable = '']) => ({ file, variable, read: read !== undefined }),
    ),
  );

  it('is one of the list', () => {
    expect(named.filter(({ variable }) => !known.has(variable))).toEqual([]);
    expect(new Set(named.map(({ variable }) => variable)).size).toBeGreaterThan(15);
  });

  it('is read by way of the list', () => {
    const past = named.filter(({ read }) => read).map(({ file, variable }) => `${file}: ${variable}`);
    // Where demonstrations find their feeds is no setting of a station.
    expect(past).toEqual(['cli/demo/index.ts: EXAM_STATION_DATA']);
  });
});

it('docs/operating.md has the table of settings', () => {
  const rows = SETTING_NAMES.filter((name) => {
    const { flag, variable, file } = settingOf(name);
    return flag ?? variable ?? file;
  }).map((name) => {
    const { flag, variable, file, says } = settingOf(name);
    const cells = [flag && `--${flag.name}`, file?.field, variable?.name].map((cell) => (cell ? `\`${cell}\`` : ''));
    const readers = variable?.readBy.map((program) => IN_WORDS[program]).join(', ') ?? '';
    return `| ${[...cells, readers, says].join(' | ')} |`;
  });
  const head = ['| flag | `terminal.json` | variable | which is read by | what |', '|---|---|---|---|---|'];
  const [, table] = /^(\| flag \|.*?)\n\n/ms.exec(readFileSync(join(root, 'docs/operating.md'), 'utf8')) ?? [];
  expect(table?.split('\n')).toEqual([...head, ...rows]);
});
