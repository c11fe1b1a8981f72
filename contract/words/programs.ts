import { z } from 'zod';
import { DeviceState } from './device-state.ts';
import { PublicKey } from './keys.ts';
import { Readiness } from './readiness.ts';

/** What the programs of this repository say to whoever started them: one JSON line on standard output once they serve. */
export const StationReady = z.object({
  ready: z.literal(true),
  url: z.url(),
  devices: z.record(z.string(), DeviceState),
  readiness: Readiness.optional(),
});
export type StationReady = z.infer<typeof StationReady>;

export const CenterReady = z.object({ ready: z.literal(true), url: z.url(), firstRun: z.string() });
export type CenterReady = z.infer<typeof CenterReady>;

/**
 * The file a center writes on its first start (mode 0600). Its database keeps only hashes of these: this is the one place
 * where they can be read.
 */
export const FirstRun = z
  .object({
    enrolmentCode: z.string(),
    operatorToken: z.string(),
    /** `null` where no proctor was seeded. */
    proctorPin: z.string().nullable(),
    centerKey: PublicKey,
  })
  .readonly();
export type FirstRun = z.infer<typeof FirstRun>;
