import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  type IpcMainEvent,
  ipcMain,
  Menu,
  MessageChannelMain,
  type MessagePortMain,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  utilityProcess,
} from 'electron';
import { CONNECT, PORT } from './channels.ts';
import { guardContents } from './contents-guards.ts';
import { type Performed, performAll } from './lockdown/operation-sequence.ts';
import { blockShortcuts, hideMenu, keepAwake } from './lockdown/operations.ts';
import { log } from './log.ts';
import { isTrustedSender, SCHEME } from './origin.ts';
import { keepPageAlive } from './renderer-watch.ts';
import { guardSession } from './session-guards.ts';
import { readSettings, type Settings } from './settings.ts';
import { type StationProcess, startStationProcess } from './station-process.ts';
import { openVaultKey } from './vault-key.ts';
import { PARTITION, windowOptions } from './window-options.ts';

/**
 * The kiosk shell: one window, one station process, nothing else. Runs from dist/electron/, beside dist/renderer/.
 * Everything before `whenReady` has to happen before Electron is ready, so nothing here waits until then.
 */
const here = import.meta.dirname;

// One folder whatever Electron takes for the program's name; tests and second installations name their own.
if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', join(app.getPath('appData'), 'exam-station'));
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
app.enableSandbox();
app.on('web-contents-created', (_event, contents) => guardContents(contents, log));

if (app.requestSingleInstanceLock()) app.whenReady().then(run).catch(giveUp);
else {
  log('warn', 'Exam Station runs already. Its window was brought to the front.');
  app.exit(0);
}

async function run(): Promise<void> {
  const settings = readSettings(process.env, { userData: app.getPath('userData'), packaged: app.isPackaged });
  guardSession(session.fromPartition(PARTITION), join(here, '../renderer'), log);
  const station = await openStation(settings);
  const window = openWindow(settings.locked);
  ipcMain.on(CONNECT, (event) => connectPage(event, window, station));
  const lock = settings.locked ? [hideMenu(Menu), blockShortcuts(window.webContents)] : [];
  const lockdown = await performAll([keepAwake(powerSaveBlocker), ...lock]);
  closeInOrder(window, station, lockdown, settings.locked);
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  keepPageAlive(window.webContents, log);
}

async function openStation({ station }: Settings): Promise<StationProcess<MessagePortMain>> {
  const { platform } = process;
  const vaultKey = await openVaultKey({
    store: safeStorage,
    platform,
    userData: app.getPath('userData'),
    data: station.data,
    log,
  });
  return startStationProcess<MessagePortMain>({
    start: { kind: 'start', ...station, ...(vaultKey ? { vaultKey } : {}) },
    fork: () =>
      utilityProcess.fork(join(here, 'station.js'), [], { serviceName: 'Exam Station core', stdio: 'inherit' }),
    openChannel: () => new MessageChannelMain(),
    log,
  });
}

function openWindow(locked: boolean): BrowserWindow {
  const window = new BrowserWindow(
    windowOptions({ packaged: app.isPackaged, locked, preload: join(here, 'preload.cjs') }),
  );
  window.once('ready-to-show', () => window.show());
  window.on('system-context-menu', (event) => event.preventDefault());
  return window;
}

/** A port to the station, for the page of the window and for nobody else. */
function connectPage(
  { sender, senderFrame }: IpcMainEvent,
  window: BrowserWindow,
  station: StationProcess<MessagePortMain>,
): void {
  const frame = senderFrame ? { url: senderFrame.url, isMainFrame: senderFrame.parent === null } : undefined;
  if (sender !== window.webContents || !isTrustedSender(frame)) {
    return log('warn', 'a stranger asked for the station', { reason: 'origin-refused', url: frame?.url });
  }
  sender.postMessage(PORT, null, [station.connect()]);
}

/** Closing is the operating system's business in a locked kiosk. What was done is undone first, whoever asks. */
function closeInOrder(
  window: BrowserWindow,
  station: StationProcess<MessagePortMain>,
  lockdown: Performed,
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
    Promise.allSettled([lockdown.revert(), station.stop()]).then((results) => {
      for (const { reason } of results.filter((result) => result.status === 'rejected'))
        log('error', 'closing', { error: String(reason) });
      app.exit(0);
    });
  });
}

function giveUp(error: unknown): void {
  const detail = error instanceof Error ? error.message : String(error);
  log('error', 'the kiosk cannot start', { error: String(error) });
  dialog.showErrorBox('Exam Station', detail);
  app.exit(1);
}
