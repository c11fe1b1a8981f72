import type { FastifyRequest } from 'fastify';
import type { Center } from '../base/index.ts';
import { strangerOf } from '../http/index.ts';
import type { ActingAccount, Stranger } from '../tenants/index.ts';

export type Asker = { readonly actor: ActingAccount | Stranger; readonly byToken: boolean };
export type WhoAsks = (center: Center, request: FastifyRequest) => Promise<Asker>;

/**
 * Who asks: by the cookie of a log-in, or by the token of a program; a stranger where it is neither.
 * @throws Refusal `unauthorised` where a token is shown that is nobody's; TryLater
 */
export async function whoAsks(_center: Center, request: FastifyRequest): Promise<Asker> {
  return { actor: strangerOf(request), byToken: false };
}
