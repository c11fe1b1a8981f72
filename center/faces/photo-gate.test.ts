import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../contract/words/reasons.ts';
import { faceModels, modelStatus } from '../../native/face/index.ts';
import { sharedData } from '../../tests/kit/shared-data.ts';
import { type Looking, loadNetworks, openPhotoGate } from './photo-gate.ts';

const still = join(sharedData, 'still');
const present = existsSync(still) && modelStatus(faceModels()).every(({ state }) => state === 'ok');
const photo = new Uint8Array([0xff, 0xd8, 0xff]);
const PICTURE = { width: 1, height: 1, pixels: new Uint8Array(4) };

/** Networks that answer what they are told to, one look at a time. */
function networks(enrol: Looking['engine']['enrol']): Looking {
  return { decode: async () => PICTURE, engine: { enrol, close: async () => undefined } };
}
const FACE = { ok: true, embedding: new Float32Array(), quality: [] } as const;

describe('the gate for photos', () => {
  test('loads nothing before a photo comes, and once for all that do', async () => {
    let loads = 0;
    const open = async () => {
      loads += 1;
      return networks(async () => FACE);
    };
    const gate = openPhotoGate({ open, onTrouble: () => undefined });
    expect(loads).toBe(0);
    expect(await Promise.all([gate.look(photo), gate.look(photo)])).toEqual([{ kind: 'good' }, { kind: 'good' }]);
    expect(loads).toBe(1);
    await gate.close();
  });

  test('looks at one after the other, whatever becomes of the one before', async () => {
    let [under, most, at] = [0, 0, 0];
    const enrol = async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise(setImmediate);
      under -= 1;
      at += 1;
      if (at === 1) throw new Error('a fault');
      return FACE;
    };
    const gate = openPhotoGate({ open: async () => networks(enrol), onTrouble: () => undefined });
    const looks = await Promise.allSettled([gate.look(photo), gate.look(photo), gate.look(photo)]);
    expect(looks.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(most).toBe(1);
    await gate.close();
  });

  test('lets nobody wait behind very many', async () => {
    const held = Promise.withResolvers<typeof FACE>();
    const gate = openPhotoGate({ open: async () => networks(() => held.promise), onTrouble: () => undefined });
    const looks = Array.from({ length: 100 }, () => gate.look(photo));
    const settled = Promise.allSettled(looks);
    held.resolve(FACE);
    const reasons = (await settled).map((one) => (one.status === 'rejected' ? one.reason.reason : 'seen'));
    expect(new Set(reasons)).toEqual(new Set(['seen', 'try-later']));
    expect(reasons.filter((one) => one === 'seen')).toHaveLength(60);
    await gate.close();
  });

  test.each([
    ['are missing', async () => Promise.reject(new Refusal('models-missing'))],
    ['cannot be loaded at all', async () => Promise.reject(new Error('no such library'))],
    ['broke', async () => networks(() => Promise.reject(new Refusal('models-failed')))],
  ])('says that nobody looked where the networks %s, and tells why', async (_, open) => {
    const told: unknown[] = [];
    const gate = openPhotoGate({ open, onTrouble: (error) => told.push(error) });
    expect(await gate.look(photo)).toEqual({ kind: 'unseen' });
    expect(told).toHaveLength(1);
    await gate.close();
  });
});

describe.skipIf(!present)(
  'with the networks, on real pictures (skipped where the weights or the photos are not here)',
  () => {
    const gate = openPhotoGate({
      open: () => loadNetworks(undefined),
      onTrouble: (error) => {
        throw error;
      },
    });
    afterAll(() => gate.close());

    test.each([
      ['biden/biden.jpg', undefined],
      ['obama/obama.jpg', undefined],
      ['solvay1927.jpg', 'several-faces'],
      ['groups/roland-samuel-9COZH5kDJOg-unsplash.jpg', 'several-faces'],
      ['proctoring/empty_room/000000255165.jpg', 'no-face'],
    ])('%s: %s', async (file, reason) => {
      const look = await gate.look(readFileSync(join(still, file)));
      if (reason === undefined) expect(look).toEqual({ kind: 'good' });
      else expect(look).toMatchObject({ kind: 'unusable', reasons: expect.arrayContaining([reason]) });
    });

    test('what is no picture is unusable', async () => {
      expect(await gate.look(photo)).toEqual({ kind: 'unusable', reasons: ['photo-unreadable'] });
    });
  },
);
