import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  areSame,
  livenessOf,
  lookAtAll,
  looksIn,
  MEASURED,
  measuredClips,
  openTwoEngines,
  type Pair,
  personOf,
  templateFrom,
  triedClips,
  triedPairs,
} from '../clips.fixture.ts';
import { feedNames, feedsPresent, spoofFolder, stillFolder } from '../feeds.fixture.ts';
import {
  decodeStill,
  type FaceEngine,
  judgeCapture,
  type Observation,
  shippedCalibration,
  templateOf,
} from '../index.ts';

const thresholds = shippedCalibration;
/** Hundreds of frames, where others want the processor too. */
const TIME_TO_LOOK_MS = 300_000;

describe.skipIf(!feedsPresent)(
  'the real feeds (skipped where the clips or the weights are not on this machine)',
  () => {
    let seen: ReadonlyMap<string, readonly Observation[]> = new Map();
    let engines: readonly FaceEngine[] = [];
    beforeAll(async () => {
      engines = await openTwoEngines();
      seen = await lookAtAll(engines, feedNames);
    }, TIME_TO_LOOK_MS);
    afterAll(() => Promise.all(engines.map((engine) => engine.close())));

    const clip = (name: string): readonly Observation[] => seen.get(name) ?? [];
    /** What the station would say of one clip against the enrolment that another gives. */
    const compared = ([one, other]: Pair) => ({
      ...{ one, other, ...judgeCapture(clip(one), templateFrom(clip(other)), thresholds) },
    });

    it('are all there: seven people, and a clip each of nobody, of a back and of two', () => {
      expect(new Set([...measuredClips, ...triedClips].map(personOf)).size).toBeGreaterThanOrEqual(7);
      expect(feedNames).toEqual(
        expect.arrayContaining(['empty_room.mjpeg', 'back_turned.mjpeg', 'FG_two_people.mjpeg']),
      );
    });

    it('are of other people than the thresholds were measured on', () => {
      expect([...new Set(triedClips.map(personOf))]).toEqual(['B', 'D', 'F']);
      expect(MEASURED).toEqual(['A', 'C', 'E', 'G']);
    });

    it('are accepted for the same person, every clip against every other', () => {
      const same = triedPairs.filter(areSame);
      expect(same).toHaveLength(12);
      expect(same.map(compared).filter(({ outcome }) => outcome !== 'match')).toEqual([]);
    });

    it('are never accepted for another person, every clip against every other', () => {
      const different = triedPairs.filter((pair) => !areSame(pair));
      expect(different.length).toBeGreaterThan(200);
      expect(different.map(compared).filter(({ outcome }) => outcome === 'match')).toEqual([]);
    });

    /** Every look that a check-in could take of one clip, against the enrolment that another gives. */
    const looked = ([one, other]: Pair) =>
      looksIn(clip(one)).map((look) => ({
        ...{ one, other, ...judgeCapture(look, templateFrom(clip(other)), thresholds) },
      }));

    it('are accepted for the same person in every look of five frames', () => {
      const looks = triedPairs.filter(areSame).flatMap(looked);
      expect(looks.length).toBeGreaterThan(100);
      expect(looks.filter(({ outcome }) => outcome !== 'match')).toEqual([]);
    });

    it('are accepted for nobody else in any look of five frames, with room to spare', () => {
      const looks = triedPairs.filter((pair) => !areSame(pair)).flatMap(looked);
      expect(looks.length).toBeGreaterThan(2_000);
      expect(looks.filter(({ similarity = 1 }) => similarity > thresholds.accept - 0.05)).toEqual([]);
    });

    it('of people are live, every one', () => {
      const lives = triedClips.map((name) => [name, livenessOf(clip(name))] as const);
      expect(lives).toHaveLength(7);
      expect(lives.filter(([, live]) => !(live >= thresholds.live))).toEqual([]);
    });

    it.each(['empty_room.mjpeg', 'back_turned.mjpeg'])('%s shows nobody, in every frame', (name) => {
      expect(clip(name).length).toBeGreaterThan(10);
      expect(new Set(clip(name).map(({ reason }) => reason))).toEqual(new Set(['no-face']));
    });

    it('FG_two_people.mjpeg shows several faces', () => {
      const capture = judgeCapture(clip('FG_two_people.mjpeg'), templateOf(thresholds.embedder, []), thresholds);
      expect(capture).toMatchObject({ outcome: 'several-faces', usable: 0 });
    });

    const still = async (name: string): Promise<Observation> => {
      const [engine] = engines as [FaceEngine];
      return engine.observe(await decodeStill(readFileSync(join(spoofFolder, name))));
    };

    it('and the live photo beside the attacks is live', async () => {
      expect((await still('silent_T1_live.jpg')).person?.live).toBeGreaterThanOrEqual(thresholds.live);
    });

    it.each(['silent_F1_print.jpg', 'silent_F2_screen.jpg'])(
      'and the attack %s is not taken for a live face',
      async (name) => {
        const { person, reason, faces } = await still(name);
        expect(faces.length).toBeGreaterThan(0);
        expect(person ? person.live < thresholds.live : reason !== undefined).toBe(true);
      },
    );

    const photo = async (name: string) => decodeStill(readFileSync(join(stillFolder, name)));

    it('thirty faces are several', async () => {
      const [engine] = engines as [FaceEngine];
      const { faces, reason, person } = await engine.observe(await photo('solvay1927.jpg'));
      expect(faces.length).toBeGreaterThanOrEqual(15);
      expect([reason, person]).toEqual(['several-faces', undefined]);
    });

    it('a face that the edge cuts off is seen to be', async () => {
      const [engine] = engines as [FaceEngine];
      const { quality } = await engine.observe(await photo('obama/obama_partial_face.jpg'));
      expect(quality.find(({ component }) => component === 'CropOfTheFaceImage')).toMatchObject({
        verdict: 'warn',
        advice: 'face-cut-off',
      });
    });

    it('a photo enrols with what it is worth, and a crowd with what is wrong', async () => {
      const [engine] = engines as [FaceEngine];
      const enrolled = await engine.enrol(await photo('obama/obama.jpg'));
      expect(enrolled.ok).toBe(true);
      const components = enrolled.quality.map(({ component }) => component);
      expect(components).toEqual(expect.arrayContaining(['EyesOpen', 'Sharpness', 'FaceOcclusionPrevention']));
      const crowd = await engine.enrol(await photo('solvay1927.jpg'));
      expect(crowd).toMatchObject({ ok: false, reasons: expect.arrayContaining(['several-faces']) });
    });
  },
);
