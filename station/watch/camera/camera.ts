import type { Frame } from '../../../contract/page/frame.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import type { LentPicture, Picture } from '../../../native/face/index.ts';
import { type FeedState, followFeed } from './feed.ts';

/** A frame for whoever looks at it; its pixels come back to the camera afterwards. */
export type LentFrame = Frame & LentPicture;

/** The page's camera as the station sees it: it asks for the newest frame when it has time for one, never more. */
export type Camera = {
  /** The newest frame, or why there is none: `camera-lost` after `timeoutMs`, `camera-frozen` where pictures repeat. */
  nextFrame(timeoutMs?: number): Promise<LentFrame | Extract<Reason, 'camera-lost' | 'camera-frozen'>>;
  deliver(frame: Frame): void;
  /** A page that has just come never heard of the frame that is waited for. */
  askAgain(): void;
  /**
   * What was looked at last, for whoever must keep it, and when it came. It is the frame itself, come back from the looking,
   * and no copy: few are kept.
   */
  readonly newest: { readonly picture: Picture; readonly at: number } | undefined;
  /** Whether the newest pictures had been seen before: a recording that is played again and again. */
  readonly looped: boolean;
  /** Somebody else sits before it, or another page has it: nothing that was said of its pictures is said of what comes. */
  beginAnew(): void;
};

export function openCamera(ask: (ticket: number) => void): Camera {
  let ticket = 0;
  let waiting: { ticket: number; resolve: (frame: Frame | undefined) => void } | undefined;
  const feed = followFeed();
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
      state = feed.judge(frame);
      const at = performance.now();
      const giveBack = (pixels: Uint8Array): void => {
        const { width, height } = frame;
        newest = { picture: { width, height, pixels }, at };
      };
      if (state !== 'frozen') return { ...frame, giveBack };
      // Nobody looks at this one.
      giveBack(frame.pixels);
      return 'camera-frozen';
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
    beginAnew() {
      state = 'fine';
      feed.beginAnew();
    },
  };
}
