import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { type Taken, TICK_MS, TOUCH_MS } from './timeline.ts';

/** Films a page, with what is said about it. */
export type FilmCamera = {
  say(text: string): void;
  /** Shows a finger where it touches, then touches. */
  touch(what: Locator): Promise<void>;
  end(): Promise<Taken>;
};

/** @param folder for its pictures */
export async function filmPage(page: Page, folder: string): Promise<FilmCamera> {
  const started = performance.now();
  const now = (): number => performance.now() - started;
  const taken = { pictures: [] as Taken['pictures'][number][], captions: [] as Taken['captions'][number][] };
  const touches: Taken['touches'][number][] = [];
  const line = await page.context().newCDPSession(page);
  line.on('Page.screencastFrame', ({ data, sessionId }) => {
    const file = `${taken.pictures.length}.jpg`;
    writeFileSync(join(folder, file), Buffer.from(data, 'base64'));
    taken.pictures.push({ atMs: now(), file });
    // The next one comes when this one is acknowledged: no more than the film shows.
    void setTimeout(TICK_MS).then(() => line.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined));
  });
  await line.send('Page.startScreencast', { format: 'jpeg', quality: 90, maxWidth: 1280, maxHeight: 720 });
  return {
    say: (text) => void taken.captions.push({ atMs: now(), text }),
    async touch(what) {
      const box = await what.boundingBox();
      if (box) touches.push({ atMs: now(), x: box.x + box.width / 2, y: box.y + box.height / 2 });
      await setTimeout(TOUCH_MS / 2);
      await what.click();
    },
    async end() {
      await line.send('Page.stopScreencast');
      return { ...taken, touches, endMs: now() };
    },
  };
}
