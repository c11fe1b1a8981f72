import calibration from '../../../models/calibration.json' with { type: 'json' };
import type { Thresholds } from '../judge/capture.ts';

export const CALIBRATION_ID = calibration.id;

export const thresholds: Thresholds = {
  accept: calibration.accept,
  refuseBelow: calibration.refuseBelow,
  live: calibration.live,
};
