import type { ErrorRates } from './verification.ts';

export type Interval = readonly [from: number, to: number];

export type OperatingPoint = ErrorRates & {
  readonly targetFmr: number;
  /** 95 % confidence interval of the FNMR. */
  readonly fnmrInterval: Interval;
};

/** What a threshold that a station uses does to these photos. */
export type AtThreshold = ErrorRates & {
  readonly name: 'accept' | 'refuseBelow';
  readonly fmrInterval: Interval;
  readonly fnmrInterval: Interval;
};

/** How well some people are told apart. */
export type Figures = {
  readonly people: number;
  readonly genuine: number;
  readonly impostor: number;
  readonly eer: number;
  readonly points: readonly OperatingPoint[];
  /** The same where every person, and every two people, count once; intervals are of that many. */
  readonly balanced: readonly OperatingPoint[];
  readonly atThresholds: readonly AtThreshold[];
  readonly curve: readonly ErrorRates[];
};

export type Evaluation = Figures & {
  readonly pairs: number;
  readonly photos: number;
  readonly accuracy: number;
  readonly accuracyStandardError: number;
  readonly folds: number;
  readonly bestThreshold: number;
  readonly fnmrAtFmr1e3: number;
  readonly failuresToDetect: number;
  readonly undetected: readonly string[];
  readonly unreadable: readonly string[];
  readonly msPerImage: number;
  /** Each group of the list by itself. */
  readonly groups: readonly (Figures & { readonly name: string })[];
};
