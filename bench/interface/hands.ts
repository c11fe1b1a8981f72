import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Locator, Page } from 'playwright-core';
import { type Seen, takeSeen } from './probe.ts';

/** Hands that touch, click and type as the operating system would say it: the page cannot tell the difference. */
export type Hands = {
  readonly page: Page;
  /** @param what what is being done, in a word, for whoever reads the numbers */
  tap(what: string, target: Locator): Promise<void>;
  press(what: string, key: string): Promise<void>;
};

export type Means = 'mouse' | 'touch' | 'key';
/** One thing that hands have done, and what the page saw of it. */
export type Act = { readonly what: string; readonly by: Means; readonly seen: Seen };

/** Hands that wait after each act until all that it caused is over, and write it down. */
export type MeasuredHands = Hands & {
  readonly acts: Act[];
  /** A finger, or a mouse. */
  by: Exclude<Means, 'key'>;
};

/** What somebody needs at least to look where to touch next; also until Chromium has told of what it timed. */
const AFTER_ACT_MS = 150;

/** Hands that do one thing after the other without a thought. */
export const plainHands = (page: Page): Hands => ({
  page,
  tap: (_, target) => target.click(),
  press: (_, key) => page.keyboard.press(key),
});

export async function measuredHands(page: Page): Promise<MeasuredHands> {
  const finger = await page.context().newCDPSession(page);
  const acts: Act[] = [];
  const done = async (what: string, by: Means): Promise<void> => {
    await pause(AFTER_ACT_MS);
    acts.push({ what, by, seen: await takeSeen(page) });
  };
  const hands: MeasuredHands = {
    ...{ page, acts, by: 'mouse' },
    async tap(what, target) {
      if (hands.by === 'mouse') await target.click();
      else await touch(finger, target);
      await done(what, hands.by);
    },
    async press(what, key) {
      await page.keyboard.press(key);
      await done(what, 'key');
    },
  };
  return hands;
}

async function touch(finger: CDPSession, target: Locator): Promise<void> {
  // Whether it can be touched at all, where nothing covers it.
  await target.click({ trial: true });
  const box = await target.boundingBox();
  if (!box) throw new Error(`${target} is not on the screen`);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
