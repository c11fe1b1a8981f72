import sharp from 'sharp';
import { expect, it } from 'vitest';
import { difference, kept, MOST_POINTS } from './compare.ts';

/** A screen with a button on it. */
const screen = ({ left = 400, colour = '#0b6b66', height = 720 } = {}): Promise<Buffer> =>
  sharp({ create: { width: 1280, height, channels: 3, background: '#eef2f4' } })
    .composite([
      { input: { create: { width: 220, height: 64, channels: 3, background: colour } }, left, top: 500 },
      { input: { create: { width: 90, height: 18, channels: 3, background: '#ffffff' } }, left: left + 60, top: 522 },
    ])
    .png()
    .toBuffer();

it('what is kept is the same as what was seen', async () => {
  const seen = await screen();
  expect(await difference(await kept(seen), seen)).toMatchObject({ points: 0 });
});

it('a button that has moved by a few pixels is found, and where', async () => {
  const found = await difference(await kept(await screen()), await screen({ left: 404 }));
  expect(found?.points).toBeGreaterThan(MOST_POINTS);
  expect(found?.at.x).toBeGreaterThan(400 / 1280);
  expect(found?.at.y).toBeCloseTo(532 / 720, 1);
});

it('another colour is found', async () => {
  const found = await difference(await kept(await screen()), await screen({ colour: '#3c6b66' }));
  expect(found?.points).toBeGreaterThan(MOST_POINTS);
});

it('edges that are smoothed another way are not', async () => {
  const seen = await screen();
  const softer = await sharp(seen).blur(0.6).png().toBuffer();
  expect((await difference(await kept(seen), softer))?.points).toBeLessThanOrEqual(MOST_POINTS);
});

it('pictures of two shapes cannot be compared', async () => {
  expect(await difference(await kept(await screen()), await screen({ height: 800 }))).toBeUndefined();
});
