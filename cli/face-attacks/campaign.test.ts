import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedsPresent } from '../../native/face/feeds.fixture.ts';
import { type FaceEngine, openFaceEngine, shippedCalibration } from '../../native/face/index.ts';
import type { Species } from '../../native/presentation-attacks/index.ts';
import { MODELS } from '../../tests/kit/face-models.ts';
import { sharedFolder } from '../../tests/kit/folders.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { sharedData } from '../../tests/kit/shared-data.ts';
import { filmOf } from './campaign.ts';
import { EVERY_SPECIES, type Measured, readGenuine, runCampaign, speciesReport } from './index.ts';
import { stripOf } from './strip.ts';

/** Of these none of 300 is to be let in; a short round says that nothing of it broke. */
const STOPPED: readonly Species[] = ['print', 'bent-print', 'injected', 'looped', 'still'];

describe.skipIf(!feedsPresent)(
  'whole check-ins before real networks (skipped where the clips or the weights are not on this machine)',
  () => {
    const folder = sharedFolder();
    let engine: FaceEngine;
    let measured: Measured;
    beforeAll(async () => {
      mkdirSync(join(folder, 'clips'));
      for (const name of ['A_again', 'C_learn', 'empty_room'])
        cpSync(join(sharedData, 'camera', `${name}.mjpeg`), join(folder, 'clips', `${name}.mjpeg`));
      engine = await openFaceEngine(MODELS);
      const genuine = await readGenuine(engine, join(folder, 'clips'));
      const options = { engine, models: MODELS, thresholds: shippedCalibration, genuine, species: STOPPED };
      const campaign = await runCampaign({ ...options, checkIns: 1, performed: 1, lookMs: 400, tries: 1 });
      const about = { clips: genuine.length, people: 2, live: shippedCalibration.live, lookMs: 400, tries: 1 };
      measured = { ...campaign, simulated: true, ...about };
    }, 300_000);
    afterAll(() => engine.close());

    it.each(STOPPED)('of the species %s are not let in', (species) => {
      expect(measured.apcer[species]).toMatchObject({ checkIns: 1, unjudged: 0, errors: 0 });
    });

    it('of the people in the clips are, and a clip of nobody is none', () => {
      expect(measured.clips).toBe(2);
      expect(measured.bpcer).toMatchObject({ checkIns: 2, unjudged: 0, errors: 0, rate: 0 });
    });

    it('of the people who make the gestures that are asked for are', () => {
      expect(measured.performed).toMatchObject({ checkIns: 1, unjudged: 0, errors: 0, rate: 0 });
    });

    it('are told in a page of pictures and figures, in both languages, which says that all of it is simulated', async () => {
      const genuine = await readGenuine(engine, join(folder, 'clips'));
      const strips = new Map([['print', await stripOf(filmOf(genuine, 'print', 0).film)]] as const);
      const [zh, en] = [speciesReport(measured, strips, 'zh'), speciesReport(measured, strips, 'en')];
      expect(zh).toContain('模拟');
      expect(en).toContain('simulated');
      for (const page of [zh, en]) expect(page).toContain('data:image/jpeg;base64,/9j/');
    });

    it('are refused where there is nobody to make them of', async () => {
      mkdirSync(join(folder, 'nobody'));
      expect(await refusalOf(readGenuine(engine, join(folder, 'nobody')))).toBe('photos-missing');
    });
  },
);

it('every species has a film', () => expect(EVERY_SPECIES).toHaveLength(9));
