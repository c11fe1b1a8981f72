import type { Page } from 'playwright-core';
import { FRAME_HEADER_BYTES, writeFrameHeader } from '../../contract/page/frame.ts';

/** The real page's own line to its station, for whoever measures or strains it. */
export type PageLine = {
  /** Calls one after the other, each answered before the next, each behind a frame where that is wished. @returns ms of each */
  turns(turns: number, withFrames: boolean): Promise<readonly number[]>;
  /** Frames as fast as the page can, over whichever line it has. @returns how many */
  flood(ms: number): Promise<number>;
};

const [WIDTH, HEIGHT] = [640, 480];
export const LINE_FRAME_BYTES = FRAME_HEADER_BYTES + WIDTH * HEIGHT * 4;
/** No station comes this far with its tickets: it reads the frame, and drops it. */
const UNKNOWN_TICKET = 0xffff_ffff;

type Message = string | Uint8Array;
type Line = { send(message: Message): void; call(): Promise<void>; readonly frame: Uint8Array };
type Talker = { addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void };
type Port = Talker & { postMessage(message: Message): void };
type Socket = Talker & { send(message: Message): void };

/** What is used of the page's window here; this is compiled without the DOM's types. */
declare const window: {
  line?: Line;
  WebSocket: new (...how: never[]) => Socket;
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void,
  ): void;
};

/** Loads the page again, and talks over its line from then on, beside the page itself. */
export async function tapPageLine(page: Page): Promise<PageLine> {
  const header = new Uint8Array(FRAME_HEADER_BYTES);
  const which = { ticket: UNKNOWN_TICKET, sequence: 1, capturedAt: 0 };
  writeFrameHeader(header, { width: WIDTH, height: HEIGHT, ...which });
  await page.addInitScript(tap, { header: [...header], bytes: LINE_FRAME_BYTES });
  await page.reload();
  await page.waitForFunction(() => window.line !== undefined);
  return {
    turns: (turns, withFrames) => page.evaluate(takeTurns, { turns, withFrames }),
    flood: (ms) => page.evaluate(flood, ms),
  };
}

/** Runs in the page, before the page's own program: takes note of the line when that is opened. */
function tap({ header, bytes }: { readonly header: readonly number[]; readonly bytes: number }): void {
  const frame = new Uint8Array(bytes).fill(127);
  frame.set(header);
  const take = (talker: Talker, send: (message: Message) => void): void => {
    // Far from the numbers that the page gives its own calls.
    let id = 1_000_000;
    const waiting = new Map<number, () => void>();
    talker.addEventListener('message', ({ data }) => {
      const said = typeof data === 'string' ? JSON.parse(data) : {};
      waiting.get(said.id)?.();
      waiting.delete(said.id);
    });
    const call = (): Promise<void> => {
      id += 1;
      send(JSON.stringify({ id, method: 'stations', params: {} }));
      return new Promise((resolve) => waiting.set(id, resolve));
    };
    window.line = { send, call, frame };
  };
  window.addEventListener('message', ({ data, ports: [port] }) => {
    if (data === 'exam-station-port' && port) take(port, (message) => port.postMessage(message));
  });
  window.WebSocket = class extends window.WebSocket {
    constructor(...how: never[]) {
      super(...how);
      take(this, (message) => this.send(message));
    }
  };
}

/** Runs in the page. */
async function takeTurns({ turns, withFrames }: { readonly turns: number; readonly withFrames: boolean }) {
  const line = window.line as Line;
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const since = performance.now();
    if (withFrames) line.send(line.frame);
    await line.call();
    times.push(performance.now() - since);
  }
  return times;
}

/** Runs in the page. */
async function flood(ms: number) {
  const until = performance.now() + ms;
  let frames = 0;
  for (; performance.now() < until; frames++) {
    window.line?.send(window.line.frame);
    // Lets the page breathe, so that what it sends leaves it.
    if (frames % 20 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  return frames;
}
