import { EventEmitter } from 'node:events';
import type { Menu } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { coverOtherDisplays, type DisplayLike } from './other-displays.ts';
import { blockKeys, closeTools, emptyClipboard, hideMenu, holdZoom, keepAwake, protectContent } from './program.ts';
import { holdWindow, type KioskWindow } from './window.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('menu: goes and comes back', () => {
  const found = { items: [] } as unknown as Menu;
  let menu: Menu | null = found;
  const step = hideMenu({
    getApplicationMenu: () => menu,
    setApplicationMenu(next) {
      menu = next;
    },
  });
  step.perform();
  step.perform();
  expect([menu, step.verify()]).toEqual([null, undefined]);
  step.revert(null);
  expect(menu).toBe(found);
});

test('keys: kept from the page until reverted, however often it was performed', () => {
  const contents = new EventEmitter();
  const press = (key: string, control = false): boolean => {
    const preventDefault = vi.fn();
    contents.emit('before-input-event', { preventDefault }, { key, control, alt: false, meta: false });
    return preventDefault.mock.calls.length > 0;
  };
  const step = blockKeys(contents);
  step.perform();
  step.perform();
  expect([press('F12'), press('r', true), press('a')]).toEqual([true, true, false]);
  step.revert(null);
  expect([press('F12'), contents.listenerCount('before-input-event')]).toEqual([false, 0]);
});

test('awake: held once, and let go', () => {
  const blocker = { start: vi.fn(() => 7), stop: vi.fn(), isStarted: () => true };
  const step = keepAwake(blocker);
  step.perform();
  step.perform();
  expect(blocker.start).toHaveBeenCalledTimes(1);
  step.revert(null);
  expect(blocker.stop.mock.calls).toEqual([[7]]);
});

test('zoom and tools: what changes all the same is seen', () => {
  let zoom = 1.5;
  const zoomed = holdZoom({
    setZoomFactor(factor) {
      zoom = factor;
    },
    getZoomFactor: () => zoom,
    setVisualZoomLevelLimits: () => Promise.reject(new Error('no page yet')),
  });
  expect(zoomed.verify()).toBe('zoomed by 1.5');
  zoomed.perform();
  expect(zoomed.verify()).toBeUndefined();

  const tools = Object.assign(new EventEmitter(), {
    open: false,
    closeDevTools: vi.fn(),
    isDevToolsOpened: () => false,
  });
  closeTools(tools).perform();
  tools.emit('devtools-opened');
  expect(tools.closeDevTools).toHaveBeenCalledTimes(2);
});

test('clipboard: emptied again and again, the selection too where there is one', () => {
  const clear = vi.fn();
  const step = emptyClipboard({ clear }, 'linux');
  step.perform();
  vi.advanceTimersByTime(1_000);
  expect(clear.mock.calls).toEqual([[], ['selection'], [], ['selection'], [], ['selection']]);
  step.revert(null);
  vi.advanceTimersByTime(5_000);
  expect(clear).toHaveBeenCalledTimes(6);
});

test('content protection: where the system has it', () => {
  const window = { setContentProtection: vi.fn() };
  expect(protectContent(window, 'win32').absent()).toBeUndefined();
  expect(protectContent(window, 'linux').absent()).toContain('no window');
});

function fakeWindow() {
  const state = {
    kiosk: false,
    top: false,
    minimized: false,
    visible: true,
    bounds: { x: 0, y: 0, width: 640, height: 480 },
  };
  const window = Object.assign(new EventEmitter(), {
    isKiosk: () => state.kiosk,
    isAlwaysOnTop: () => state.top,
    isMinimized: () => state.minimized,
    isVisible: () => state.visible,
    isDestroyed: () => false,
    getBounds: () => state.bounds,
    setBounds: (bounds: typeof state.bounds) => Object.assign(state, { bounds }),
    setKiosk: (kiosk: boolean) => Object.assign(state, { kiosk }),
    setAlwaysOnTop: (top: boolean) => Object.assign(state, { top }),
    setVisibleOnAllWorkspaces: vi.fn(),
    restore: () => Object.assign(state, { minimized: false }),
    show: () => Object.assign(state, { visible: true }),
    moveTop: vi.fn(),
    focus: vi.fn(),
  }) as unknown as KioskWindow & EventEmitter;
  return { state, window };
}

test('window: fills its display and comes back by itself, until it is let go', () => {
  const { state, window } = fakeWindow();
  let display = { x: 0, y: 0, width: 1920, height: 1080 };
  const step = holdWindow(window, () => display);
  expect(step.verify()).toBe('the window is not above everything');
  step.perform();
  expect(step.verify()).toBeUndefined();
  Object.assign(state, { minimized: true, top: false });
  window.emit('blur');
  vi.advanceTimersByTime(150);
  expect([step.verify(), state.minimized, state.top]).toEqual([undefined, false, true]);
  display = { x: 0, y: 0, width: 800, height: 600 };
  window.emit('resized');
  vi.advanceTimersByTime(150);
  expect(state.bounds).toEqual(display);
  step.revert(null);
  window.emit('blur');
  vi.advanceTimersByTime(1_000);
  expect([state.kiosk, state.top]).toEqual([false, false]);
});

test('other displays: each is covered, also one that comes later, and none that has gone', () => {
  const display = (id: number): DisplayLike => ({ id, bounds: { x: id * 100, y: 0, width: 100, height: 100 } });
  let all = [display(1), display(2)];
  const screens = Object.assign(new EventEmitter(), { getAllDisplays: () => all });
  const covered = new Set<number>();
  const step = coverOtherDisplays(
    screens,
    () => display(1),
    ({ id }) => {
      covered.add(id);
      return { close: () => void covered.delete(id) };
    },
  );
  step.perform();
  expect([...covered]).toEqual([2]);
  all = [display(1), display(2), display(3)];
  expect(step.verify()).toBe('2 other displays, 1 covered');
  screens.emit('display-added');
  expect([...covered]).toEqual([2, 3]);
  all = [display(1)];
  screens.emit('display-removed');
  expect([...covered]).toEqual([]);
  step.revert(null);
  expect(screens.eventNames()).toEqual([]);
});
