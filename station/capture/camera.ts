import type { Frame } from '../../contract/frame.ts';
import type { Reason } from '../../contract/reasons.ts';
import { checksum, type FeedState, followFeed } from './feed.ts';

/** The page's camera as the station sees it: it asks for the newest frame when it has time for one, never more. */
export type Camera = {
  /** The newest frame, or why there is none: `camera-lost` after `timeoutMs`, `camera-frozen` where pictures repeat. */
  nextFrame(timeoutMs?: number): Promise<Frame | Extract<Reason, 'camera-lost' | 'camera-frozen'>>;
  deliver(frame: Frame): void;
  /** A page that has just come never heard of the frame that is waited for. */
  askAgain(): void;
  /** What was seen last, for whoever must keep it: a copy, as the frame itself is given away. */
  readonly newest: { readonly picture: Pick<Frame, 'width' | 'height' | 'pixels'>; readonly at: number } | undefined;
  /** Whether the newest pictures had all been seen before: a recording that is played again and again. */
  readonly looped: boolean;
};

export function openCamera(ask: (ticket: number) => void): Camera {
  let ticket = 0;
  let waiting: { ticket: number; resolve: (frame: Frame | undefined) => void } | undefined;
  const judge = followFeed();
  let state: FeedState = 'fine';
  let newest: Camera['newest'];

  const receive = (timeoutMs: number): Promise<Frame | undefined> => {
    const { promise, resolve } = Promise.withResolvers<Frame | undefined>();
    const timer = setTimeout(() => resolve(undefined), timeoutMs);
    waiting?.resolve(undefined);
    const mine = { ticket: ++ticket, resolve };
    waiting = mine;
    ask(ticket);
    return promise.finally(() => {
      clearTimeout(timer);
      if (waiting === mine) waiting = undefined;
    });
  };
  return {
    async nextFrame(timeoutMs = 4_000) {
      const frame = await receive(timeoutMs);
      if (!frame) return 'camera-lost';
      state = judge(checksum(frame.pixels));
      const { width, height, pixels } = frame;
      newest = { picture: { width, height, pixels: pixels.slice() }, at: performance.now() };
      return state === 'frozen' ? 'camera-frozen' : frame;
    },
    deliver(frame) {
      if (waiting?.ticket !== frame.ticket) return;
      waiting.resolve(frame);
      waiting = undefined;
    },
    askAgain() {
      if (waiting) ask(waiting.ticket);
    },
    get newest() {
      return newest;
    },
    get looped() {
      return state === 'looped';
    },
  };
}
