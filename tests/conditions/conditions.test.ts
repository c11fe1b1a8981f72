import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLane } from '../../native/face/engine/networks.ts';
import { feedsPresent, spoofFolder } from '../../native/face/feeds.fixture.ts';
import {
  decodeStill,
  type FaceEngine,
  judgeCapture,
  meanDirection,
  type Observation,
  openFaceEngine,
  type Picture,
  shippedCalibration,
  templateOf,
} from '../../native/face/index.ts';
import type { FaceBox } from '../../native/face/networks/detector.ts';
import { randomFrom } from '../../native/presentation-attacks/index.ts';
import { MODELS } from '../kit/face-models.ts';
import { conditionsWith } from './conditions.ts';
import { noise } from './edits/noise.ts';
import { type Film, filmOf, seenThrough } from './film.ts';
import { plantsWith } from './plants.ts';
import { genuineRound, plantedRound } from './rounds.ts';

/** A grey wall with some grain, and where a face would be. */
const [width, height] = [320, 240];
const random = randomFrom(1);
const wall: Picture = {
  width,
  height,
  pixels: Uint8Array.from({ length: width * height * 4 }, () => 90 + 60 * random()),
};
const face: FaceBox = {
  ...{ x: 120, y: 60, width: 80, height: 100, score: 1 },
  landmarks: [
    { x: 140, y: 100 },
    { x: 180, y: 100 },
    { x: 160, y: 120 },
    { x: 145, y: 140 },
    { x: 175, y: 140 },
  ],
};
const conditions = conditionsWith({ picture: wall, face });

describe('an edit of a picture', () => {
  it.each(conditions.filter(({ name }) => name !== 'as filmed'))(
    '$name: changes it, and not the one that was taken',
    ({ edit }) => {
      const taken = wall.pixels.slice();
      const edited = edit(wall, face, 1);
      expect([edited.width, edited.height, edited.pixels.length]).toEqual([width, height, taken.length]);
      expect(edited.pixels).not.toEqual(taken);
      expect(wall.pixels).toEqual(taken);
    },
  );

  it.each(conditions)(
    '$name: is the same each time, and draws nothing onto an empty seat but light and lens',
    ({ edit }) => {
      expect(edit(wall, face, 4).pixels).toEqual(edit(wall, face, 4).pixels);
      expect(edit(wall, undefined, 4).pixels).toHaveLength(wall.pixels.length);
    },
  );
});

describe.skipIf(!feedsPresent)('a short round of them (skipped where the feeds or the weights are not here)', () => {
  let engine: FaceEngine;
  let films: readonly Film[] = [];
  let plants: Awaited<ReturnType<typeof plantsWith>> = [];
  beforeAll(async () => {
    engine = await openFaceEngine(MODELS);
    const { detector } = await openLane(MODELS, ['detector'], 1);
    films = await Promise.all(['D_eat.mjpeg', 'E_want.mjpeg'].map((name) => filmOf(detector, name)));
    plants = await plantsWith(detector);
  });
  afterAll(() => engine.close());

  const plainOf = async (): Promise<ReadonlyMap<string, Awaited<ReturnType<typeof seenThrough>>>> => {
    const plain = new Map<string, Awaited<ReturnType<typeof seenThrough>>>();
    for (const film of films) plain.set(film.name, await seenThrough(engine, film, (picture) => picture, 'identify'));
    return plain;
  };
  const SHORT = [
    'a fifth of the light',
    'half the contrast',
    'a cap',
    'a cap down to the brows',
    'a hand over the mouth, 3 s of 15',
    'drinking, 4 s of 20',
  ];
  it.each(conditions.filter(({ name }) => SHORT.includes(name)))(
    'tells of nobody at work what is not so: $name',
    async (condition) => {
      const { told, falseIncidents, asOthers } = await genuineRound(engine, films, await plainOf(), condition, 5);
      expect([told, falseIncidents, asOthers.match ?? 0]).toEqual([{}, 0, 0]);
    },
    60_000,
  );

  it('tells of noise that hides whether anybody lives, and of nothing else', async () => {
    const noisy = conditions.find(({ name }) => name === 'noise of 20');
    if (!noisy) throw new Error('it is not among them');
    const { told, falseIncidents, asOthers } = await genuineRound(engine, films, await plainOf(), noisy, 5);
    expect([Object.keys(told), falseIncidents, asOthers.match ?? 0]).toEqual([['picture-noisy'], 0, 0]);
  }, 60_000);

  it.each(['silent_F1_print.jpg', 'silent_F2_screen.jpg'])(
    'takes no attack in noise for a live face: %s',
    async (name) => {
      const picture = await decodeStill(readFileSync(join(spoofFolder, name)));
      for (const deviation of [8, 20]) {
        const seen: Observation[] = [];
        for (let turn = 0; turn < 5; turn++)
          seen.push(await engine.observe(noise(deviation)(picture, undefined, turn)));
        const faces = seen.flatMap(({ person }) => person?.embedding ?? []);
        const own = templateOf(engine.embedder, faces.length > 0 ? [meanDirection(faces)] : []);
        const { outcome, reason } = judgeCapture(seen, own, shippedCalibration);
        expect([outcome, ['picture-noisy', 'face-covered'].includes(reason ?? '')]).toEqual(['uncertain', true]);
      }
    },
  );

  it.each(['empty seat', 'two people', 'covered lens', 'mask put on'])(
    'finds what is planted, in poor light too: %s',
    async (name) => {
      const dim = conditions.find((one) => one.name === 'half the light');
      const plant = plants.find((one) => one.name === name);
      if (!dim || !plant) throw new Error('it is not among them');
      const { found, of } = await plantedRound(engine, plant, dim.edit);
      expect([name, found]).toEqual([name, of]);
    },
    60_000,
  );
});
