import type { Step } from '../step.ts';

type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type WindowEvent = 'blur' | 'minimize' | 'leave-full-screen' | 'resized' | 'moved' | 'hide';

/** What of Electron's window is used here. */
export type KioskWindow = {
  isKiosk(): boolean;
  isAlwaysOnTop(): boolean;
  isMinimized(): boolean;
  isVisible(): boolean;
  isDestroyed(): boolean;
  getBounds(): Bounds;
  setBounds(bounds: Bounds): void;
  setKiosk(on: boolean): void;
  setAlwaysOnTop(on: boolean, level?: 'screen-saver'): void;
  setVisibleOnAllWorkspaces(on: boolean): void;
  restore(): void;
  show(): void;
  moveTop(): void;
  focus(): void;
  on(event: WindowEvent, listener: () => void): unknown;
  off(event: WindowEvent, listener: () => void): unknown;
};

const EVENTS: readonly WindowEvent[] = ['blur', 'minimize', 'leave-full-screen', 'resized', 'moved', 'hide'];
/** What took the focus is given a moment to settle: fighting it in the same instant loses against some window managers. */
const COME_BACK_MS = 150;

/**
 * The window fills the chosen display, on every workspace, above all others, and comes back by itself: another window may
 * take the focus for an instant, but does not keep it.
 * @param display bounds of the display it belongs on
 */
export function holdWindow(window: KioskWindow, display: () => Bounds): Step {
  let timer: NodeJS.Timeout | undefined;
  const hold = (): void => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    if (!window.isVisible()) window.show();
    if (!sameBounds(window.getBounds(), display())) window.setBounds(display());
    if (!window.isKiosk()) window.setKiosk(true);
    window.setAlwaysOnTop(true, 'screen-saver');
    window.setVisibleOnAllWorkspaces(true);
    window.moveTop();
    window.focus();
  };
  const comeBack = (): void => {
    clearTimeout(timer);
    timer = setTimeout(hold, COME_BACK_MS);
  };
  const stop = (): void => {
    clearTimeout(timer);
    for (const event of EVENTS) window.off(event, comeBack);
  };
  return {
    ...{ name: 'window', scope: 'program' },
    absent: () => undefined,
    look: () => null,
    perform() {
      stop();
      for (const event of EVENTS) window.on(event, comeBack);
      hold();
    },
    verify() {
      if (!window.isKiosk() || !window.isAlwaysOnTop()) return 'the window is not above everything';
      if (window.isMinimized() || !window.isVisible()) return 'the window is not to be seen';
      const { width, height } = window.getBounds();
      const wanted = display();
      const fills = width >= wanted.width && height >= wanted.height;
      return fills
        ? undefined
        : `the window is ${width} x ${height} on a display of ${wanted.width} x ${wanted.height}`;
    },
    revert() {
      stop();
      if (window.isDestroyed()) return;
      window.setAlwaysOnTop(false);
      window.setVisibleOnAllWorkspaces(false);
      window.setKiosk(false);
    },
  };
}

const sameBounds = (p: Bounds, q: Bounds): boolean =>
  p.x === q.x && p.y === q.y && p.width === q.width && p.height === q.height;
