import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../contract/words/reasons.ts';
import { modelStatus } from '../../native/face/index.ts';
import { MODELS } from '../../tests/kit/face-models.ts';
import { sharedFolder } from '../../tests/kit/folders.ts';
import { sharedData } from '../../tests/kit/shared-data.ts';
import { evaluatePresentation } from './index.ts';

const photos = join(sharedData, 'still/spoof');
const present = existsSync(photos) && modelStatus(MODELS).every(({ state }) => state === 'ok');

describe.skipIf(!present)('attacks (skipped where the photos or the weights are not on this machine)', () => {
  const folder = sharedFolder();
  const [live, spoof] = [join(folder, 'live'), join(folder, 'spoof')];
  beforeAll(() => {
    for (const made of [live, join(spoof, 'print'), join(spoof, 'screen')]) mkdirSync(made, { recursive: true });
    cpSync(join(photos, 'silent_T1_live.jpg'), join(live, 'one.jpg'));
    cpSync(join(photos, 'silent_F1_print.jpg'), join(spoof, 'print/one.jpg'));
    cpSync(join(photos, 'silent_F2_screen.jpg'), join(spoof, 'screen/one.jpg'));
    writeFileSync(join(spoof, 'screen/broken.jpg'), 'no photo');
    writeFileSync(join(spoof, 'notes.txt'), 'not looked at');
  });

  it('are counted by species, and what cannot be judged is in no rate', async () => {
    const report = await evaluatePresentation({ live, spoof, threshold: 0.5 });
    expect(report.bpcer).toMatchObject({ photos: 1, unjudged: 0, errors: 0, rate: 0 });
    expect(report.apcer).toMatchObject({ print: { photos: 1, rate: 0 }, screen: { photos: 2, unjudged: 1, rate: 0 } });
    expect(report.worstApcer).toBe(0);
  });

  it('all pass a threshold of nothing, and nobody passes one above everything', async () => {
    expect(await evaluatePresentation({ live, spoof, threshold: 0 })).toMatchObject({
      worstApcer: 1,
      bpcer: { rate: 0 },
    });
    expect(await evaluatePresentation({ live, spoof, threshold: 1 })).toMatchObject({
      worstApcer: 0,
      bpcer: { rate: 1 },
    });
  });

  it('that are not there are refused by name', async () => {
    mkdirSync(join(folder, 'empty'));
    const refused = evaluatePresentation({ live: join(folder, 'empty'), spoof, threshold: 0.5 });
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toMatchObject({ reason: 'photos-missing' });
  });
});
