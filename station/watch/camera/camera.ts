import type { Frame } from '../../../contract/page/frame.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import type { PictureSize } from '../../../native/camera/index.ts';
import type { LentPicture, Picture } from '../../../native/face/index.ts';
import { type FeedState, followFeed } from './feed.ts';
import { openPace } from './pace.ts';

/** A frame for whoever looks at it; its pixels come back to the camera afterwards. */
export type LentFrame = Frame & LentPicture;

/** The page's camera as the station sees it: it asks for the newest frame when it has time for one, never more. */
export type Camera = {
  /** The newest frame, or why there is none: `camera-lost` after `timeoutMs`, `camera-frozen` where pictures repeat. */
  nextFrame(timeoutMs?: number): Promise<LentFrame | Extract<Reason, 'camera-lost' | 'camera-frozen'>>;
  /**
   * Takes the frame that was asked for, once; what nobody asked for is dropped.
   * @returns why it is not taken, where its time cannot be true
   */
  deliver(frame: Frame): Extract<Reason, 'frame-malformed'> | undefined;
  /** A page that has just come never heard of the frame that is waited for; it is asked anew, with a ticket of its own. */
  askAgain(): void;
  /**
   * What was looked at last, for whoever must keep it, and when it came. It is the frame itself, come back from the looking,
   * and no copy: few are kept.
   */
  readonly newest: { readonly picture: Picture; readonly at: number } | undefined;
  /** Whether the newest pictures had been seen before: a recording that is played again and again. */
  readonly looped: boolean;
  /** Of the newest of whoever sits there. */
  readonly size: PictureSize | undefined;
  /** Whether nothing moved before it for a minute. */
  readonly still: boolean;
  /** Somebody else sits before it: nothing that was said of its pictures is said of what comes. */
  beginAnew(): void;
  /** The page that had it is gone: its tickets are void, its clock says nothing any more, nor do its pictures. */
  pageGone(): void;
};

/**
 * @param ask asks the page for a frame
 * @param onResized the pictures of one candidate have another size than before: it may be another camera
 */
export function openCamera(ask: (ticket: number) => void, onResized?: (what: string) => void): Camera {
  let ticket = 0;
  let waiting: { ticket: number; askedAt: number; resolve: (frame: Frame | undefined) => void } | undefined;
  const feed = followFeed();
  const pace = openPace();
  /** Whether a frame came whose time cannot be true, since the last one that was taken. */
  let outOfTime = false;
  let size: PictureSize | undefined;
  let state: FeedState = 'fine';
  let newest: Camera['newest'];

  const receive = (timeoutMs: number): Promise<Frame | undefined> => {
    const { promise, resolve } = Promise.withResolvers<Frame | undefined>();
    const timer = setTimeout(() => resolve(undefined), timeoutMs);
    waiting?.resolve(undefined);
    const mine = { ticket: ++ticket, askedAt: performance.now(), resolve };
    waiting = mine;
    ask(ticket);
    return promise.finally(() => {
      clearTimeout(timer);
      if (waiting === mine) waiting = undefined;
    });
  };
  const askAnew = (): void => {
    if (!waiting) return;
    waiting.ticket = ++ticket;
    waiting.askedAt = performance.now();
    ask(ticket);
  };
  const beginAnew = (): void => {
    state = 'fine';
    feed.beginAnew();
  };
  const compareSize = ({ width, height }: Frame): void => {
    const before = size;
    size = { width, height };
    const isOther = before && (before.width !== width || before.height !== height);
    if (isOther) onResized?.(`${before.width} x ${before.height}, ${width} x ${height}`);
  };
  return {
    async nextFrame(timeoutMs = 4_000) {
      const frame = await receive(timeoutMs);
      if (!frame) {
        // Each contradiction costs this: a page whose clock was set is believed again afterwards.
        if (outOfTime) pace.beginAnew();
        outOfTime = false;
        return 'camera-lost';
      }
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
      if (waiting?.ticket !== frame.ticket) return undefined;
      const { askedAt, resolve } = waiting;
      outOfTime = !pace.keeps({ askedAt, cameAt: performance.now(), capturedAt: frame.capturedAt });
      if (outOfTime) {
        // One alone may be an accident: only where none comes that can be of now is the camera lost.
        askAnew();
        return 'frame-malformed';
      }
      waiting = undefined;
      compareSize(frame);
      resolve(frame);
      return undefined;
    },
    askAgain: askAnew,
    get newest() {
      return newest;
    },
    get looped() {
      return state === 'looped';
    },
    get size() {
      return size;
    },
    get still() {
      return feed.still;
    },
    beginAnew() {
      size = undefined;
      beginAnew();
    },
    pageGone() {
      if (waiting) waiting.ticket = ++ticket;
      pace.beginAnew();
      beginAnew();
    },
  };
}
