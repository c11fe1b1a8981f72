import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** What the page itself sees of how fast and how still it is, from its navigation on. */
export type Seen = {
  /** Each input event, by the browser's own clock, until the picture after it was painted. */
  readonly inputs: readonly { readonly type: string; readonly ms: number }[];
  /** The same by Event Timing: in steps of 8 ms, and nothing below 16. */
  readonly timed: readonly { readonly type: string; readonly ms: number }[];
  readonly shifts: readonly Shift[];
  readonly longTasks: readonly { readonly ms: number; readonly screen: string }[];
  /** Since the navigation. */
  readonly taps: number;
  readonly keys: number;
  readonly frames: number;
  readonly now: number;
  readonly firstPaint?: number;
  readonly largestPaint?: number;
  /** The picture with the first screen on which something can be done. */
  readonly usable?: number;
};

/** Something on the screen that moved by itself, as Chromium counts it: the part of the screen by how far. */
export type Shift = {
  readonly value: number;
  /** Within half a second after an input, so that whoever gave it may have expected it. */
  readonly afterInput: boolean;
  readonly screen: string;
  readonly what: string;
};

type Growing = { -readonly [K in keyof Seen]: Seen[K] extends readonly (infer E)[] ? E[] : Seen[K] } & {
  waiting: number;
};
type Entry = {
  readonly name: string;
  readonly startTime: number;
  readonly duration: number;
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly interactionId: number;
  readonly sources: readonly { readonly node: Element | null }[];
};
type Element = {
  /** None of a piece of text. */
  readonly localName?: string;
  readonly dataset?: Readonly<Record<string, string>>;
  readonly className: unknown;
  closest(selector: string): unknown;
};
type InputEvent = { readonly type: string; readonly timeStamp: number; readonly isTrusted: boolean };
type Messages = { addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void };

/** What is used of the page's window here; this is compiled without the DOM's types. */
declare const window: {
  seen: Growing;
  afterPaint: (then: (now: number) => void) => void;
  Worker: new (...how: never[]) => Messages;
  readonly document: { querySelector(selector: string): Element | null };
  readonly MutationObserver: new (
    changed: () => void,
  ) => {
    observe(target: unknown, what: { readonly childList: true; readonly subtree: true }): void;
    disconnect(): void;
  };
  requestAnimationFrame(next: () => void): void;
  addEventListener(type: string, listener: (event: InputEvent) => void, how: { readonly capture: true }): void;
};

/** Every page that is loaded there from now on sees these things. */
export const installProbe = (page: Page): Promise<unknown> =>
  page.addInitScript({ content: WATCHING.map((part) => `(${part})();`).join('\n') });

/** What was seen since the last time, once everything that was asked for has been painted. */
export const takeSeen = (page: Page): Promise<Seen> => page.evaluate(take);

/** Taps and keys so far, and the page's own clock. */
export const countSeen = (page: Page) =>
  page.evaluate(() => ({ taps: window.seen.taps, keys: window.seen.keys, now: performance.now() }));

/** Chromium tells of its largest paint a while later. */
const TOLD_WITHIN_MS = 400;

/** When the first screen stood there that can be used, with what was painted until then. */
export async function whenUsable(page: Page): Promise<Seen> {
  await page.waitForFunction(() => window.seen.usable !== undefined);
  await pause(TOLD_WITHIN_MS);
  return takeSeen(page);
}

/** These run in the page, before the page's own program, in this order. */
const WATCHING = [begin, watchInputs, watchEntries, watchOpening, watchCamera];

function begin(): void {
  const nothing = { inputs: [], timed: [], shifts: [], longTasks: [] };
  window.seen = { ...nothing, taps: 0, keys: 0, frames: 0, now: 0, waiting: 0 };
  // A message that is sent just before a picture comes right after it.
  window.afterPaint = (then) =>
    window.requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => then(performance.now()));
      port1.start();
      port2.postMessage(0);
    });
}

function watchInputs(): void {
  const { seen, afterPaint } = window;
  for (const type of ['pointerdown', 'pointerup', 'click', 'keydown', 'keyup']) {
    const note = (event: InputEvent): void => {
      if (!event.isTrusted) return;
      if (type === 'pointerdown') seen.taps += 1;
      if (type === 'keydown') seen.keys += 1;
      seen.waiting += 1;
      afterPaint((now) => {
        seen.inputs.push({ type, ms: now - event.timeStamp });
        seen.waiting -= 1;
      });
    };
    window.addEventListener(type, note, { capture: true });
  }
}

function watchEntries(): void {
  const { seen, document } = window;
  const screen = (): string => document.querySelector('[data-screen]:not([hidden])')?.dataset?.screen ?? '';
  const nameOf = (node: Element | null | undefined): string =>
    node ? `${node.localName ?? 'text'}${typeof node.className === 'string' ? `.${node.className}` : ''}` : '';
  const observe = (how: object, note: (entry: Entry) => void): void =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) note(entry as unknown as Entry);
    }).observe({ buffered: true, ...how } as never);
  observe({ type: 'event', durationThreshold: 16 }, ({ name, duration, interactionId }) => {
    if (interactionId) seen.timed.push({ type: name, ms: duration });
  });
  observe({ type: 'layout-shift' }, ({ value, hadRecentInput, sources }) => {
    const what = sources.map(({ node }) => nameOf(node)).join(' ');
    seen.shifts.push({ value, afterInput: hadRecentInput, screen: screen(), what });
  });
  observe({ type: 'longtask' }, ({ duration }) => seen.longTasks.push({ ms: duration, screen: screen() }));
  observe({ type: 'paint' }, ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.firstPaint = startTime;
  });
  observe({ type: 'largest-contentful-paint' }, ({ startTime }) => {
    seen.largestPaint = startTime;
  });
}

function watchOpening(): void {
  const { seen, document, afterPaint } = window;
  const opening = new window.MutationObserver(() => {
    const first = document.querySelector('[data-screen]');
    if (!first || first.closest('[inert]')) return;
    opening.disconnect();
    afterPaint((now) => {
      seen.usable = now;
    });
  });
  opening.observe(document, { childList: true, subtree: true });
}

/** Pixels on their way to the station: the camera is looked through. */
function watchCamera(): void {
  const { seen } = window;
  window.Worker = class extends window.Worker {
    constructor(...how: never[]) {
      super(...how);
      this.addEventListener('message', ({ data }) => {
        if (data instanceof Uint8Array) seen.frames += 1;
      });
    }
  };
}

/** Runs in the page. */
async function take(): Promise<Seen> {
  const { seen } = window;
  while (seen.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const { waiting: _, ...taken } = { ...seen, now: performance.now() };
  Object.assign(seen, { inputs: [], timed: [], shifts: [], longTasks: [] });
  return taken;
}
