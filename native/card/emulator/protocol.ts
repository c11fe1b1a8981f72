import { z } from 'zod';
import { CardText } from '../card-text.ts';
import { EmulatedCard } from './card.ts';
import { Damage } from './damage.ts';

/** One line of JSON to the emulator program. */
export const Request = z.union([
  z.strictObject({ present: EmulatedCard }),
  z.strictObject({ remove: z.literal(true) }),
  z.strictObject({ unplug: z.literal(true) }),
  z.strictObject({ noise: z.boolean() }),
  z.strictObject({ damage: Damage }),
]);
/** As written down, before it is checked. */
export type Request = z.input<typeof Request>;

/** One line of JSON from it: first `ready`, then one answer for each request, in order. */
export const Response = z.union([
  z.object({ ready: z.literal(true), path: z.string() }),
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);
export type Response = z.infer<typeof Response>;

/** Why a line was refused, in a line: the fault of the card if it is one, else only that it is no request. */
export function whyRefused(json: unknown): string {
  if (typeof json !== 'object' || json === null || !('present' in json)) return 'no such request';
  const [issue] = CardText.safeParse(json.present).error?.issues ?? [];
  return `no such card: ${['present', ...(issue?.path ?? [])].join('.')}: ${issue?.message}`;
}
