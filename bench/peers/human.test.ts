import { expect, it } from 'vitest';
import { openHuman } from './human.ts';

it('is no measurement where there is no face', async ({ skip }) => {
  const [width, height] = [64, 48];
  const empty = { width, height, pixels: new Uint8Array(width * height * 4) };
  const peer = await openHuman(empty, { mayInstall: false });
  if (!('skipped' in peer)) return expect.unreachable('it found a face in nothing');
  if (peer.skipped.includes('npm ci')) return skip(peer.skipped);
  expect(peer.skipped).toBe('human found 0 faces where there is one');
});
