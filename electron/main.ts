import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  MessageChannelMain,
  protocol,
  safeStorage,
  screen,
  session,
} from 'electron';
import { PACKAGE_SCHEME } from '../contract/page/package-address.ts';
import { Refusal } from '../contract/words/reasons.ts';
import { explain } from '../messages/index.ts';
import { keepProcessPrivate } from '../proof/secrets/private-process.ts';
import { keyStoreOf, openVaultKey } from './key-store/index.ts';
import { lockMachine, type MachineLock, notLocked } from './lock-machine.ts';
import { log } from './log.ts';
import { forbiddenSwitches } from './process/command-line.ts';
import { mustBeWritable } from './process/own-folder.ts';
import { tellServiceManager } from './process/service-manager.ts';
import { readSettings, type Settings, UNLOCKED } from './process/settings.ts';
import { type StationNews, type StationProcess, startStationProcess } from './process/station-process.ts';
import { findStationFiles, spawnStation } from './process/station-program.ts';
import { openSurroundings } from './surroundings.ts';
import { openWayOut } from './way-out.ts';
import { guardContents } from './window/contents-guards.ts';
import { displayMeant } from './window/displays.ts';
import { SCHEME } from './window/origin.ts';
import { openPageConnection } from './window/page-connection.ts';
import { keepPageAlive } from './window/page-watch.ts';
import { guardSession } from './window/session-guards.ts';
import { openSlipPrinter } from './window/slip-printer.ts';
import { PARTITION, windowOptions } from './window/window-options.ts';

/**
 * The kiosk shell: one window, one station process, nothing else. Runs from dist/shell/, beside dist/renderer/.
 * Everything before `whenReady` has to happen before Electron is ready, so nothing here waits until then.
 */
const here = import.meta.dirname;
/** Of the kiosk's own files: how often somebody tried to leave it with a wrong code. */
const GUESSES = 'guesses.json';

keepProcessPrivate();

// One folder whatever Electron takes for the program's name; tests and second installations name their own.
// Chromium asks Linux for voices only when it is told to; where there are none, nothing is read aloud.
if (process.platform === 'linux') app.commandLine.appendSwitch('enable-speech-dispatcher');
if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', join(app.getPath('appData'), 'exam-station'));
protocol.registerSchemesAsPrivileged(
  [SCHEME, PACKAGE_SCHEME].map((scheme) => ({
    scheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true, stream: true },
  })),
);
app.enableSandbox();
app.on('web-contents-created', (_event, contents) => guardContents(contents, log));

const unlocked = app.commandLine.hasSwitch(UNLOCKED);
/** In a checkout they are what tests drive a locked kiosk with. */
const forbidden = app.isPackaged && !unlocked ? forbiddenSwitches((name) => app.commandLine.hasSwitch(name)) : [];

if (forbidden.length > 0) {
  log('error', 'the locked kiosk does not open with these switches', { forbidden });
  app.exit(1);
} else begin();

function begin(): void {
  try {
    mustBeWritable(app.getPath('userData'));
  } catch (error) {
    return void app.whenReady().then(() => giveUp(error));
  }
  if (app.requestSingleInstanceLock()) return void app.whenReady().then(run).catch(giveUp);
  log('warn', 'Exam Station runs already. Its window was brought to the front.');
  app.exit(0);
}

async function run(): Promise<void> {
  const settings = readSettings(process.env, { userData: app.getPath('userData'), unlocked });
  const files = { page: join(here, '../renderer'), media: join(settings.data, 'media') };
  guardSession(session.fromPartition(PARTITION), files, log);
  const window = openWindow(settings.locked, displayFor(settings));
  const printer = openSlipPrinter(window.webContents, settings.printer, log);
  let runs = false;
  const station = startStation(settings, hear);
  const page = openPageConnection({
    ipc: ipcMain,
    page: window.webContents,
    openPort: () => openPort(station),
    onAlive: () => watch.alive(),
    onLeave: openWayOut({
      ...{ terminal: settings.terminal, stationRuns: () => runs, log },
      file: join(app.getPath('userData'), GUESSES),
      clock: () => performance.now(),
      leave: () => app.quit(),
    }),
    printer,
    log,
  });
  const watch = keepPageAlive(window.webContents, log);
  const lockdown = lockMachine(window, settings.locked, app.getPath('userData')).catch(notLocked);
  const surroundings = openSurroundings({ window, station, lockdown, locked: settings.locked });
  function hear(news: StationNews): void {
    if (news.kind === 'sitting') return surroundings.during(news.running);
    if (news.kind === 'result') return printer.showsResult(news.shown);
    if (news.kind === 'leave') return app.quit();
    runs = news.kind === 'ready';
    if (news.kind !== 'ready') printer.showsResult(false);
    if (news.kind === 'ended') return surroundings.during(false);
    // The page waits by itself while a station is started again; only what nobody can wait for is told.
    page.trouble(news.kind === 'failed' ? news.failure : null);
    if (news.kind === 'ready') void surroundings.tell();
  }
  app.once('before-quit', surroundings.stop);
  closeInOrder(window, station, lockdown, settings.locked);
  window.once('ready-to-show', () => tellServiceManager(process.env, () => !window.isDestroyed(), log));
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
}

function startStation({ data, start }: Settings, onNews: (news: StationNews) => void): StationProcess {
  const place = { packaged: app.isPackaged, resources: process.resourcesPath, root: join(here, '../..') };
  const { platform, arch } = process;
  return startStationProcess({
    async launch() {
      const told = start();
      const userData = app.getPath('userData');
      const vaultKey = await openVaultKey({
        ...{ store: keyStoreOf(safeStorage), platform, userData, data, log },
      });
      const key = vaultKey ? { vaultKey: Buffer.from(vaultKey).toString('base64') } : {};
      const child = spawnStation(findStationFiles({ ...place, platform, arch }));
      return { child, start: { kind: 'start', ...told, ...key } };
    },
    onNews,
    log,
  });
}

/** A new channel to the station. @returns the page's end */
function openPort(station: StationProcess): Electron.MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  station.connect(port2);
  return port1;
}

/** The one that is written down, if it is plugged in; else the system's first. */
function displayFor({ display }: Settings): Electron.Display | undefined {
  const wanted = display();
  const meant = wanted === undefined ? undefined : displayMeant(screen.getAllDisplays(), wanted);
  if (wanted !== undefined && !meant) log('warn', 'the display that is written down is not there', { wanted });
  return meant;
}

function openWindow(locked: boolean, display: Electron.Display | undefined): BrowserWindow {
  const window = new BrowserWindow(
    windowOptions({ packaged: app.isPackaged, locked, preload: join(here, 'preload.cjs'), corner: display?.bounds }),
  );
  window.once('ready-to-show', () => window.show());
  window.on('system-context-menu', (event) => event.preventDefault());
  return window;
}

/** Closing is the operating system's business in a locked kiosk. What was done is undone first, whoever asks. */
function closeInOrder(
  window: BrowserWindow,
  station: StationProcess,
  lockdown: Promise<MachineLock>,
  locked: boolean,
): void {
  let closing = false;
  window.on('close', (event) => {
    if (locked && !closing) event.preventDefault();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    Promise.allSettled([lockdown.then((done) => done.revert()), station.stop()]).then((results) => {
      for (const { reason } of results.filter((result) => result.status === 'rejected'))
        log('error', 'closing', { error: String(reason) });
      app.exit(0);
    });
  });
}

/** What a window cannot say, because there can be none. */
function giveUp(error: unknown): void {
  const detail = error instanceof Error ? error.message : String(error);
  log('error', 'the kiosk cannot start', { error: String(error) });
  const words = error instanceof Refusal ? [explain(error.reason, 'zh'), explain(error.reason, 'en')] : [];
  dialog.showErrorBox('考站 Exam Station', [...words, detail].join('\n\n'));
  app.exit(1);
}
