import { type ShellMessage, type StartMessage, StationMessage } from '../contract/kiosk-messages.ts';
import { afterFailure, type BackOff, CALM } from './back-off.ts';
import type { Log } from './log.ts';

const RESTART = { firstMs: 250, longestMs: 30_000, calmMs: 60_000 };
/** The station writes everything it acknowledges at once: to end it loses nothing, to wait for ever loses the shutdown. */
const STOP_WITHIN_MS = 5_000;

/** What of Electron's UtilityProcess is used here. `P` is its port. */
export type StationChild<P> = {
  postMessage(message: ShellMessage, transfer?: P[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
};

export type StationProcessParts<P> = {
  readonly start: StartMessage;
  fork(): StationChild<P>;
  openChannel(): { readonly port1: P; readonly port2: P };
  readonly log: Log;
};

export type StationProcess<P> = {
  /** @returns the page's end of a new channel; the other end is with the station, or will be once it runs again */
  connect(): P;
  /** Asks the station to close and waits until it has. */
  stop(): Promise<void>;
};

/** Keeps the station running beside the window, and brings pages and station together. */
export function startStationProcess<P extends { close(): void }>({
  start,
  fork,
  openChannel,
  log,
}: StationProcessParts<P>): StationProcess<P> {
  let child: StationChild<P> | undefined;
  let waiting: P | undefined;
  let backOff: BackOff = CALM;
  let restart: NodeJS.Timeout | undefined;
  let stopped: PromiseWithResolvers<void> | undefined;

  const launch = (): void => {
    child = fork();
    child.on('message', (message) => report(message, log));
    child.on('exit', ended);
    child.postMessage(start);
    if (waiting) child.postMessage({ kind: 'page' }, [waiting]);
    waiting = undefined;
  };
  const ended = (code: number): void => {
    child = undefined;
    if (stopped) return stopped.resolve();
    const { next, waitMs } = afterFailure(backOff, performance.now(), RESTART);
    backOff = next;
    log('error', 'the station ended and is started again', { code, waitMs, failures: next.failures });
    restart = setTimeout(launch, waitMs);
  };
  launch();

  return {
    connect() {
      const { port1, port2 } = openChannel();
      if (child) child.postMessage({ kind: 'page' }, [port2]);
      else {
        // Only the newest page is still there to talk.
        waiting?.close();
        waiting = port2;
      }
      return port1;
    },
    async stop() {
      clearTimeout(restart);
      if (!child) return;
      stopped ??= Promise.withResolvers<void>();
      child.postMessage({ kind: 'stop' });
      const timer = setTimeout(() => child?.kill(), STOP_WITHIN_MS);
      await stopped.promise;
      clearTimeout(timer);
    },
  };
}

function report(message: unknown, log: Log): void {
  const parsed = StationMessage.safeParse(message);
  if (!parsed.success) log('warn', 'the station said something unknown', { reason: 'bad-message' });
  else if (parsed.data.kind === 'failed') log('error', 'the station cannot run', { detail: parsed.data.detail });
  else log('info', 'the station is ready');
}
