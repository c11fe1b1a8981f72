import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Refusal } from '../../../contract/words/reasons.ts';
import shipped from '../../../models/calibration.json' with { type: 'json' };
import shippedOf0095 from '../../../models/calibration-0095.json' with { type: 'json' };
import type { FaceModels } from './face-models.ts';

const similarity = z.number().min(-1).max(1);
const share = z.number().min(0).max(1);

/** What a score means: the share of looks of the right people that lie below it, and of strangers' that lie at or above it. */
const CurvePoint = z.strictObject({ at: similarity, genuineBelow: share, strangersFrom: share }).readonly();
export type CurvePoint = z.infer<typeof CurvePoint>;

/** Thresholds, and what they were measured on. `face eval --calibrate` and `face pad --calibrate` write such a file. */
export const Calibration = z
  .strictObject({
    id: z.string().min(1).max(100),
    /** The network whose similarities these are; thresholds of another mean nothing. */
    embedder: z.string(),
    /** The networks whose liveness `live` is of. */
    antiSpoof: z.string(),
    /** Similarity at or above: the same person. */
    accept: similarity,
    /** Similarity below: somebody else. Between the two a proctor decides. */
    refuseBelow: similarity,
    /** Of one frame to a moment before, at or above: still the same face, turned or not. */
    sameFace: similarity,
    /** Passive liveness of a look, the median of its frames, at or above: a live face. */
    live: share,
    /** The same of one photo by itself, which no other frame corrects. */
    liveOfStill: share.optional(),
    measuredOn: z.string(),
    /** By rising scores; files from before there was this have none. */
    curve: z.array(CurvePoint).min(2).max(500).readonly().optional(),
  })
  .readonly()
  .refine(({ accept, refuseBelow }) => refuseBelow <= accept, { error: 'refuseBelow is above accept' });
export type Calibration = z.infer<typeof Calibration>;

/** What was measured on the networks of the pack. */
export const shippedCalibration: Calibration = Calibration.parse(shipped);
const everyShipped = [shippedCalibration, Calibration.parse(shippedOf0095)];

/** The calibration that ships for this embedder, whatever else looks beside it; nothing where nobody has measured it. */
export const shippedFor = (embedder: string): Calibration | undefined =>
  everyShipped.find((calibration) => calibration.embedder === embedder);

/**
 * The calibration of this site where there is one, otherwise the one that ships for these networks.
 * @param path the site's own
 * @throws Refusal `calibration-unusable` where it cannot be read, is none, or is of other networks
 */
export function readCalibration({ embedder, antiSpoof }: FaceModels, path?: string): Calibration {
  const calibration = path ? parseCalibration(path) : (shippedFor(embedder) ?? shippedCalibration);
  const where = path ?? 'the calibration that ships';
  for (const [its, ours] of [
    [calibration.embedder, embedder],
    [calibration.antiSpoof, antiSpoof],
  ])
    if (its !== ours) throw new Refusal('calibration-unusable', `${where} is of ${its}, not of ${ours}`);
  return calibration;
}

function parseCalibration(path: string): Calibration {
  try {
    const written = z.looseObject({ embedder: z.string() }).parse(JSON.parse(readFileSync(path, 'utf8')));
    // Sites calibrated before there was `sameFace`: then it was one number for each embedder.
    return Calibration.parse({ sameFace: shippedFor(written.embedder)?.sameFace, ...written });
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new Refusal('calibration-unusable', `${path}: ${why}`);
  }
}
