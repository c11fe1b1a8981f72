import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

/**
 * An Electron of a few lines: what main.ts touches, and a record of what it did. The real package must not be loaded in
 * a test: importing it starts a download.
 */
export function fakeElectron({ userData, first = true, packaged = false }: FakeOptions) {
  const app = Object.assign(new EventEmitter(), {
    isPackaged: packaged,
    commandLine: { hasSwitch: () => true },
    getPath: () => userData,
    enableSandbox: vi.fn(),
    requestSingleInstanceLock: () => first,
    whenReady: () => Promise.resolve(),
    quit: vi.fn(),
    exit: vi.fn(),
  });
  const windows: FakeWindow[] = [];
  class BrowserWindow extends FakeWindow {
    constructor(options: unknown) {
      super(options);
      windows.push(this);
    }
  }
  const child = Object.assign(new EventEmitter(), { postMessage: vi.fn(), kill: vi.fn() });
  const modules = {
    app,
    BrowserWindow,
    dialog: { showErrorBox: vi.fn() },
    ipcMain: new EventEmitter(),
    Menu: { getApplicationMenu: () => 'the menu', setApplicationMenu: vi.fn() },
    MessageChannelMain: class {
      readonly port1 = { end: 'page', close: vi.fn() };
      readonly port2 = { end: 'station', close: vi.fn() };
    },
    powerSaveBlocker: { start: vi.fn(() => 1), stop: vi.fn() },
    protocol: { registerSchemesAsPrivileged: vi.fn() },
    safeStorage: { getSelectedStorageBackend: () => 'basic_text', isAsyncEncryptionAvailable: async () => true },
    session: { fromPartition: vi.fn(() => fakeSession()) },
    utilityProcess: { fork: vi.fn(() => child) },
  };
  return { modules, windows, child };
}

export type FakeOptions = { readonly userData: string; readonly first?: boolean; readonly packaged?: boolean };

class FakeWindow extends EventEmitter {
  readonly options: unknown;
  readonly webContents = Object.assign(new EventEmitter(), {
    loadURL: vi.fn(() => Promise.resolve()),
    postMessage: vi.fn(),
    isDestroyed: () => false,
    forcefullyCrashRenderer: vi.fn(),
  });
  readonly focus = vi.fn();
  readonly show = vi.fn();
  constructor(options: unknown) {
    super();
    this.options = options;
  }
  isMinimized(): boolean {
    return false;
  }
}

/** Takes every handler and remembers nothing: what the handlers decide is tested where it is decided. */
function fakeSession() {
  return Object.assign(new EventEmitter(), {
    protocol: { handle: vi.fn() },
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    setBluetoothPairingHandler: vi.fn(),
    setDisplayMediaRequestHandler: vi.fn(),
  });
}
