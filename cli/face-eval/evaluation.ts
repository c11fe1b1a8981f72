import type { ErrorRates } from './verification.ts';

export type OperatingPoint = ErrorRates & {
  readonly targetFmr: number;
  /** 95 % confidence interval of the FNMR. */
  readonly fnmrInterval: readonly [number, number];
};

export type Evaluation = {
  readonly pairs: number;
  readonly genuine: number;
  readonly impostor: number;
  readonly photos: number;
  readonly accuracy: number;
  readonly accuracyStandardError: number;
  readonly folds: number;
  readonly bestThreshold: number;
  readonly eer: number;
  readonly fnmrAtFmr1e3: number;
  readonly points: readonly OperatingPoint[];
  readonly failuresToDetect: number;
  readonly undetected: readonly string[];
  readonly unreadable: readonly string[];
  readonly msPerImage: number;
  readonly curve: readonly ErrorRates[];
};
