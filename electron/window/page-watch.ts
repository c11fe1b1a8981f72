import type { Log } from '../log.ts';
import { afterFailure, type BackOff, CALM } from '../process/back-off.ts';
import { ALIVE } from './channels.ts';
import { PAGE_URL } from './origin.ts';

const RELOAD = { firstMs: 500, longestMs: 30_000, calmMs: 60_000 };
/**
 * The page's thread is asked this often whether it is alive. Chromium's own "unresponsive" comes only where somebody touches
 * the screen, and a page that hangs unseen does not look at the candidate either.
 */
const [ASK_MS, PATIENCE_MS] = [5_000, 30_000];
/** A load that another load replaced: no failure. */
const ABORTED = -3;

/** What of Electron's web contents is used here. */
export type WatchedPage = {
  on(event: 'render-process-gone', listener: (event: unknown, details: { reason: string }) => void): unknown;
  on(
    event: 'did-fail-load',
    listener: (event: unknown, code: number, text: string, url: string, isMainFrame: boolean) => void,
  ): unknown;
  on(event: 'did-finish-load', listener: () => void): unknown;
  send(channel: string): void;
  loadURL(url: string): Promise<void>;
  forcefullyCrashRenderer(): void;
  isDestroyed(): boolean;
};

export type PageWatch = {
  /** The page has answered. */
  alive(): void;
  stop(): void;
};

/** Loads the page, and loads it again whenever it dies, hangs or cannot be loaded: later each time, without end. */
export function keepPageAlive(page: WatchedPage, log: Log): PageWatch {
  let backOff: BackOff = CALM;
  let reload: NodeJS.Timeout | undefined;
  /** When it was last heard of; nothing while none is loaded. */
  let heard: number | undefined;

  const load = (): void => {
    // From now on: a page may hang before it has ever been whole.
    heard = performance.now();
    // A load that fails says so twice; the event is the one listened to.
    page.loadURL(PAGE_URL).catch(() => undefined);
  };
  const failed = (why: string): void => {
    heard = undefined;
    if (reload || page.isDestroyed()) return;
    const { next, waitMs } = afterFailure(backOff, performance.now(), RELOAD);
    backOff = next;
    log('error', 'the page is gone and is loaded again', { why, waitMs, failures: next.failures });
    reload = setTimeout(() => {
      reload = undefined;
      if (!page.isDestroyed()) load();
    }, waitMs);
  };
  const ask = (): void => {
    if (heard === undefined || page.isDestroyed()) return;
    if (performance.now() - heard <= PATIENCE_MS) return page.send(ALIVE);
    log('error', 'the page hangs and is ended', { afterMs: PATIENCE_MS });
    heard = undefined;
    page.forcefullyCrashRenderer();
  };

  page.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') failed(reason);
  });
  page.on('did-fail-load', (_event, code, text, _url, isMainFrame) => {
    if (isMainFrame && code !== ABORTED) failed(`${text} (${code})`);
  });
  page.on('did-finish-load', () => {
    heard = performance.now();
  });
  const timer = setInterval(ask, ASK_MS);
  load();
  return {
    alive() {
      if (heard !== undefined) heard = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}
