import { z } from 'zod';

/** What a proctor can judge a finding by. */
export const Evidence = z
  .object({
    lastedMs: z.int(),
    /** Of what a camera saw. */
    faces: z.int().optional(),
    /** Of what happened around the kiosk: which program, display, device. */
    what: z.string().max(200).optional(),
    /** Degrees; positive where the nose points to the right of the picture. */
    yaw: z.number().optional(),
    /** 0..1 */
    eyesOpen: z.number().optional(),
    /** Mean of the picture, 0..255. */
    light: z.number().optional(),
    /** How sure the network is, 0..1. */
    score: z.number().optional(),
  })
  .readonly();
export type Evidence = z.infer<typeof Evidence>;
