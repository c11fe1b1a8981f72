import { beforeAll, describe, expect, it } from 'vitest';
import { feedNames, feedsPresent, framesOf } from '../../../native/face/feeds.fixture.ts';
import type { Picture } from '../../../native/face/index.ts';
import { EDITS, type Edit } from '../../../native/presentation-attacks/index.ts';
import { followFeed } from './feed.ts';
import { AT_CHECK_IN_MS, DURING_EXAM_MS, played, secondsOf } from './played.fixture.ts';

const EDITED = Object.keys(EDITS) as Edit[];

describe.skipIf(!feedsPresent)('real feeds (skipped where the feeds are not on this machine)', () => {
  let clips: ReadonlyMap<string, readonly Picture[]>;
  const clip = (name: string): readonly Picture[] => clips.get(`${name}.mjpeg`) ?? [];
  beforeAll(async () => {
    clips = new Map(await Promise.all(feedNames.map(async (name) => [name, await framesOf(name)] as const)));
  });

  it.each([AT_CHECK_IN_MS, DURING_EXAM_MS])(
    'that are played once, each and all in a row, are fine: every %i ms',
    async (everyMs) => {
      const inARow = followFeed();
      for (const frames of clips.values()) {
        const seconds = secondsOf(frames);
        expect(new Set((await played(frames, { seconds, everyMs })).states)).toEqual(new Set(['fine']));
        expect(new Set((await played(frames, { seconds, everyMs, feed: inARow })).states)).toEqual(new Set(['fine']));
      }
    },
    60_000,
  );

  it.each(EDITED)(
    'that repeat are found within half a minute of an exam, whatever is done to each picture: %s',
    async (edit) => {
      for (const name of ['A_again', 'C_book', 'F_turns', 'FG_two_people'])
        expect(await played(clip(name), { seconds: 30, everyMs: DURING_EXAM_MS, edit })).toHaveProperty('loopedAfter');
    },
    120_000,
  );

  it('that were shown to whoever sat here before are found, and what was said of them is not said of the next camera', async () => {
    const feed = followFeed();
    const everyMs = AT_CHECK_IN_MS;
    expect((await played(clip('A_again'), { seconds: 10, everyMs, feed })).states.at(-1)).toBe('looped');
    feed.beginAnew();
    const next = await played(clip('C_book'), { seconds: secondsOf(clip('C_book')), everyMs, feed });
    expect(new Set(next.states)).toEqual(new Set(['fine']));
    feed.beginAnew();
    const again = await played(clip('A_again'), { seconds: secondsOf(clip('A_again')), everyMs, edit: 'light', feed });
    expect(again.loopedAfter).toBeLessThan(2);
  });

  it('of which one picture is shown on and on stand still, also where its light flickers', async () => {
    for (const edit of ['none', 'one bit'] as const) {
      const { states } = await played(clip('A_again').slice(0, 1), { seconds: 5, everyMs: 110, edit });
      expect(states.at(-1)).toBe('frozen');
    }
  });
});
