import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScreenColour } from '../../../contract/words/light.ts';
import { MODELS } from '../../../tests/kit/face-models.ts';
import { belowFrom, randomFrom } from '../chance.fixture.ts';
import { feedsPresent, framesOf } from '../feeds.fixture.ts';
import { type FaceEngine, judgeLight, type LightSample, openFaceEngine } from '../index.ts';
import { drawLight, LIGHT_MS } from '../judge/light-steps.ts';
import { ROOM, relighting, shoneAt, zonesOf } from '../performer/relighting.ts';

const FRAME_MS = 1_000 / 15;

describe.skipIf(!feedsPresent)(
  'light on real feeds, added by a simulation (skipped where the feeds or the weights are not on this machine)',
  () => {
    let engine: FaceEngine;
    beforeAll(async () => {
      engine = await openFaceEngine(MODELS);
    });
    afterAll(() => engine.close());

    /** A clip before a screen, every picture of it seen by the networks as it is lit. */
    async function seenOf(name: string, drawn: readonly ScreenColour[], screen: number): Promise<LightSample[]> {
      const frames = await framesOf(name);
      const see = relighting({ ...ROOM, screen, gain: 0.2 }, randomFrom(1));
      const samples: LightSample[] = [];
      const [first] = frames;
      if (!first) throw new Error(`${name} is empty`);
      let [face] = (await engine.observe({ ...first, pixels: first.pixels.slice() }, { depth: 'watch' })).faces;
      for (let at = 0, n = 0; at < LIGHT_MS; at += FRAME_MS, n++) {
        const turn = n % (2 * frames.length - 2);
        const frame = frames[turn < frames.length ? turn : 2 * frames.length - 2 - turn];
        if (!frame) throw new Error(`${name} is too short`);
        if (!face) throw new Error(`${name} shows nobody`);
        const lit = see(frame, zonesOf(frame, face), shoneAt(drawn, at - ROOM.lagMs));
        const { faces, light } = await engine.observe(lit, { depth: 'watch', light: true });
        face = faces[0] ?? face;
        if (light) samples.push({ ...light, at });
      }
      return samples;
    }

    it('a face answers the screen of a lit room, and as a recording it does not', async () => {
      const below = belowFrom(11);
      const drawn = drawLight(below);
      const lit = await seenOf('G_frontal.mjpeg', drawn, ROOM.screen);
      expect(judgeLight(drawn, lit, below).outcome).toBe('answered');
      // Whatever is shown, it looks the same.
      const recorded = await seenOf('G_frontal.mjpeg', drawn, 0);
      const said = Array.from({ length: 12 }, () => judgeLight(drawLight(below), recorded, below).outcome);
      expect(said).not.toContain('answered');
      expect(said.filter((outcome) => outcome === 'unanswered').length).toBeGreaterThan(6);
    }, 240_000);
  },
);
