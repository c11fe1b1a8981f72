import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PAGE_URL } from './origin.ts';
import { keepPageAlive } from './page-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const page = Object.assign(new EventEmitter(), {
    loadURL: vi.fn(() => Promise.resolve()),
    forcefullyCrashRenderer: vi.fn(),
    send: vi.fn(),
    isDestroyed: () => false,
  });
  const watch = keepPageAlive(page, () => undefined);
  expect(page.loadURL.mock.calls).toEqual([[PAGE_URL]]);
  page.loadURL.mockClear();
  return Object.assign(page, { watch });
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

test('a page that hangs is ended, one that answers is not', () => {
  const page = watched();
  page.emit('did-finish-load');
  for (let second = 0; second < 120; second += 5) {
    vi.advanceTimersByTime(5_000);
    page.watch.alive();
  }
  expect(page.send).toHaveBeenCalledWith('exam-station-alive');
  expect(page.forcefullyCrashRenderer).not.toHaveBeenCalled();
  vi.advanceTimersByTime(35_000);
  expect(page.forcefullyCrashRenderer).toHaveBeenCalledTimes(1);
});

test('a page that hangs before it has ever been whole is ended too, and one that is gone is not asked', () => {
  const page = watched();
  vi.advanceTimersByTime(40_000);
  expect(page.forcefullyCrashRenderer).toHaveBeenCalledTimes(1);
  page.send.mockClear();
  page.emit('render-process-gone', {}, { reason: 'crashed' });
  vi.advanceTimersByTime(400);
  expect(page.send).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(page.loadURL).toHaveBeenCalledTimes(1);
});
