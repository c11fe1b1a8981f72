import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gesture } from '../../../contract/words/exam.ts';
import { feedsPresent, framesOf } from '../../../native/face/feeds.fixture.ts';
import { type FaceEngine, openFaceEngine, type Picture } from '../../../native/face/index.ts';
import { calmPictures, type Performer, readPerformer } from '../../../native/face/performer/index.ts';
import { MODELS } from '../../../tests/kit/face-models.ts';
import { acted, asks, remembered } from './performed.fixture.ts';

/** Every gesture that is drawn, in some of the draws. */
const DRAWS: readonly (readonly Gesture[])[] = [
  ['turn-left-far', 'blink'],
  ['open-mouth', 'turn-right-little', 'come-closer'],
  ['turn-right-far', 'open-mouth', 'turn-left-little'],
];

describe.skipIf(!feedsPresent)(
  'gestures that are performed (skipped where the feeds or the weights are not here): a short round of measure:gestures',
  () => {
    let engine: FaceEngine;
    let performer: Performer;
    let ground: Picture;
    beforeAll(async () => {
      engine = await openFaceEngine(MODELS);
      const clip = await framesOf('B_milk.mjpeg');
      performer = await readPerformer(MODELS, await calmPictures(engine, clip.slice(0, 6), 1));
      [ground] = (await framesOf('empty_room.mjpeg')) as [Picture];
    }, 120_000);
    afterAll(() => engine.close());

    it('are passed in two tries by somebody who makes them', async () => {
      const look = remembered(engine, (n, pose) => performer.shows(n, pose));
      for (const gestures of DRAWS) {
        const first = await asks(gestures, acted(look, Math.random));
        expect(first && (await asks(gestures, acted(look, Math.random)))).toBeUndefined();
      }
    }, 240_000);

    it('are passed by no print of them that is bent and moved in the same way', async () => {
      const look = remembered(engine, (n, pose) => performer.printed(n, { ...pose, radius: 0.75 }, ground));
      for (const gestures of DRAWS) expect(await asks(gestures, acted(look, Math.random))).toBeDefined();
    }, 240_000);
  },
);
