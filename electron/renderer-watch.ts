import { afterFailure, type BackOff, CALM } from './back-off.ts';
import type { Log } from './log.ts';
import { PAGE_URL } from './origin.ts';

const RELOAD = { firstMs: 500, longestMs: 30_000, calmMs: 60_000 };
/** Chromium says "unresponsive" after a few seconds; a slow machine gets a few more before its page is ended. */
const PATIENCE_MS = 10_000;
/** A load that another load replaced: no failure. */
const ABORTED = -3;

/** What of Electron's web contents is used here. */
export type WatchedPage = {
  on(event: 'render-process-gone', listener: (event: unknown, details: { reason: string }) => void): unknown;
  on(
    event: 'did-fail-load',
    listener: (event: unknown, code: number, text: string, url: string, isMainFrame: boolean) => void,
  ): unknown;
  on(event: 'unresponsive' | 'responsive', listener: () => void): unknown;
  loadURL(url: string): Promise<void>;
  forcefullyCrashRenderer(): void;
  isDestroyed(): boolean;
};

/** Loads the page, and loads it again whenever it dies, hangs or cannot be loaded: later each time, without end. */
export function keepPageAlive(page: WatchedPage, log: Log): void {
  let backOff: BackOff = CALM;
  let reload: NodeJS.Timeout | undefined;
  let hanging: NodeJS.Timeout | undefined;

  // A load that fails says so twice; the event is the one listened to.
  const load = (): void => void page.loadURL(PAGE_URL).catch(() => undefined);
  const failed = (why: string): void => {
    if (reload || page.isDestroyed()) return;
    const { next, waitMs } = afterFailure(backOff, performance.now(), RELOAD);
    backOff = next;
    log('error', 'the page is gone and is loaded again', { why, waitMs, failures: next.failures });
    reload = setTimeout(() => {
      reload = undefined;
      if (!page.isDestroyed()) load();
    }, waitMs);
  };

  page.on('render-process-gone', (_event, { reason }) => {
    clearTimeout(hanging);
    if (reason !== 'clean-exit') failed(reason);
  });
  page.on('did-fail-load', (_event, code, text, _url, isMainFrame) => {
    if (isMainFrame && code !== ABORTED) failed(`${text} (${code})`);
  });
  page.on('unresponsive', () => {
    clearTimeout(hanging);
    hanging = setTimeout(() => {
      log('error', 'the page hangs and is ended', { afterMs: PATIENCE_MS });
      if (!page.isDestroyed()) page.forcefullyCrashRenderer();
    }, PATIENCE_MS);
  });
  page.on('responsive', () => clearTimeout(hanging));
  load();
}
