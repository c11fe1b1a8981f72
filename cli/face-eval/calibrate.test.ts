import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Calibration, shippedCalibration } from '../../native/face/index.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { calibrate, calibrateLive, type Evaluation, type Rate } from './index.ts';
import { errorCurve } from './verification.ts';

const genuine = Array.from({ length: 200 }, (_, n) => 0.5 + n / 1000);
const impostor = Array.from({ length: 1000 }, (_, n) => n / 1000 - 0.45);
const evaluation = {
  curve: errorCurve(genuine, impostor),
  genuine: genuine.length,
  impostor: impostor.length,
  groups: [],
} as unknown as Evaluation;

function calibrated(fmr: number, of: Evaluation = evaluation) {
  const folder = temporaryFolder();
  const pairs = join(folder, 'pairs.csv');
  writeFileSync(pairs, 'path_a,path_b,same\n');
  return calibrate(of, {
    pairs,
    fmr,
    embedder: shippedCalibration.embedder,
    antiSpoof: shippedCalibration.antiSpoof,
    live: 0.5,
  });
}
const rate = (errors: number, photos: number): Rate => ({
  ...{ photos, unjudged: 0, errors, interval: [0, 1] },
  rate: photos > 0 ? errors / photos : null,
});

describe('a calibration from photos', () => {
  it('accepts where so few strangers come, and refuses where hardly any of the right people do', () => {
    const { accept, refuseBelow, ...rest } = Calibration.parse(calibrated(0.01));
    expect(impostor.filter((score) => score >= accept).length).toBeLessThanOrEqual(10);
    expect(genuine.filter((score) => score < refuseBelow).length).toBeLessThanOrEqual(1);
    expect(refuseBelow).toBeLessThanOrEqual(accept);
    expect(rest.measuredOn).toContain('200 pairs of one person, 1000 of two');
  });

  it('is called otherwise as soon as it says anything else', () => {
    expect(calibrated(0.01).id).toBe(calibrated(0.01).id);
    expect(calibrated(0.01).id).not.toBe(calibrated(0.1).id);
  });

  it('says what a score means, from none of the right people below it to no stranger above', () => {
    const { curve = [] } = calibrated(0.01);
    expect(curve[0]).toMatchObject({ genuineBelow: 0, strangersFrom: 1 });
    expect(curve.at(-1)).toMatchObject({ genuineBelow: 1, strangersFrom: 0 });
  });

  it('holds for each group that shows the rate', () => {
    const alike = impostor.map((score) => score + 0.1);
    const group = { name: 'alike', curve: errorCurve(genuine, alike), genuine: genuine.length, impostor: alike.length };
    const groups = [group, { ...group, name: 'few', impostor: 5 }] as unknown as Evaluation['groups'];
    const strict = calibrated(0.01, { ...evaluation, groups });
    expect(strict.accept).toBeCloseTo(calibrated(0.01).accept + 0.1, 9);
    expect(strict.measuredOn).toContain('Set by alike');
    expect(strict.measuredOn).not.toContain('few');
  });

  it('shows no rate that the strangers at hand are too few for', () => {
    expect(() => calibrated(1e-4)).toThrow('--cross');
  });

  it('takes the liveness threshold that was measured, and says what it did, once', () => {
    const report = { threshold: 0.7, bpcer: rate(1, 50), apcer: { print: rate(0, 20) }, worstApcer: 0 };
    const once = calibrateLive(calibrated(0.01), report);
    expect(Calibration.parse(once)).toMatchObject({ live: 0.7 });
    expect(once.measuredOn).toContain('BPCER 1 of 50, print 0 of 20');
    expect(calibrateLive(once, report)).toEqual(once);
  });

  it('keeps what single photos are judged by', () => {
    const report = { threshold: 0.95, bpcer: rate(1, 50), apcer: {}, worstApcer: null };
    const { live, liveOfStill } = calibrateLive(shippedCalibration, report);
    expect([live, liveOfStill]).toEqual([0.95, shippedCalibration.liveOfStill]);
    expect(liveOfStill).toBeLessThan(shippedCalibration.live);
  });

  it('takes none that nobody saw at work', () => {
    const report = { threshold: 0.7, bpcer: rate(0, 0), apcer: {}, worstApcer: null };
    expect(() => calibrateLive(shippedCalibration, report)).toThrow('photos-missing');
  });
});
