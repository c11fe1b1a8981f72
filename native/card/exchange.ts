import { answers } from './answers.ts';
import { commandFrame, createReplyParser, type Reply } from './samv.ts';
import { COMMANDS, type CommandName } from './samv-tables.ts';

/** An open line to a reader. Listeners are set once, before the first write. */
export type Line = {
  /** Never throws: a line that is gone says so through `onLost`. */
  write(bytes: Uint8Array): void;
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once, when the other end is gone. Not called for our own `close`. */
  onLost(listener: () => void): void;
  close(): Promise<void>;
};

/** `garbled`: bytes came, and no answer was among them; `no-reply`: not one came. */
export type Answer =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly fault: 'no-reply' | 'garbled' | 'line-lost' };

/** Asks the reader one thing and waits for its reply, one at a time. A status that says no is a reply like any other. */
export type Exchange = (command: CommandName) => Promise<Answer>;

export type Talk = {
  readonly exchange: Exchange;
  /** Ends the exchange under way with `line-lost`, and every later one at once. */
  abandon(): void;
  /** The line was lost, or abandoned. */
  readonly over: boolean;
};

/** Questions and replies over a line, of which it takes both listeners. */
export function createTalk(line: Line): Talk {
  let waiting: { readonly command: CommandName; heard: boolean; readonly finish: (answer: Answer) => void } | undefined;
  const parser = createReplyParser((reply) => waiting !== undefined && answers(waiting.command, reply));
  let over = false;

  // A fault does not end the wait: it may be a header made by noise, with the reply still to come.
  const take = (events: ReturnType<typeof parser.push>): void => {
    for (const event of events) if (event.kind === 'reply') waiting?.finish({ ok: true, reply: event });
  };
  const abandon = (): void => {
    over = true;
    waiting?.finish({ ok: false, fault: 'line-lost' });
  };
  line.onData((bytes) => {
    if (waiting) waiting.heard = true;
    take(parser.push(bytes));
  });
  line.onLost(abandon);

  const exchange: Exchange = (command) => {
    if (over) return Promise.resolve({ ok: false, fault: 'line-lost' });
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        take(parser.settle());
        waiting?.finish({ ok: false, fault: waiting.heard ? 'garbled' : 'no-reply' });
      }, COMMANDS[command].timeoutMs);
      const finish = (answer: Answer): void => {
        clearTimeout(timer);
        waiting = undefined;
        resolve(answer);
      };
      waiting = { command, heard: false, finish };
      parser.reset();
      line.write(commandFrame(command));
    });
  };
  return {
    exchange,
    abandon,
    get over() {
      return over;
    },
  };
}
