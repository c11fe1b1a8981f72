import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelStatus } from '../../native/face/index.ts';
import { MODELS } from '../../tests/kit/face-models.ts';
import { sharedFolder } from '../../tests/kit/folders.ts';
import { sharedData } from '../../tests/kit/shared-data.ts';
import { detReport, type Evaluation, evaluate } from './index.ts';

const root = join(sharedData, 'faces/lfw');
const present = existsSync(join(root, 'pairs.csv')) && modelStatus(MODELS).every(({ state }) => state === 'ok');

describe.skipIf(!present)('an evaluation (skipped where the photos or the weights are not on this machine)', () => {
  const folder = sharedFolder();
  const file = join(folder, 'pairs.csv');
  let result: Evaluation;
  const progress: number[] = [];

  beforeAll(async () => {
    const [head = '', ...lines] = readFileSync(join(root, 'pairs.csv'), 'utf8').trim().split('\n');
    const of = (same: string) => lines.filter((line) => line.split(',')[2] === same).slice(0, 12);
    const missing = 'nobody/here.jpg,nobody/there.jpg,1,fold1';
    writeFileSync(file, [head, ...of('1'), ...of('0'), missing].join('\n'));
    result = await evaluate({ pairs: file, root, cross: false, engines: 2 }, (done) => progress.push(done));
  });

  it('tells real people apart, and counts a photo that is not there as nobody recognised', () => {
    expect(result).toMatchObject({ pairs: 25, genuine: 13, impostor: 12, failuresToDetect: 0 });
    expect(result.unreadable.toSorted()).toEqual(['nobody/here.jpg', 'nobody/there.jpg']);
    expect(result.fnmrAtFmr1e3).toBeCloseTo(1 / 13, 12);
  });

  it('says how far it is', () => {
    expect(progress.at(-1)).toBe(result.photos);
  });

  it('compares every stranger with every other where it is asked to', async () => {
    const cross = await evaluate({ pairs: file, root, cross: true, engines: 2 }, () => undefined);
    expect(cross.impostor).toBeGreaterThan(500);
    expect(cross.accuracy).toBe(result.accuracy);
  });

  it('is reported as one page with the curve, and nothing in it is markup that was not meant', () => {
    const html = detReport(result, '<script>');
    expect(html).toContain('&#60;script&#62;');
    expect(html).not.toContain('<script');
    expect(html).toMatch(/<path class="curve" [^>]*d="M[\d. L]+"/);
  });
});
