import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Gesture } from '../../../contract/words/exam.ts';
import { feedsPresent, framesOf, mirrorOf } from '../../../native/face/feeds.fixture.ts';
import {
  cosine,
  type FaceEngine,
  openFaceEngine,
  type Picture,
  shippedCalibration,
} from '../../../native/face/index.ts';
import { MODELS } from '../../../tests/kit/face-models.ts';
import { type Camera, lookWhileAsking, openCamera } from './index.ts';

const FRAME_MS = 66;

describe.skipIf(!feedsPresent)(
  'gestures of real people before real networks (skipped where the feeds or the weights are not here)',
  () => {
    let engine: FaceEngine;
    /** She looks straight, and turns to her right until her ear is seen, and back; another person at rest. */
    let she: { readonly rest: readonly Picture[]; readonly turn: readonly Picture[] };
    let other: readonly Picture[];
    beforeAll(async () => {
      engine = await openFaceEngine(MODELS);
      const front = (await framesOf('F_turns.mjpeg')).slice(0, 14);
      she = { rest: front.slice(11, 14), turn: [...front.toReversed(), ...front] };
      other = (await framesOf('C_learn.mjpeg')).slice(0, 6);
    });
    afterAll(() => engine.close());
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
    afterEach(() => void vi.useRealTimers());

    /** Plays what whoever is there does once this is asked of them, a moment late; what the networks take is no time. */
    async function asked(
      gestures: readonly Gesture[],
      play: (step: { readonly asked?: Gesture | undefined; readonly at: number }) => readonly Picture[],
    ) {
      let [step, since, looking, over] = [{ at: 1 } as { asked?: Gesture | undefined; at: number }, 0, 0, false];
      const camera: Camera = openCamera((ticket) => {
        const passed = performance.now() - since;
        const pictures = play(passed > 400 ? step : { at: step.at });
        const { width, height, pixels } = pictures[Math.floor(passed / FRAME_MS) % pictures.length] as Picture;
        const frame = {
          ticket,
          width,
          height,
          sequence: ticket,
          capturedAt: performance.now() + ticket,
          pixels: pixels.slice(),
        };
        queueMicrotask(() => camera.deliver(frame));
      });
      const eyes: FaceEngine = {
        ...engine,
        observe(picture, wish) {
          looking += 1;
          return engine.observe(picture, wish).finally(() => {
            looking -= 1;
          });
        },
      };
      const seen = lookWhileAsking(camera, eyes, gestures, {
        ...{ usable: 5, pauseMs: 30, signal: new AbortController().signal },
        sameFace: shippedCalibration.sameFace,
        onStep({ gesture, at }) {
          if (gesture !== step.asked) since = performance.now();
          step = { asked: gesture, at };
        },
      }).finally(() => {
        over = true;
      });
      while (!over) {
        await vi.advanceTimersByTimeAsync(FRAME_MS);
        while (looking > 0) await new Promise(setImmediate);
      }
      return seen;
    }
    const twice = ['turn-right', 'turn-right'] as const;
    const turned = (gesture: Gesture | undefined): readonly Picture[] => (gesture ? she.turn : she.rest);

    it('are passed by whoever makes them, and only that face is looked at', async () => {
      const { observations, challenge } = await asked(twice, (step) => turned(step.asked));
      expect(challenge).toEqual({ gestures: twice });
      const faces = observations.flatMap(({ person }) => (person ? [person.embedding] : []));
      expect(faces.length).toBeGreaterThanOrEqual(5);
      for (const face of faces) expect(cosine(face, faces[0] as Float32Array)).toBeGreaterThan(0.5);
    });

    it('are not passed by two people who share them', async () => {
      const { challenge } = await asked(twice, (step) => (step.asked ? turned(step.asked) : other));
      expect(challenge?.failure).toBe('face-changed');
    });

    it('are not passed for somebody who comes in between them', async () => {
      const { challenge } = await asked(twice, ({ asked: gesture, at }) => (at === 1 ? turned(gesture) : other));
      expect(challenge?.failure).toBe('face-changed');
    });

    it('are not passed by a turn the other way', async () => {
      const { challenge } = await asked(['turn-left'], (step) => turned(step.asked));
      expect(challenge?.failure).toBe('challenge-wrong');
    });

    it('are passed in a mirror by a turn the other way', async () => {
      const { challenge } = await asked(['turn-left'], (step) => turned(step.asked).map(mirrorOf));
      expect(challenge).toEqual({ gestures: ['turn-left'] });
    });

    it('are not passed by a picture', async () => {
      const { challenge } = await asked(twice, () => she.rest);
      expect(challenge?.failure).toBe('challenge-late');
    });
  },
);
