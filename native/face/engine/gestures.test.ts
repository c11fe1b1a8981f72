import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gesture } from '../../../contract/words/exam.ts';
import { MODELS } from '../../../tests/kit/face-models.ts';
import { feedNames, feedsPresent, framesOf, mirrorOf } from '../feeds.fixture.ts';
import {
  type Challenge,
  drawGestures,
  drawReturn,
  type FaceEngine,
  gestureAsked,
  type Observation,
  openFaceEngine,
  type Picture,
  shippedCalibration,
  startChallenge,
  watchGesture,
} from '../index.ts';
import { everyDraw } from '../judge/draws.fixture.ts';

const FRAME_MS = 100;

describe.skipIf(!feedsPresent)(
  'gestures in real feeds (skipped where the feeds or the weights are not on this machine)',
  () => {
    let engine: FaceEngine;
    beforeAll(async () => {
      engine = await openFaceEngine(MODELS);
    });
    afterAll(() => engine.close());

    const watched = async (frames: readonly Picture[]): Promise<Observation[]> => {
      const seen: Observation[] = [];
      for (const { width, height, pixels } of frames)
        seen.push(
          await engine.observe({ width, height, pixels: pixels.slice() }, { depth: 'identify', gestures: true }),
        );
      return seen;
    };
    /** Shows the face at rest, and what it does once it is asked. */
    async function challenged(gesture: Gesture, rest: readonly Picture[], act: readonly Picture[]): Promise<Challenge> {
      const [atRest, acting] = [await watched(rest), await watched(act)];
      let challenge = startChallenge([gesture], 0, shippedCalibration.sameFace);
      let acted = 0;
      for (let n = 0; n < 120 && challenge.state !== 'passed' && challenge.state !== 'failed'; n++) {
        const asked = gestureAsked(challenge) !== undefined && n > 5;
        const seen = asked ? acting[acted++ % acting.length] : atRest[n % atRest.length];
        challenge = watchGesture(challenge, seen as Observation, n * FRAME_MS);
      }
      return challenge;
    }
    /** She sits frontal, turns to her right until her ear is seen, and back. */
    const turning = async () => {
      const frames = await framesOf('F_turns.mjpeg');
      const toFront = frames.slice(0, 14);
      return { rest: frames.slice(11, 14), act: [...toFront.toReversed(), ...toFront] };
    };

    it('a head that turns right is seen to, and its mirror image to turn left', async () => {
      const { rest, act } = await turning();
      expect(await challenged('turn-right', rest, act)).toMatchObject({ state: 'passed' });
      expect(await challenged('turn-left', rest.map(mirrorOf), act.map(mirrorOf))).toMatchObject({ state: 'passed' });
    });

    it('so is how far it turns', async () => {
      const frames = await framesOf('F_turns.mjpeg');
      // By the mesh she is turned by 2 degrees to her left at rest, then by 13, 26 and 36 to her right.
      const [rest, little, far] = [frames.slice(11, 13), frames.slice(10, 11), frames.slice(8, 10)];
      expect(await challenged('turn-right-little', rest, little)).toMatchObject({ state: 'passed' });
      expect(await challenged('turn-right-far', rest, far)).toMatchObject({ state: 'passed' });
      expect(await challenged('turn-right-far', rest, little)).toMatchObject({ reason: 'challenge-late' });
      expect(await challenged('turn-right-little', rest, far)).toMatchObject({ reason: 'challenge-late' });
    });

    it('a gesture that somebody else makes in the same place is no answer', async () => {
      const { act } = await turning();
      const others = (await framesOf('C_learn.mjpeg')).slice(0, 6);
      expect(await challenged('turn-right', others, act)).toEqual({ state: 'failed', reason: 'face-changed' });
    });

    it('a head that turns the other way is no answer', async () => {
      const { rest, act } = await turning();
      expect(await challenged('turn-left', rest, act)).toEqual({ state: 'failed', reason: 'challenge-wrong' });
      expect(await challenged('open-mouth', rest, act)).toMatchObject({ state: 'failed' });
    });

    it('eyes that close and open are seen to', async () => {
      const frames = await framesOf('D_eat.mjpeg');
      expect(await challenged('blink', frames.slice(1, 8), frames.slice(8, 20))).toMatchObject({ state: 'passed' });
    });

    it('hardly any recording answers a challenge it does not know', async () => {
      // `measure:gestures` plays every picture against every draw.
      const draws = [...everyDraw(drawGestures), ...everyDraw(drawReturn)].filter((_, n) => n % 3 === 0);
      let [tries, passed] = [0, 0];
      for (const name of feedNames.filter((feed) => /^[A-Z]_/.test(feed))) {
        const film = await watched((await framesOf(name)).filter((_, n) => n % 2 === 0));
        for (const draw of draws) {
          for (const offset of [0, 11]) {
            let challenge = startChallenge(draw, 0, shippedCalibration.sameFace);
            for (let n = 0; n < 400 && challenge.state !== 'passed' && challenge.state !== 'failed'; n++)
              challenge = watchGesture(challenge, film[(n + offset) % film.length] as Observation, n * FRAME_MS);
            tries += 1;
            if (challenge.state === 'passed') passed += 1;
          }
        }
      }
      expect(tries).toBeGreaterThan(1_500);
      expect(passed / tries).toBeLessThan(0.01);
    }, 300_000);
  },
);
