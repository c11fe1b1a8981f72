import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODELS } from '../../../tests/kit/face-models.ts';
import { feedsPresent, framesOf } from '../feeds.fixture.ts';
import { type FaceEngine, judgeLight, type LightSample, openFaceEngine } from '../index.ts';
import { drawLight, LIGHT_MS } from '../judge/light-steps.ts';
import { belowFrom, ROOM, relighting, zonesOf } from '../relit.fixture.ts';

const FRAME_MS = 1_000 / 15;

describe.skipIf(!feedsPresent)(
  'light on real feeds, added by a simulation (skipped where the feeds or the weights are not on this machine)',
  () => {
    let engine: FaceEngine;
    beforeAll(async () => {
      engine = await openFaceEngine(MODELS);
    });
    afterAll(() => engine.close());

    /** What is said of a clip before a screen, every picture of it seen by the networks as it is lit. */
    async function challenged(name: string, screen: number, seed: number) {
      const frames = await framesOf(name);
      const below = belowFrom(seed);
      const drawn = drawLight(below);
      const see = relighting(drawn, { ...ROOM, screen, gain: 0.2 }, seed);
      const samples: LightSample[] = [];
      const [first] = frames;
      if (!first) throw new Error(`${name} is empty`);
      let [face] = (await engine.observe({ ...first, pixels: first.pixels.slice() }, { depth: 'watch' })).faces;
      for (let at = 0, n = 0; at < LIGHT_MS; at += FRAME_MS, n++) {
        const turn = n % (2 * frames.length - 2);
        const frame = frames[turn < frames.length ? turn : 2 * frames.length - 2 - turn];
        if (!frame) throw new Error(`${name} is too short`);
        if (!face) throw new Error(`${name} shows nobody`);
        const { faces, light } = await engine.observe(see(frame, zonesOf(frame, face), at), {
          depth: 'watch',
          light: true,
        });
        face = faces[0] ?? face;
        if (light) samples.push({ ...light, at });
      }
      return judgeLight(drawn, samples, below).outcome;
    }

    it('a face answers the screen of a lit room, and as a recording it does not', async () => {
      expect(await challenged('G_frontal.mjpeg', ROOM.screen, 11)).toBe('answered');
      expect(await challenged('G_frontal.mjpeg', 0, 12)).toBe('unanswered');
    }, 240_000);
  },
);
