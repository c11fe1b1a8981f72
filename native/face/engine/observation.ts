import type { Reason } from '../../../contract/words/reasons.ts';
import type { HeadPose } from '../networks/head-pose.ts';
import type { Thing } from '../networks/objects.ts';
import type { Shape } from '../networks/shape.ts';
import type { QualityReport } from '../quality/report.ts';
import type { SkinLight } from '../quality/skin-light.ts';
import type { TrackedFace } from './tracks.ts';

/** What a face does, for liveness and for the monitor. */
export type Signs = HeadPose & {
  /** How open the eyes are, 0..1: 0 only where both networks that look at eyes say closed. */
  readonly eyesOpen: number;
  /** How open the mouth is, 0..1. */
  readonly mouthOpen: number;
};

/** The light of the whole picture: a covered camera is dark or of one colour. */
export type Scene = { readonly mean: number /** Standard deviation. */; readonly contrast: number };

export type Stage = 'detect' | 'quality' | 'mesh' | 'live' | 'embed' | 'things';

export type Observation = {
  readonly scene: Scene;
  /** Everybody found, largest first. */
  readonly faces: readonly TrackedFace[];
  /** Of the largest face, as far as it was looked at. */
  readonly quality: QualityReport;
  /** Of the largest face; absent where it was not worth a closer look. */
  readonly signs?: Signs;
  /** Of the same, where the wish says that gestures are made. */
  readonly shape?: Shape;
  /** The one face that may be compared; absent where nobody asked, or there is none, or more than one, or it is unusable. */
  readonly person?: { readonly live: number; readonly embedding: Float32Array };
  /**
   * The face of a frame that is no good for comparing with a photo only because of what the face does (turned, eyes shut,
   * mouth open): good enough to say that it is still the same one. Present where the wish says that gestures are made.
   */
  readonly glimpse?: Float32Array;
  /** Present where the wish asks for it and the face is in view. */
  readonly light?: SkinLight;
  /** What keeps the face from being compared. */
  readonly reason?: Reason;
  /** Things a proctor may want to know of; absent where nobody asked. */
  readonly things?: readonly Thing[];
  readonly costMs: Readonly<Partial<Record<Stage, number>>>;
};

/** One face as the networks see it, whether or not it may be compared. */
export type Description = {
  readonly faces: number;
  readonly subject?: { readonly quality: QualityReport; readonly embedding: Float32Array };
};

/** What a reference photo gives: something to compare with, or what is wrong with it. */
export type Enrolment =
  | { readonly ok: true; readonly embedding: Float32Array; readonly quality: QualityReport }
  | { readonly ok: false; readonly reasons: readonly Reason[]; readonly quality: QualityReport };

/**
 * How closely to look. `watch` finds out who is there and what they do; `identify` goes on to liveness and embedding.
 */
export type Wish = {
  readonly depth: 'watch' | 'identify';
  readonly things?: boolean;
  readonly gestures?: boolean;
  /**
   * Whether the mirror image is embedded too, which is a little steadier and costs as much again. It is, unless this says
   * otherwise: whoever is watched over for an hour is compared often enough without.
   */
  readonly mirror?: boolean;
  /** How much light the face gives back. */
  readonly light?: boolean;
};
