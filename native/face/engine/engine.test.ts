import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import manifest from '../../../models/manifest.json' with { type: 'json' };
import { MODELS } from '../../../tests/kit/face-models.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { refusalOf } from '../../../tests/kit/refusals.ts';
import { feedsPresent, picturesOf } from '../feeds.fixture.ts';
import { decodeStill, type FaceEngine, modelStatus, openFaceEngine, type Picture } from '../index.ts';

const found = modelStatus(MODELS).every(({ state }) => state === 'ok');
const blank = (width = 640, height = 480): Picture => ({ width, height, pixels: new Uint8Array(width * height * 4) });

describe('a face engine without its models', () => {
  const folderWith = (text: string | undefined): string => {
    const folder = temporaryFolder();
    if (text !== undefined) for (const { file } of manifest.models) writeFileSync(join(folder, file), text);
    return folder;
  };

  it('does not open where they are missing: models-missing', async () => {
    expect(await refusalOf(openFaceEngine({ ...MODELS, folders: [folderWith(undefined)] }))).toBe('models-missing');
  });

  it('does not open where they are others: models-altered', async () => {
    expect(await refusalOf(openFaceEngine({ ...MODELS, folders: [folderWith('others')] }))).toBe('models-altered');
  });
});

describe.skipIf(!found)('a face engine with its models (skipped where the weights are not on this machine)', () => {
  let engine: FaceEngine;
  beforeAll(async () => {
    engine = await openFaceEngine(MODELS);
  });
  afterAll(() => engine.close());

  it('sees nobody in a blank picture, and says what it cost', async () => {
    const { faces, reason, person, costMs } = await engine.observe(blank());
    expect([faces, reason, person]).toEqual([[], 'no-face', undefined]);
    expect(costMs.detect).toBeGreaterThan(0);
  });

  it.skipIf(!feedsPresent)('answers each picture with what is in it, though several are sent at once', async () => {
    const feeds = ['A_student', 'FG_two_people', 'C_book'].map((name) => picturesOf(`${name}.mjpeg`)[20] as Buffer);
    const [student, two, book] = (await Promise.all(feeds.map(decodeStill))) as [Picture, Picture, Picture];
    const shown = [student, blank(), two, blank(320, 240), book];
    const seen = await Promise.all(shown.map((picture) => engine.observe(picture)));
    expect(seen.map(({ faces }) => faces.length)).toEqual([1, 0, 2, 0, 1]);
  });

  it.each([
    [1, 1],
    [16, 16],
    [1, 700],
    [700, 1],
    [33, 1919],
  ])('sees nobody in a picture of %i x %i', async (width, height) => {
    expect((await engine.observe(blank(width, height))).reason).toBe('no-face');
  });

  it('takes a small picture out of a pooled buffer', async () => {
    const pixels = Buffer.from('x'.repeat(16 * 16 * 4));
    expect(pixels.buffer.byteLength).toBeGreaterThan(pixels.byteLength);
    expect(await refusalOf((async () => engine.observe({ width: 16, height: 16, pixels }))())).toBe('ok');
    expect(Buffer.from('still there').toString()).toBe('still there');
  });

  it('takes a picture that lies in a message behind its header', async () => {
    const message = new Uint8Array(24 + 64 * 64 * 4);
    expect((await engine.observe({ width: 64, height: 64, pixels: message.subarray(24) })).reason).toBe('no-face');
  });

  it('takes the pixels away: they are not copied', async () => {
    const picture = blank();
    await engine.observe(picture);
    expect(picture.pixels.byteLength).toBe(0);
  });

  it('gives the pixels of a lent picture back as they were', async () => {
    const giveBack = vi.fn<(pixels: Uint8Array) => void>();
    const message = new Uint8Array(24 + 64 * 64 * 4).fill(90);
    await engine.observe({ width: 64, height: 64, pixels: message.subarray(24), giveBack });
    expect(message.byteLength).toBe(0);
    expect(giveBack.mock.calls).toEqual([[new Uint8Array(64 * 64 * 4).fill(90)]]);
  });
});

describe.skipIf(!found)('a face engine that is closed (skipped where the weights are not on this machine)', () => {
  it('refuses what was under way and what comes after: models-failed', async () => {
    const engine = await openFaceEngine(MODELS);
    // More than can be done before the thread ends.
    const underWay = Array.from({ length: 20 }, () => refusalOf(engine.observe(blank())));
    await engine.close();
    expect((await Promise.all(underWay)).at(-1)).toBe('models-failed');
    expect(await refusalOf(engine.observe(blank()))).toBe('models-failed');
    await engine.close();
  });
});

describe.skipIf(!found)('a face engine that hangs (skipped where the weights are not on this machine)', () => {
  it('is given up, says so, and the next picture finds another thread', async () => {
    const engine = await openFaceEngine(MODELS, { patienceMs: 150 });
    onTestFinished(() => engine.close());
    // So many at once that the last cannot be answered in time: to whoever waits, that is a thread that hangs.
    const crowd = Array.from({ length: 150 }, () => refusalOf(engine.observe(blank(1920, 1080))));
    expect((await Promise.all(crowd)).at(-1)).toBe('models-failed');
    // The one that was given up still works off what it was asked, and takes its part of the processor.
    await expect.poll(() => refusalOf(engine.observe(blank())), { timeout: 20_000 }).toBe('ok');
  }, 40_000);
});
