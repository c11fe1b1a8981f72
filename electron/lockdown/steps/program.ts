import type { Event, Input, Menu } from 'electron';
import { isBlocked } from '../shortcuts.ts';
import type { Step } from '../step.ts';

/** A step that is gone with the program: nothing of it has to be found again. */
const ofProgram = (step: Pick<Step, 'name' | 'perform' | 'revert'> & Partial<Step>): Step => ({
  scope: 'program',
  absent: () => undefined,
  look: () => null,
  verify: () => undefined,
  ...step,
});

type Blocker = {
  start(type: 'prevent-display-sleep'): number;
  stop(id: number): unknown;
  isStarted(id: number): boolean;
};

/** A screen that goes dark in an exam is a candidate's lost minute. */
export function keepAwake(blocker: Blocker): Step {
  let id: number | undefined;
  return ofProgram({
    name: 'awake',
    perform() {
      if (id === undefined || !blocker.isStarted(id)) id = blocker.start('prevent-display-sleep');
    },
    verify: () => (id !== undefined && blocker.isStarted(id) ? undefined : 'the screen may go dark'),
    revert() {
      if (id !== undefined) blocker.stop(id);
      id = undefined;
    },
  });
}

type MenuBar = { getApplicationMenu(): Menu | null; setApplicationMenu(menu: Menu | null): void };

/** No menu means no menu shortcuts either: reload, zoom, developer tools and quit hang on it. */
export function hideMenu(menuBar: MenuBar): Step {
  let before: Menu | null = null;
  return ofProgram({
    name: 'menu',
    perform() {
      before ??= menuBar.getApplicationMenu();
      menuBar.setApplicationMenu(null);
    },
    verify: () => (menuBar.getApplicationMenu() === null ? undefined : 'there is a menu'),
    revert: () => menuBar.setApplicationMenu(before),
  });
}

type KeyListener = (event: Event, input: Input) => void;
type KeySource = {
  on(event: 'before-input-event', listener: KeyListener): unknown;
  off(event: 'before-input-event', listener: KeyListener): unknown;
};

/** Keeps every key that is not typing from the page and from Chromium. */
export function blockKeys(contents: KeySource): Step {
  const listener: KeyListener = (event, input) => {
    if (isBlocked(input)) event.preventDefault();
  };
  return ofProgram({
    name: 'keys',
    perform() {
      contents.off('before-input-event', listener);
      contents.on('before-input-event', listener);
    },
    revert: () => void contents.off('before-input-event', listener),
  });
}

type Zoomed = {
  setZoomFactor(factor: number): void;
  getZoomFactor(): number;
  setVisualZoomLevelLimits(least: number, most: number): Promise<void>;
};

/** Neither keys nor fingers make the page larger than the screen. */
export const holdZoom = (contents: Zoomed): Step =>
  ofProgram({
    name: 'zoom',
    perform() {
      contents.setZoomFactor(1);
      // Settles once a page is there, which may be later.
      contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined);
    },
    verify: () =>
      Math.abs(contents.getZoomFactor() - 1) < 0.001 ? undefined : `zoomed by ${contents.getZoomFactor()}`,
    revert: () => void contents.setVisualZoomLevelLimits(1, 3).catch(() => undefined),
  });

type Tools = {
  on(event: 'devtools-opened', listener: () => void): unknown;
  off(event: 'devtools-opened', listener: () => void): unknown;
  closeDevTools(): void;
  isDevToolsOpened(): boolean;
};

/** Developer tools are switched off where the window is made; what opens them all the same is closed at once. */
export function closeTools(contents: Tools): Step {
  const close = (): void => contents.closeDevTools();
  return ofProgram({
    name: 'tools',
    perform() {
      contents.off('devtools-opened', close);
      contents.on('devtools-opened', close);
      close();
    },
    verify: () => (contents.isDevToolsOpened() ? 'developer tools are open' : undefined),
    revert: () => void contents.off('devtools-opened', close),
  });
}

type Clipboard = { clear(type?: 'selection' | 'clipboard'): void };
const EMPTY_MS = 500;

/** Nothing is carried into an exam or out of it. What was on the clipboard before is not kept: it may be an answer key. */
export function emptyClipboard(clipboard: Clipboard, platform: NodeJS.Platform): Step {
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    clipboard.clear();
    if (platform === 'linux') clipboard.clear('selection');
  };
  return ofProgram({
    name: 'clipboard',
    perform() {
      clearInterval(timer);
      clear();
      timer = setInterval(clear, EMPTY_MS);
    },
    verify: () => (timer ? undefined : 'the clipboard is not emptied'),
    revert() {
      clearInterval(timer);
      timer = undefined;
    },
  });
}

type Protected = { setContentProtection(on: boolean): void };

/** Recorders of the screen see a black window. */
export const protectContent = (window: Protected, platform: NodeJS.Platform): Step =>
  ofProgram({
    name: 'content-protection',
    absent: () =>
      platform === 'win32' || platform === 'darwin' ? undefined : 'no window can be kept from recorders on this system',
    perform: () => window.setContentProtection(true),
    revert: () => window.setContentProtection(false),
  });
