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

/**
 * What a station is told that nobody else on the machine may read: one JSON line on its standard input, where
 * `EXAM_STATION_SECRETS_STDIN` says that it comes.
 */
export const StationSecrets = z
  .strictObject({
    enrolmentCode: z.string().min(1).optional(),
    /** Of this launch, where the launcher chose it: so the page finds its station again. */
    token: z.base64url().min(32).optional(),
  })
  .readonly();
export type StationSecrets = z.infer<typeof StationSecrets>;

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
