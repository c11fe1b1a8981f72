import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODELS } from '../../../tests/kit/face-models.ts';
import { feedNames, feedsPresent, framesOf } from '../feeds.fixture.ts';
import {
  type Condition,
  type FaceEngine,
  type Observation,
  openFaceEngine,
  type Picture,
  startMonitor,
  watchSeat,
} from '../index.ts';

/** A watching frame each third of a second: so much of a feed of 15 pictures a second is seen. */
const [FRAME_MS, EVERY] = [333, 5];
const TEN_MINUTES = Math.round(600_000 / FRAME_MS);
/** What must be told of within so long after its own patience. */
const IN_TIME_MS = 3_000;

describe.skipIf(!feedsPresent)(
  'the monitor on real feeds (skipped where the feeds or the weights are not here)',
  () => {
    let engine: FaceEngine;
    beforeAll(async () => {
      engine = await openFaceEngine(MODELS);
    });
    afterAll(() => engine.close());

    const observe = async ({ width, height, pixels }: Picture, things = false): Promise<Observation> =>
      engine.observe({ width, height, pixels: pixels.slice() }, { depth: 'watch', things });
    const watched = async (name: string, things = false): Promise<Observation[]> => {
      const seen: Observation[] = [];
      const frames = await framesOf(name);
      // Every picture of a short feed comes up sooner or later.
      for (const frame of frames) seen.push(await observe(frame, things));
      return seen;
    };
    /** Plays what was seen, again and again, as a station would sample it. */
    function told(film: readonly Observation[], count: number): { condition: Condition; afterMs: number }[] {
      let monitor = startMonitor(0);
      const findings: { condition: Condition; afterMs: number }[] = [];
      for (let n = 1; n <= count; n++) {
        const seen = film[(n * EVERY) % film.length] as Observation;
        const step = watchSeat(monitor, seen, n * FRAME_MS);
        monitor = step.monitor;
        findings.push(...step.raised.map(({ condition }) => ({ condition, afterMs: n * FRAME_MS })));
      }
      return findings;
    }

    it.each(feedNames.filter((name) => /^[A-Z]_/.test(name)))(
      'tells of nothing in ten minutes of %s',
      async (name) => {
        expect(told(await watched(name, true), TEN_MINUTES)).toEqual([]);
      },
      60_000,
    );

    it.each([
      ['empty_room.mjpeg', 'no-face', 4_000],
      ['back_turned.mjpeg', 'no-face', 4_000],
      ['FG_two_people.mjpeg', 'several-faces', 2_500],
    ] as const)('tells of %s: %s', async (name, condition, patience) => {
      const [first] = told(await watched(name), 60);
      expect(first?.condition).toBe(condition);
      expect(first?.afterMs).toBeLessThan(patience + IN_TIME_MS);
    });

    it('tells of a covered lens: black, a thumb, a cloth', async () => {
      for (const [red, green, blue] of [
        [2, 2, 2],
        [90, 30, 25],
        [150, 150, 155],
      ]) {
        const pixels = new Uint8Array(640 * 480 * 4);
        for (let at = 0; at < pixels.length; at += 4) {
          const grain = (at * 2_654_435_761) % 5;
          pixels.set([(red ?? 0) + grain, (green ?? 0) + grain, (blue ?? 0) + grain, 255], at);
        }
        const [first] = told([await observe({ width: 640, height: 480, pixels })], 60);
        expect(first?.condition).toBe('camera-covered');
        expect(first?.afterMs).toBeLessThan(2_500 + IN_TIME_MS);
      }
    });
  },
);
