import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { handOver } from '../../contract/shell/hand-over.ts';
import type { Said } from '../../contract/shell/settings.ts';
import { asVariables, DATABASE_VARIABLE, readVariable, withoutSecrets } from '../../contract/shell/variables.ts';
import { CenterReady, FirstRun, StationReady } from '../../contract/words/programs.ts';
import type { CheckStatus } from '../../contract/words/readiness.ts';
import { readTerminal } from '../../station/provision/index.ts';
import { browserSwitches, prepareProfile } from '../browser-window.ts';
import { buildPage } from '../build-page.ts';
import { centerPort, keepCenterPort, portIn } from '../center-port.ts';
import { checkOnOneLine } from '../check-lines.ts';
import { findChromium } from '../chromium.ts';
import { findElectron } from '../electron.ts';
import { installedKiosk } from '../installed.ts';
import { keepRunning } from '../keep-running.ts';
import { openPageFile } from '../page-file.ts';
import { startProgram } from '../programs.ts';

const root = resolve(import.meta.dirname, '../..');

/** A person reads this terminal: only what somebody should look at, unless asked for more. */
const QUIETLY = { ...asVariables({ log: 'warn' }), EXAM_CENTER_LOG: 'warn', ...process.env };

type Stoppable = { stop(): Promise<void> };
type Options = {
  readonly data: string;
  readonly port: string;
  readonly centerPort?: string;
  readonly window: boolean;
  readonly unlocked?: boolean;
};

export function addStart(program: Command): void {
  program
    .command('start')
    .description('run the station, with a center of its own unless EXAM_CENTER_URL or its settings name one')
    .option('--data <dir>', 'folder for everything that is kept', 'data')
    .option('--port <port>', 'port of the browser host on 127.0.0.1; 0 takes a free one', portNumber, '0')
    .option(
      '--center-port <port>',
      'port of the center on this machine, EXAM_CENTER_PORT; else what it had before, 8480 at first; 0 takes a free one this once',
      portNumber,
    )
    .option('--unlocked', 'open the kiosk as a window to try things in, not for exams; it is locked without')
    .option('--no-window', 'do not open a browser window')
    .action(start);
}

async function start(options: Options): Promise<void> {
  const kiosk = installedKiosk();
  if (kiosk) return startInstalled(kiosk, options);
  const programs: Stoppable[] = [];
  const close = closer(programs);
  try {
    await startPrograms(options, programs, close);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await close(1);
  }
}

/** An installed kiosk brings its own page and station, and has its settings from its terminal's file. */
function startInstalled(kiosk: string, { unlocked = false }: Options): void {
  const child = spawn(kiosk, unlocked ? ['--unlocked'] : [], { stdio: 'inherit' });
  child.on('error', (error) => process.stderr.write(`${error.message}\n`));
  child.on('exit', (status) => {
    process.exitCode = status ?? 1;
  });
}

async function startPrograms(
  { data, port, centerPort: asked = process.env.EXAM_CENTER_PORT || undefined, window, unlocked = false }: Options,
  programs: Stoppable[],
  close: (code: number) => Promise<void>,
): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  buildPage();

  const giveUp = () => void close(1);
  const stationData = join(data, 'station');
  // What this terminal was provisioned with; a variable counts before it.
  const named = readVariable('centerUrl', process.env) ?? readTerminal(stationData)?.center;
  // What the first start wrote down is shown by the first start alone.
  const isNew = !existsSync(join(data, 'center'));
  const center = named ? undefined : await keepRunning('center', centerLauncher(data, asked, say), say, giveUp);
  if (center) {
    programs.push(center);
    keepCenterPort(data, center.ready.url, { asked });
  }
  const firstRun = center && readFirstRun(center.ready.firstRun);
  const centerUrl = named ?? center?.ready.url ?? '';
  const code = firstRun?.enrolmentCode ?? readVariable('enrolmentCode', process.env);
  const source: StationSource = {
    data: stationData,
    centerUrl,
    ...(code ? { enrolmentCode: code } : {}),
    ...(firstRun ? { centerKey: firstRun.centerKey } : {}),
  };
  const electron = findElectron();
  if (electron) {
    if (center) reportSetUp(say, center.ready);
    say(`opening the kiosk: ${electron}`);
    return startKiosk(electron, source, unlocked, close);
  }
  say('No Electron binary here, so the browser host serves the same station and the same page.');
  const station = await keepRunning('station', stationLauncher(source, port), say, giveUp);
  programs.push(station);
  reportStation(say, station.ready);
  if (center) reportSetUp(say, center.ready);
  reportCenter(say, centerUrl, center && firstRun ? { ...firstRun, file: center.ready.firstRun, isNew } : undefined);
  say('Open the station address in Chromium. Ctrl+C ends both.');
  const opened = window && (await openWindow(station.ready.url, say));
  if (opened) programs.push(opened);
}

/** What a station is told here; all else it has from its variables and its terminal's file. */
type StationSource = Said<'enrolmentCode' | 'centerKey'> & { readonly data: string; readonly centerUrl: string };

/** Started again, it serves where it served before: others know that address. */
const portOf = (first: { readonly url: string } | undefined, wanted: string): string =>
  first ? portIn(first.url) : wanted;

function centerLauncher(data: string, asked: string | undefined, say: (line: string) => void) {
  const host = process.env.EXAM_CENTER_HOST || undefined;
  const launchAt = (port: string) =>
    startProgram(CenterReady, join(root, 'center/main.ts'), [`--port=${port}`, `--data=${join(data, 'center')}`], {
      ...{ env: QUIETLY, database: process.env[DATABASE_VARIABLE] },
    });
  return async (first: CenterReady | undefined) => {
    if (first) return launchAt(portIn(first.url));
    const port = await centerPort(data, { asked, host });
    try {
      return await launchAt(port);
    } catch (error) {
      // Another one was started at the same moment, and was first.
      const other = await centerPort(data, { asked, host });
      if (other === port) throw error;
      say(`port ${port} is taken; the center takes a free one and keeps that`);
      return launchAt(other);
    }
  };
}

function stationLauncher(source: StationSource, wanted: string) {
  // One token for this launch, so that the page finds its station again.
  const token = randomBytes(24).toString('base64url');
  return (first: StationReady | undefined) => {
    const port = Number(portOf(first, wanted));
    const { args, secrets } = handOver({ ...source, port, token });
    return startProgram(StationReady, join(root, 'station/run/main.ts'), args, { env: QUIETLY, secrets });
  };
}

/** What the center of this machine wrote down when it was first started; absent where an administrator removed it. */
function readFirstRun(path: string): FirstRun | undefined {
  try {
    return FirstRun.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** The station runs in any case; what else it measures is on its screen. */
const FIRST_WORDS: Readonly<Record<CheckStatus, string>> = {
  READY: 'READY',
  WARNING: 'READY, with less than everything:',
  'NOT READY': 'NOT READY: the station runs, and nobody can be examined yet:',
};

function reportStation(say: (line: string) => void, { url, readiness }: StationReady): void {
  const missing = readiness?.checks.filter(({ status }) => status !== 'READY') ?? [];
  say(FIRST_WORDS[readiness?.status ?? 'READY']);
  for (const check of missing) say(`  ${checkOnOneLine(check)}`);
  say(`station   ${url}`);
}

const SetUpCode = z.object({ code: z.string() });

/**
 * Where the platform is, and while nobody has an account there, the code with which the first one is made: whoever started this has
 * the data folder and may read it there anyway. Used, it is gone.
 */
function reportSetUp(say: (line: string) => void, { url, firstRun }: CenterReady): void {
  say(`platform  ${url}/platform/`);
  try {
    const { code } = SetUpCode.parse(JSON.parse(readFileSync(join(dirname(firstRun), 'set-up.json'), 'utf8')));
    say(`set-up    code ${code} (nobody has an account yet)`);
  } catch {
    // It is set up: there is no code.
  }
}

type FirstSecrets = FirstRun & { readonly file: string; readonly isNew: boolean };

/** Who may see results and who lets candidates in: told once, of a center with demo content; else where it is written. */
function reportCenter(say: (line: string) => void, centerUrl: string, first: FirstSecrets | undefined): void {
  const shown = first?.isNew && first.proctorPin ? first : undefined;
  say(`results   ${centerUrl}${shown ? `/?token=${shown.operatorToken}` : ''}`);
  if (shown) say(`proctor   PIN ${shown.proctorPin} (demo content of the center on this machine)`);
  if (first) say(`secrets   ${first.file}${shown ? ', where this PIN and this token stand from now on' : ''}`);
}

/** Where there is a display and a Chromium, shows the station full screen. @returns what ends with it */
async function openWindow(url: string, say: (line: string) => void): Promise<Stoppable | undefined> {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const chromium = await findChromium();
  if (!chromium) {
    say('No Chromium found to open it with.');
    return undefined;
  }
  const page = openPageFile(join(root, 'data'), url);
  const profile = resolve(root, 'data/browser');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  prepareProfile(profile);
  const browser = spawn(chromium, [...browserSwitches(profile), ...asRoot, `--app=${page.url}`], {
    ...{ stdio: 'ignore', env: withoutSecrets(process.env) },
  });
  browser.on('error', (error) => say(String(error)));
  return {
    async stop() {
      page.remove();
      browser.kill();
    },
  };
}

function startKiosk(
  electron: string,
  source: StationSource,
  unlocked: boolean,
  close: (code: number) => Promise<void>,
): void {
  // An Electron has no standard input everywhere: its variables, which only this user may read, have the code as well.
  const env = { ...process.env, ...asVariables({ ...source, data: resolve(source.data) }) };
  const args = [join(root, 'dist/shell/main.js'), ...(unlocked ? ['--unlocked'] : [])];
  const child = spawn(electron, args, { env, stdio: 'inherit' });
  child.on('exit', (status) => void close(status ?? 0));
}

function closer(programs: readonly Stoppable[]): (code: number) => Promise<void> {
  let closing = false;
  const close = async (code: number): Promise<void> => {
    if (closing) return;
    closing = true;
    await Promise.all([...programs].reverse().map((program) => program.stop()));
    process.exit(code);
  };
  process.on('SIGINT', () => void close(0));
  process.on('SIGTERM', () => void close(0));
  return close;
}

function portNumber(text: string): string {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('a number from 0 to 65535');
  return text;
}
