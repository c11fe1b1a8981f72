import type { ShellMessage, StartMessage, StationMessage } from '../../contract/shell/kiosk-messages.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Log } from '../log.ts';
import { afterFailure, type BackOff, CALM } from './back-off.ts';
import { openStationLink, type PagePort, type StationLink } from './station-link.ts';
import type { StationChild } from './station-program.ts';

const RESTART = { firstMs: 250, longestMs: 30_000, calmMs: 60_000 };
/** The station writes everything it acknowledges at once: to end it loses nothing, to wait for ever loses the shutdown. */
const STOP_WITHIN_MS = 5_000;
/** Asked this often whether it is alive. Opening a large bank keeps it silent for two seconds; ten times that is no work. */
const [ASK_MS, PATIENCE_MS] = [2_000, 20_000];

/** What becomes of the station, for whoever shows it. */
export type StationNews =
  | { readonly kind: 'ready' }
  /** It cannot run, and is tried again. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ended' }
  /** Whether somebody sits an exam. */
  | { readonly kind: 'sitting'; readonly running: boolean }
  /** Whether a result is on the screen. */
  | { readonly kind: 'result'; readonly shown: boolean }
  /** A proctor closes the kiosk. */
  | { readonly kind: 'leave' };

export type Failure = Pick<Extract<StationMessage, { kind: 'failed' }>, 'reason' | 'detail'>;

export type StationProcessParts = {
  /** Starts the program, and says what it is told first. @throws Refusal or Error where that cannot be; it is tried again */
  readonly launch: () => Promise<{ readonly child: StationChild; readonly start: StartMessage }>;
  readonly onNews: (news: StationNews) => void;
  readonly log: Log;
};

export type StationProcess = {
  readonly pid: number | undefined;
  /** Brings a page to the station: to the one that runs, or to the next one. */
  connect(page: PagePort): void;
  say(message: ShellMessage): void;
  /** Asks the station to close and waits until it has. */
  stop(): Promise<void>;
};

type Run = { readonly child: StationChild; readonly link: StationLink; readonly endWatch: () => void };

/** Keeps the station running beside the window: starts it again when it ends, ends it when it hangs. */
export function startStationProcess({ launch, onNews, log }: StationProcessParts): StationProcess {
  let run: Run | undefined;
  let waiting: PagePort | undefined;
  let backOff: BackOff = CALM;
  let restart: NodeJS.Timeout | undefined;
  let starting: Promise<void> = Promise.resolve();
  let stopped: PromiseWithResolvers<void> | undefined;

  const fail = (failure: Failure): void => {
    log('error', 'the station cannot run', failure);
    onNews({ kind: 'failed', failure });
  };
  const again = (how: Readonly<Record<string, unknown>>): void => {
    if (stopped) return;
    const { next, waitMs } = afterFailure(backOff, performance.now(), RESTART);
    backOff = next;
    log('error', 'the station is started again', { ...how, waitMs, failures: next.failures });
    restart = setTimeout(() => {
      starting = begin();
    }, waitMs);
  };
  const begin = async (): Promise<void> => {
    try {
      const { child, start } = await launch();
      attend(child, start);
    } catch (error) {
      fail({ reason: error instanceof Refusal ? error.reason : 'internal', detail: inWords(error) });
      again({});
    }
  };
  const attend = (child: StationChild, start: StartMessage): void => {
    const watch = watchPulse(child, (message) => link.say(message), log);
    const link = openStationLink(
      child.pipe,
      (message) => {
        if (message.kind === 'alive') return watch.beat();
        if (message.kind === 'failed') return fail(message);
        if (message.kind === 'ready') log('info', 'the station is ready');
        onNews(message);
      },
      log,
    );
    run = { child, link, endWatch: watch.end };
    child.onExit(ended);
    link.say(start);
    if (waiting) link.welcome(waiting);
    waiting = undefined;
  };
  const ended = (code: number | null, signal: string | null): void => {
    run?.endWatch();
    run?.link.end();
    run = undefined;
    if (stopped) return stopped.resolve();
    onNews({ kind: 'ended' });
    again({ code, signal });
  };
  starting = begin();

  return {
    get pid() {
      return run?.child.pid;
    },
    connect(page) {
      if (run) return run.link.welcome(page);
      // Only the newest page is still there to talk.
      waiting?.close();
      waiting = page;
    },
    say: (message) => run?.link.say(message),
    async stop() {
      clearTimeout(restart);
      stopped ??= Promise.withResolvers<void>();
      // A key store that never answers must not keep the kiosk open; the station's pipe ends with the shell.
      await Promise.race([starting, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS))]);
      if (!run) return;
      run.link.say({ kind: 'stop' });
      const timer = setTimeout(() => run?.child.kill(), STOP_WITHIN_MS);
      await stopped.promise;
      clearTimeout(timer);
    },
  };
}

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Asks again and again whether the station is alive, and ends one that has not answered for too long. */
function watchPulse(child: StationChild, say: (message: ShellMessage) => void, log: Log) {
  let heard = performance.now();
  let turn = 0;
  const timer = setInterval(() => {
    const silentMs = Math.round(performance.now() - heard);
    if (silentMs > PATIENCE_MS) {
      log('error', 'the station hangs and is ended', { silentMs });
      return child.kill();
    }
    turn += 1;
    say({ kind: 'alive', turn });
  }, ASK_MS);
  return {
    beat() {
      heard = performance.now();
    },
    end: () => clearInterval(timer),
  };
}
