import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Refusal } from '../../../contract/words/reasons.ts';
import shipped from '../../../models/calibration.json' with { type: 'json' };
import type { FaceModels } from './face-models.ts';

/** Thresholds, and what they were measured on. `face eval --calibrate` and `face pad --calibrate` write such a file. */
export const Calibration = z
  .strictObject({
    id: z.string().min(1).max(100),
    /** The network whose similarities these are; thresholds of another mean nothing. */
    embedder: z.string(),
    /** The networks whose liveness `live` is of. */
    antiSpoof: z.string(),
    /** Similarity at or above: the same person. */
    accept: z.number().min(-1).max(1),
    /** Similarity below: somebody else. Between the two a proctor decides. */
    refuseBelow: z.number().min(-1).max(1),
    /** Passive liveness of a look, the median of its frames, at or above: a live face. */
    live: z.number().min(0).max(1),
    /** The same of one photo by itself, which no other frame corrects. */
    liveOfStill: z.number().min(0).max(1).optional(),
    measuredOn: z.string(),
  })
  .readonly()
  .refine(({ accept, refuseBelow }) => refuseBelow <= accept, { error: 'refuseBelow is above accept' });
export type Calibration = z.infer<typeof Calibration>;

/** What was measured on the networks of the pack. */
export const shippedCalibration: Calibration = Calibration.parse(shipped);

/**
 * The calibration of this site where there is one, otherwise the one that ships with the models.
 * @param path the site's own
 * @throws Refusal `calibration-unusable` where it cannot be read, is none, or is of other networks
 */
export function readCalibration({ embedder, antiSpoof }: FaceModels, path?: string): Calibration {
  const calibration = path ? parseCalibration(path) : shippedCalibration;
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
    return Calibration.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new Refusal('calibration-unusable', `${path}: ${why}`);
  }
}
