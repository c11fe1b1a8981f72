import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { explain } from '../../contract/messages/index.ts';
import { CenterReady, FirstRun, StationReady } from '../../contract/programs.ts';
import { findChromium } from '../chromium.ts';
import { findElectron } from '../electron.ts';
import { type Program, startProgram } from '../programs.ts';

const root = resolve(import.meta.dirname, '../..');

/** A person reads this terminal: only what somebody should look at, unless asked for more. */
const QUIETLY = { EXAM_STATION_LOG: 'warn', EXAM_CENTER_LOG: 'warn', ...process.env };

type Options = { readonly data: string; readonly port: string; readonly window: boolean };

export function addStart(program: Command): void {
  program
    .command('start')
    .description('run the station, with a center of its own unless EXAM_CENTER_URL points to one')
    .option('--data <dir>', 'folder for everything that is kept', 'data')
    .option('--port <port>', 'port of the browser host on 127.0.0.1; 0 takes a free one', '0')
    .option('--no-window', 'do not open a browser window')
    .action(start);
}

async function start(options: Options): Promise<void> {
  const programs: Program<unknown>[] = [];
  const close = closer(programs);
  try {
    await startPrograms(options, programs, close);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await close(1);
  }
}

async function startPrograms(
  { data, port, window }: Options,
  programs: Program<unknown>[],
  close: (code: number) => Promise<void>,
): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);

  const own = process.env.EXAM_CENTER_URL ? undefined : await startCenter(data);
  if (own) programs.push(own.center);
  const centerUrl = process.env.EXAM_CENTER_URL ?? own?.center.ready.url ?? '';
  const code = own?.firstRun?.enrolmentCode ?? process.env.EXAM_STATION_CODE;

  const electron = findElectron();
  if (electron) {
    say(`opening the kiosk: ${electron}`);
    return void startKiosk(electron, { data, centerUrl, code, centerKey: own?.firstRun?.centerKey }, close);
  }
  say('No Electron binary here, so the browser host serves the same station and the same page.');
  const station = await startProgram(
    StationReady,
    join(root, 'station/main.ts'),
    [
      ...['--data', join(data, 'station'), '--center', centerUrl, '--port', port],
      ...(code ? ['--code', code] : []),
      ...(own?.firstRun ? ['--center-key', own.firstRun.centerKey] : []),
    ],
    { env: QUIETLY },
  );
  programs.push(station);
  station.onExit(() => void close(1));
  report(say, station.ready, own?.firstRun, centerUrl);
  if (window) await openWindow(station.ready.url, say);
}

async function startCenter(data: string): Promise<{ center: Program<CenterReady>; firstRun: FirstRun | undefined }> {
  const center = await startProgram(
    CenterReady,
    join(root, 'center/main.ts'),
    ['--port', '0', '--data', join(data, 'center')],
    { env: QUIETLY },
  );
  return { center, firstRun: readFirstRun(center.ready.firstRun) };
}

/** What the center of this machine wrote down when it was first started; absent where an administrator removed it. */
function readFirstRun(path: string): FirstRun | undefined {
  try {
    return FirstRun.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function report(
  say: (line: string) => void,
  { url, devices }: StationReady,
  firstRun: FirstRun | undefined,
  centerUrl: string,
): void {
  const trouble = Object.entries(devices).filter(([, { state }]) => state === 'failed');
  say(trouble.length === 0 ? 'READY' : 'READY, with less than everything:');
  for (const [device, { reason }] of trouble) {
    if (reason) say(`  ${device}: ${reason}. ${explain(reason, 'zh')} ${explain(reason, 'en')}`);
  }
  say(`station   ${url}`);
  say(`results   ${centerUrl}${firstRun ? `/?token=${firstRun.operatorToken}` : ''}`);
  if (firstRun?.proctorPin) say(`proctor   PIN ${firstRun.proctorPin} (demo content of the center on this machine)`);
  say('Open the station address in Chromium. Ctrl+C ends both.');
}

/** Where there is a display and a Chromium, shows the station full screen. */
async function openWindow(url: string, say: (line: string) => void): Promise<void> {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const chromium = await findChromium();
  if (!chromium) return say('No Chromium found to open it with.');
  const profile = resolve(root, 'data/browser');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const flags = [
    '--kiosk',
    '--no-first-run',
    '--disable-background-networking',
    '--use-fake-ui-for-media-stream',
    `--user-data-dir=${profile}`,
  ];
  spawn(chromium, [...flags, ...asRoot, `--app=${url}`], { stdio: 'ignore' }).on('error', (error) =>
    say(String(error)),
  );
}

function startKiosk(
  electron: string,
  {
    data,
    centerUrl,
    code,
    centerKey,
  }: { data: string; centerUrl: string; code: string | undefined; centerKey: string | undefined },
  close: (code: number) => Promise<void>,
): void {
  const env = {
    ...process.env,
    EXAM_STATION_DATA_DIR: resolve(data, 'station'),
    EXAM_CENTER_URL: centerUrl,
    ...(code ? { EXAM_STATION_CODE: code } : {}),
    ...(centerKey ? { EXAM_CENTER_KEY: centerKey } : {}),
  };
  const child = spawn(electron, [join(root, 'dist/electron/main.js')], { env, stdio: 'inherit' });
  child.on('exit', (status) => void close(status ?? 0));
}

function closer(programs: readonly Program<unknown>[]): (code: number) => Promise<void> {
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
