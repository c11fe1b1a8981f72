import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PAGE_URL } from './origin.ts';
import { keepPageAlive } from './renderer-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const page = Object.assign(new EventEmitter(), {
    loadURL: vi.fn(() => Promise.resolve()),
    forcefullyCrashRenderer: vi.fn(),
    isDestroyed: () => false,
  });
  keepPageAlive(page, () => undefined);
  expect(page.loadURL.mock.calls).toEqual([[PAGE_URL]]);
  page.loadURL.mockClear();
  return page;
}

test('a crash loads the page again, later each time', () => {
  const page = watched();
  const crash = () => page.emit('render-process-gone', {}, { reason: 'crashed' });
  crash();
  crash();
  vi.advanceTimersByTime(500);
  expect(page.loadURL).toHaveBeenCalledTimes(1);
  crash();
  vi.advanceTimersByTime(999);
  expect(page.loadURL).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(page.loadURL).toHaveBeenCalledTimes(2);
});

test('a clean exit, a frame and a replaced load are no failures', () => {
  const page = watched();
  page.emit('render-process-gone', {}, { reason: 'clean-exit' });
  page.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', PAGE_URL, false);
  page.emit('did-fail-load', {}, -3, 'ERR_ABORTED', PAGE_URL, true);
  vi.advanceTimersByTime(60_000);
  expect(page.loadURL).not.toHaveBeenCalled();
  page.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', PAGE_URL, true);
  vi.advanceTimersByTime(500);
  expect(page.loadURL).toHaveBeenCalledTimes(1);
});

test('a page that hangs is ended, one that comes back is not', () => {
  const page = watched();
  page.emit('unresponsive');
  vi.advanceTimersByTime(9_000);
  page.emit('responsive');
  vi.advanceTimersByTime(9_000);
  expect(page.forcefullyCrashRenderer).not.toHaveBeenCalled();
  page.emit('unresponsive');
  vi.advanceTimersByTime(10_000);
  expect(page.forcefullyCrashRenderer).toHaveBeenCalledTimes(1);
});
