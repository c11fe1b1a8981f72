import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import shipped from '../../../models/calibration.json' with { type: 'json' };
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { readCalibration } from './calibration.ts';
import { faceModels } from './face-models.ts';

function calibrated(text: string): string {
  const folder = temporaryFolder();
  const path = join(folder, 'calibration.json');
  writeFileSync(path, text);
  return path;
}
const pack = faceModels();
const refusal = (path: string): string => reasonOf(() => readCalibration(pack, path));

describe('a calibration', () => {
  it('ships with the models, of the networks that are used', () => {
    expect(readCalibration(pack)).toEqual(shipped);
  });

  it('of the site comes first', () => {
    const own = { ...shipped, id: 'site-1', accept: 0.61 };
    expect(readCalibration(pack, calibrated(JSON.stringify(own)))).toEqual(own);
  });

  it('ships for the embedder of the pack before, too', () => {
    const before = faceModels({ faceProfile: '0095' });
    expect(readCalibration(before)).toMatchObject({ embedder: before.embedder, accept: 0.58, refuseBelow: 0.55 });
    expect([before.profile.status, readCalibration(pack).embedder === before.embedder]).toEqual(['validated', false]);
  });

  it('of a site from before there was sameFace has that of its embedder, and of an unknown one is refused', () => {
    const { sameFace, curve: _, ...old } = shipped;
    expect(readCalibration(pack, calibrated(JSON.stringify(old))).sameFace).toBe(sameFace);
    const sface = faceModels({ faceProfile: 'sface' });
    const unknown = calibrated(JSON.stringify({ ...old, embedder: sface.embedder }));
    expect(() => readCalibration(sface, unknown)).toThrow('sameFace');
    const whole = calibrated(JSON.stringify({ ...old, sameFace: 0.4, embedder: sface.embedder }));
    expect(readCalibration(sface, whole).sameFace).toBe(0.4);
  });

  it('that ships has a curve that goes the right way', () => {
    const { curve = [] } = readCalibration(pack);
    expect(curve.length).toBeGreaterThan(20);
    curve.slice(1).forEach(({ at, genuineBelow, strangersFrom }, i) => {
      const before = curve[i] ?? { at: 1, genuineBelow: 1, strangersFrom: 0 };
      expect(at).toBeGreaterThan(before.at);
      expect(genuineBelow).toBeGreaterThanOrEqual(before.genuineBelow);
      expect(strangersFrom).toBeLessThanOrEqual(before.strangersFrom);
    });
  });

  it('that ships is none of other networks', () => {
    expect(reasonOf(() => readCalibration(faceModels({ faceProfile: 'sface' })))).toBe('calibration-unusable');
  });

  it('is not a file that is not there', () => {
    expect(refusal('/no/such/file.json')).toBe('calibration-unusable');
  });

  it.each([
    ['no JSON', '{'],
    ['another network', JSON.stringify({ ...shipped, embedder: 'another.onnx@00000000' })],
    ['another network for liveness', JSON.stringify({ ...shipped, antiSpoof: 'another.onnx@00000000' })],
    ['one that does not say whose liveness it is', JSON.stringify({ ...shipped, antiSpoof: undefined })],
    ['a threshold that is none', JSON.stringify({ ...shipped, accept: 'high' })],
    ['thresholds that cross', JSON.stringify({ ...shipped, accept: 0.3, refuseBelow: 0.5 })],
    ['a field nobody knows', JSON.stringify({ ...shipped, acept: 0.3 })],
  ])('is not %s', (_, text) => {
    expect(refusal(calibrated(text))).toBe('calibration-unusable');
  });
});
