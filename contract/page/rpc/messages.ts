import { z } from 'zod';
import { ReasonCode } from '../../words/reasons.ts';

export const Request = z.object({ id: z.int().min(0), method: z.string().max(64), params: z.unknown() });
export type Request = z.infer<typeof Request>;

export const ServerMessage = z.union([
  z.object({ id: z.int(), ok: z.literal(true), result: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), reason: ReasonCode }),
  z.object({ event: z.string(), data: z.unknown() }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;

type Schema = z.ZodType;
export type MethodMap = Readonly<Record<string, { readonly params: Schema; readonly result: Schema }>>;
export type PushMap = Readonly<Record<string, Schema>>;

export type Params<M extends MethodMap, K extends keyof M> = z.output<M[K]['params']>;
export type Result<M extends MethodMap, K extends keyof M> = z.output<M[K]['result']>;
export type Push<P extends PushMap, K extends keyof P> = z.output<P[K]>;

/** The value of a JSON text, or `undefined`: hostile input is a case, not an exception. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
