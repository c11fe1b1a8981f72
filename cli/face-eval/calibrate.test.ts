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
} as unknown as Evaluation;

function calibrated(fmr: number) {
  const folder = temporaryFolder();
  const pairs = join(folder, 'pairs.csv');
  writeFileSync(pairs, 'path_a,path_b,same\n');
  return calibrate(evaluation, {
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
