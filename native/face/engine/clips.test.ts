import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedNames, feedsPresent, picturesOf, spoofFolder, stillFolder } from '../feeds.fixture.ts';
import {
  decodeStill,
  type FaceEngine,
  judgeCapture,
  meanDirection,
  type Observation,
  openFaceEngine,
  readCalibration,
  templateOf,
} from '../index.ts';

const FRAMES = 6;
const thresholds = readCalibration({});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const embeddingsOf = (seen: readonly Observation[]) => seen.flatMap(({ person }) => (person ? [person.embedding] : []));

describe.skipIf(!feedsPresent)(
  'the real feeds (skipped where the clips or the weights are not on this machine)',
  () => {
    const names = feedNames;
    /** A clip of one person: its name begins with that person's letter. */
    const people = names.filter((name) => /^[A-Z]_/.test(name));
    const seen = new Map<string, readonly Observation[]>();
    const engines: FaceEngine[] = [];

    const look = async (engine: FaceEngine, name: string): Promise<void> => {
      const pictures = picturesOf(name);
      const observations: Observation[] = [];
      for (let n = 0; n < FRAMES; n++) {
        const picture = pictures[Math.floor(((n + 0.5) * pictures.length) / FRAMES)];
        if (picture) observations.push(await engine.observe(await decodeStill(picture)));
      }
      seen.set(name, observations);
    };
    beforeAll(async () => {
      engines.push(...(await Promise.all([openFaceEngine(), openFaceEngine()])));
      const waiting = [...names];
      const work = async (engine: FaceEngine): Promise<void> => {
        for (let name = waiting.shift(); name; name = waiting.shift()) await look(engine, name);
      };
      await Promise.all(engines.map(work));
    });
    afterAll(() => Promise.all(engines.map((engine) => engine.close())));

    const clip = (name: string): readonly Observation[] => seen.get(name) ?? [];
    /** What the station would say of one clip against the enrolment that another gives. */
    const compared = (name: string, reference: string) =>
      judgeCapture(clip(name), templateOf([meanDirection(embeddingsOf(clip(reference)))]), thresholds);
    const pairs = people.flatMap((one) =>
      people.filter((other) => other !== one).map((other) => [one, other] as const),
    );

    it('are all there: seven people, and a clip each of nobody, of a back and of two', () => {
      expect(new Set(people.map(([letter]) => letter)).size).toBeGreaterThanOrEqual(7);
      expect(names).toEqual(expect.arrayContaining(['empty_room.mjpeg', 'back_turned.mjpeg', 'FG_two_people.mjpeg']));
    });

    it('are accepted for the same person, every clip against every other', () => {
      const same = pairs.filter(([one, other]) => one[0] === other[0]);
      expect(same.length).toBeGreaterThan(30);
      const wrong = same
        .map(([one, other]) => ({ one, other, ...compared(one, other) }))
        .filter(({ outcome }) => outcome !== 'match');
      expect(wrong).toEqual([]);
    });

    it('are never accepted for another person, every clip against every other', () => {
      const different = pairs.filter(([one, other]) => one[0] !== other[0]);
      expect(different.length).toBeGreaterThan(200);
      const wrong = different
        .map(([one, other]) => ({ one, other, ...compared(one, other) }))
        .filter(({ outcome }) => outcome === 'match');
      expect(wrong).toEqual([]);
    });

    it('of people are live, every one', () => {
      const lives = people.map(
        (name) => [name, median(clip(name).flatMap(({ person }) => person?.live ?? []))] as const,
      );
      expect(lives.filter(([, live]) => !(live >= thresholds.live))).toEqual([]);
    });

    it.each(['empty_room.mjpeg', 'back_turned.mjpeg'])('%s shows nobody, in every frame', (name) => {
      expect(clip(name).map(({ reason }) => reason)).toEqual(Array(FRAMES).fill('no-face'));
    });

    it('FG_two_people.mjpeg shows several faces', () => {
      const capture = judgeCapture(clip('FG_two_people.mjpeg'), templateOf([]), thresholds);
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
