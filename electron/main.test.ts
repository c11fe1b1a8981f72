import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PAGE_URL } from './origin.ts';
import { type FakeOptions, fakeElectron } from './testing-electron.ts';

let userData: string;
let said = '';
beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'kiosk-'));
  said = '';
  vi.resetModules();
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(userData, { recursive: true });
});

/** Starts the program against a fake Electron. */
async function startKiosk(options: Omit<FakeOptions, 'userData'> = {}) {
  const electron = fakeElectron({ userData, ...options });
  vi.doMock('electron', () => electron.modules);
  await import('./main.ts');
  return electron;
}

async function startWindow(options: Omit<FakeOptions, 'userData'> = {}) {
  const electron = await startKiosk(options);
  const window = await vi.waitFor(() => {
    const [opened] = electron.windows;
    expect(opened?.webContents.loadURL).toHaveBeenCalledWith(PAGE_URL);
    return opened as NonNullable<typeof opened>;
  });
  return { ...electron, window };
}

test('a second start says so and opens nothing', async () => {
  const { modules, windows } = await startKiosk({ first: false });
  expect(modules.app.exit).toHaveBeenCalledWith(0);
  expect(said).toContain('Exam Station runs already');
  expect(windows).toEqual([]);
  expect(modules.utilityProcess.fork).not.toHaveBeenCalled();
});

test('the first is told of the second and comes to the front', async () => {
  const { modules, window } = await startWindow();
  modules.app.emit('second-instance');
  expect(window.focus).toHaveBeenCalledTimes(1);
});

test('the station starts by message, outside environment and arguments', async () => {
  vi.stubEnv('EXAM_CENTER_URL', 'http://127.0.0.1:1');
  const { modules, child } = await startWindow();
  const [[program, args] = []] = modules.utilityProcess.fork.mock.calls as unknown as [string, string[]][];
  expect(program?.endsWith('station.js')).toBe(true);
  expect(args).toEqual([]);
  expect(child.postMessage.mock.calls).toEqual([
    [{ kind: 'start', data: join(userData, 'station'), centerUrl: 'http://127.0.0.1:1' }],
  ]);
  expect(said).toContain('basic_text');
});

test('only our page gets a port to the station', async () => {
  const { modules, window, child } = await startWindow();
  child.postMessage.mockClear();
  const sender = window.webContents;
  const page = { url: PAGE_URL, parent: null };
  const strangers = [
    { sender, senderFrame: null },
    { sender, senderFrame: { url: 'https://example.com/', parent: null } },
    { sender, senderFrame: { ...page, parent: page } },
    { sender: {}, senderFrame: page },
  ];
  for (const event of strangers) modules.ipcMain.emit('exam-station-connect', event);
  expect(child.postMessage).not.toHaveBeenCalled();
  expect(said).toContain('origin-refused');

  modules.ipcMain.emit('exam-station-connect', { sender, senderFrame: page });
  expect(child.postMessage.mock.calls).toEqual([[{ kind: 'page' }, [expect.objectContaining({ end: 'station' })]]]);
  const given = [expect.objectContaining({ end: 'page' })];
  expect(sender.postMessage.mock.calls).toEqual([['exam-station-port', null, given]]);
});

test('closing puts everything back and waits for the station', async () => {
  const { modules, child, window } = await startWindow({ packaged: true });
  const closed = { preventDefault: vi.fn() };
  window.emit('close', closed);
  expect(closed.preventDefault).toHaveBeenCalled();
  expect(modules.Menu.setApplicationMenu.mock.calls).toEqual([[null]]);

  const quit = { preventDefault: vi.fn() };
  modules.app.emit('before-quit', quit);
  expect(quit.preventDefault).toHaveBeenCalled();
  expect(child.postMessage).toHaveBeenLastCalledWith({ kind: 'stop' });
  expect(modules.app.exit).not.toHaveBeenCalled();
  child.emit('exit', 0);
  await vi.waitFor(() => expect(modules.app.exit).toHaveBeenCalledWith(0));
  expect(modules.powerSaveBlocker.stop).toHaveBeenCalledWith(1);
  expect(modules.Menu.setApplicationMenu).toHaveBeenLastCalledWith('the menu');
});

test('a start that cannot be is explained on the screen', async () => {
  vi.stubEnv('EXAM_CENTER_URL', 'nowhere');
  const { modules } = await startKiosk();
  await vi.waitFor(() => expect(modules.app.exit).toHaveBeenCalledWith(1));
  expect(modules.dialog.showErrorBox).toHaveBeenCalledWith('Exam Station', expect.stringContaining('EXAM_CENTER_URL'));
});
