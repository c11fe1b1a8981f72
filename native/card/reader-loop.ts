/** The life of a reader: open, make sure it is one, poll, and after every loss try again until told to close. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reason } from '../../contract/words/reasons.ts';
import type { CardReading } from './card-reading.ts';
import { createCardWatch, type WatchEvent } from './card-watch.ts';
import { createTalk, type Exchange, type Line } from './exchange.ts';
import { readSamId } from './sam-id.ts';
import { COMMANDS } from './samv-tables.ts';

/**
 * `label` names the reader for people (`SAM-V 05.01-20070129-...`), `detail` is the operating system's or the driver's word
 * for what is wrong, for a log. All three have the same keys, so that a listener may take one apart before it looks.
 */
export type ReaderState =
  | { readonly state: 'ready'; readonly reason?: undefined; readonly label: string; readonly detail?: undefined }
  /** Never ready since opening. */
  | {
      readonly state: 'missing';
      readonly reason: Extract<Reason, 'reader-missing'>;
      readonly label?: undefined;
      readonly detail: string;
    }
  /** Was ready and is gone; stays so until it is ready again. */
  | {
      readonly state: 'lost';
      readonly reason: Extract<Reason, 'reader-lost'>;
      readonly label: string;
      readonly detail: string;
    };

export type Unreadable = {
  readonly reason: Extract<Reason, 'card-unreadable'>;
  /** For a log: which step failed and how; nothing from the card. */
  readonly detail: string;
};

export type ReaderEvents = {
  onCard(card: CardReading): void;
  /** Once for each time a card is laid down and cannot be read; it may still be read later, held better. */
  onUnreadable?(unreadable: Unreadable): void;
  /** Changes only; the first comes once the first attempt to open has ended. */
  onState(state: ReaderState): void;
};

export type Reader = {
  /** Ends polling, retrying and the open port; resolves once nothing is left. No event comes after the call. */
  close(): Promise<void>;
};

/** Milliseconds between two polls, and between two attempts to open. */
export type ReaderPace = { readonly pollMs: number; readonly retryMs: number };

/** The loop over any line; `connect` rejects where there is none. */
export function runReader(connect: () => Promise<Line>, pace: ReaderPace, events: ReaderEvents): Reader {
  const stop = new AbortController();
  const tell = createTeller(events, stop.signal);
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: stop.signal }).catch(() => {});

  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      tell.gone(await attempt(connect, (line) => serve(line, tell, stop.signal, () => pause(pace.pollMs))));
      await pause(pace.retryMs);
    }
  };
  const ended = run();
  return {
    close() {
      stop.abort();
      return ended;
    },
  };
}

/** Connects, serves, and closes whatever happens. @returns why it is over */
async function attempt(connect: () => Promise<Line>, serveLine: (line: Line) => Promise<string>): Promise<string> {
  let line: Line;
  try {
    line = await connect();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  try {
    return await serveLine(line);
  } finally {
    await line.close();
  }
}

/** One open line, until it is lost, silent or told to stop. @returns which */
async function serve(line: Line, tell: Teller, signal: AbortSignal, pause: () => Promise<void>): Promise<string> {
  const talk = createTalk(line);
  signal.addEventListener('abort', talk.abandon, { once: true });
  try {
    if (signal.aborted) return 'closed';
    const samId = await confirmSamV(talk.exchange);
    if (samId === undefined) return 'what answers there is no SAM-V reader';
    tell.ready(`SAM-V ${samId}`);
    const watch = createCardWatch(talk.exchange);
    for (;;) {
      const event = await watch.poll();
      // News first: a card that was read whole counts, even if the cable went right after it.
      if (event && event.kind !== 'silent') tell.seen(event, samId);
      if (talk.over) return 'the line is gone';
      if (event?.kind === 'silent') return 'the reader no longer answers';
      await pause();
    }
  } finally {
    signal.removeEventListener('abort', talk.abandon);
  }
}

/** @returns the reader's SAM id, or undefined where the other end is no SAM-V or is out of order */
async function confirmSamV(exchange: Exchange): Promise<string | undefined> {
  let status = await exchange('status');
  if (!status.ok || status.reply.sw[2] !== COMMANDS.status.success) {
    await exchange('reset');
    status = await exchange('status');
  }
  if (!status.ok || status.reply.sw[2] !== COMMANDS.status.success) return undefined;
  return readSamId(exchange);
}

type Teller = {
  ready(label: string): void;
  gone(detail: string): void;
  seen(event: Exclude<WatchEvent, { kind: 'silent' }>, samId: string): void;
};

/** Tells changes only, and each in its own turn: an exception in a listener is the program's, it must not end the loop. */
function createTeller(events: ReaderEvents, signal: AbortSignal): Teller {
  let current: ReaderState | undefined;
  const tell = (call: () => void): void => queueMicrotask(() => void (signal.aborted || call()));
  const change = (next: ReaderState): void => {
    if (next.state !== current?.state) tell(() => events.onState(next));
    current = next;
  };
  return {
    ready: (label) => change({ state: 'ready', label }),
    gone(detail) {
      if (!current || current.state === 'missing') change({ state: 'missing', reason: 'reader-missing', detail });
      else change({ state: 'lost', reason: 'reader-lost', label: current.label, detail });
    },
    seen(event, samId) {
      if (event.kind === 'unreadable')
        tell(() => events.onUnreadable?.({ reason: 'card-unreadable', detail: event.detail }));
      else tell(() => events.onCard({ ...event.card, photo: event.photo, samId }));
    },
  };
}
