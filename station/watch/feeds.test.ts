import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { feedsPresent, framesOf } from '../../native/face/feeds.fixture.ts';
import { type FaceEngine, openFaceEngine, type Picture, type Template, templateOf } from '../../native/face/index.ts';
import { MODELS } from '../../tests/kit/face-models.ts';
import { openBench } from '../run/terminal.fixture.ts';

/**
 * Within so long it is told: four seconds until a passing look, four more until the second one, as the new face takes the place of
 * the old one from one picture to the next and is followed as if it were that, and a margin.
 */
const SWAP_TOLD_MS = 10_000;

describe.skipIf(!feedsPresent)(
  'real people before real networks, all the way through a sitting (skipped where the feeds or the weights are not here)',
  () => {
    let engine: FaceEngine;
    let film: Readonly<Record<'candidate' | 'other' | 'nobody' | 'two', readonly Picture[]>>;
    let template: Template;
    beforeAll(async () => {
      engine = await openFaceEngine(MODELS);
      const [candidate = [], other = [], nobody = [], two = []] = await Promise.all(
        ['C_learn', 'D_sister', 'empty_room', 'FG_two_people'].map((name) => framesOf(`${name}.mjpeg`)),
      );
      film = { candidate, other, nobody, two };
      const { width, height, pixels } = candidate[4] as Picture;
      const enrolled = await engine.enrol({ width, height, pixels: pixels.slice() });
      if (!enrolled.ok) throw new Error(`no photo: ${enrolled.reasons.join()}`);
      template = templateOf(MODELS.embedder, [enrolled.embedding]);
    });
    afterAll(() => engine.close());
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
    afterEach(() => void vi.useRealTimers());

    /** Whoever is enrolled checks in and begins; from then on the camera shows what the test says. */
    async function examined() {
      let show: keyof typeof film = 'candidate';
      const picture = (): Picture => {
        const frames = film[show];
        return frames[Math.floor((performance.now() * 15) / 1000) % frames.length] as Picture;
      };
      const bench = openBench({ real: { engine, template, picture } });
      await bench.begin();
      return {
        bench,
        show(next: keyof typeof film) {
          show = next;
        },
        told: () => bench.sitting.incidents.map(({ reason }) => reason),
      };
    }

    it('tells of nothing while the candidate works for two minutes', async () => {
      const { bench, told } = await examined();
      await bench.pass(120_000);
      expect([bench.stage.stage, told()]).toEqual(['in-progress', []]);
    }, 120_000);

    it('stops the clock when somebody else is in the seat, in time, and lets nobody but a proctor go on', async () => {
      const { bench, show, told } = await examined();
      await bench.pass(9_000);
      show('other');
      await bench.reaches('paused', SWAP_TOLD_MS);
      expect(told()).toEqual(['mismatch']);
      show('candidate');
      await bench.pass(10_000);
      expect(bench.stage).toMatchObject({ stage: 'paused', until: 'proctor' });
    }, 120_000);

    it('goes on when the candidate comes back to an empty seat, not when somebody else does', async () => {
      const { bench, show, told } = await examined();
      show('nobody');
      await bench.reaches('paused', 7_000);
      expect(told()).toEqual(['no-face']);
      show('other');
      await bench.pass(15_000);
      expect(bench.stage.stage).toBe('paused');
      show('candidate');
      await bench.reaches('in-progress', 6_000);
    }, 120_000);

    it('tells of a second person, and goes on', async () => {
      const { bench, show, told } = await examined();
      show('two');
      await bench.pass(5_500);
      expect(told()).toContain('several-faces');
      expect(bench.stage.stage).toBe('in-progress');
    }, 120_000);
  },
);
