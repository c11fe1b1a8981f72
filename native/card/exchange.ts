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
  const parser = createReplyParser();
  let waiting:
    | { readonly command: CommandName; garbled: boolean; readonly finish: (answer: Answer) => void }
    | undefined;
  let over = false;

  const take = (events: ReturnType<typeof parser.push>): void => {
    for (const event of events) {
      if (!waiting) return;
      // A fault does not end the wait: it may be a header made by noise, with the reply still to come.
      if (event.kind === 'fault') waiting.garbled = true;
      else if (answers(waiting.command, event)) waiting.finish({ ok: true, reply: event });
    }
  };
  const abandon = (): void => {
    over = true;
    waiting?.finish({ ok: false, fault: 'line-lost' });
  };
  line.onData((bytes) => take(parser.push(bytes)));
  line.onLost(abandon);

  const exchange: Exchange = (command) => {
    if (over) return Promise.resolve({ ok: false, fault: 'line-lost' });
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        take(parser.settle());
        waiting?.finish({ ok: false, fault: waiting.garbled ? 'garbled' : 'no-reply' });
      }, COMMANDS[command].timeoutMs);
      const finish = (answer: Answer): void => {
        clearTimeout(timer);
        waiting = undefined;
        resolve(answer);
      };
      waiting = { command, garbled: false, finish };
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

/**
 * Whether a reply can be for this command. Replies name no command, so one that comes late, after its command was given
 * up, must not be taken for the next command's.
 */
function answers(command: CommandName, { sw, data }: Reply): boolean {
  const { success, data: leastData } = COMMANDS[command];
  const status = sw[2];
  if (status === success) return data.length >= leastData;
  if (status === COMMANDS.find.success || status === COMMANDS.status.success) return false;
  if (status === 0x80) return command === 'find';
  if (status === 0x81) return command === 'select';
  return true;
}
