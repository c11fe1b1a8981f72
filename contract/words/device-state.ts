import { z } from 'zod';
import { Reason } from './reasons.ts';

export const DeviceState = z
  .object({ state: z.enum(['ready', 'starting', 'failed']), reason: Reason.optional(), label: z.string().optional() })
  .readonly();
export type DeviceState = z.infer<typeof DeviceState>;
