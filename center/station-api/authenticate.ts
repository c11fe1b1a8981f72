import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GrantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { bytesOf } from '../http/index.ts';
import {
  type Authenticated,
  actingUnder,
  type Errand,
  firmsGiven,
  authenticate as whoSigned,
} from '../stations/index.ts';
import { type ActingStation, actingAs } from '../tenants/index.ts';

const KEY = 'authenticated';

/**
 * Lets stations in, by their signature on the request, and nobody else.
 * @throws Refusal `unauthorised`, `clock-skew`: from the headers alone, before a body is read
 */
export function authenticate(app: FastifyInstance, center: Center): void {
  app.decorateRequest(KEY, null);
  app.addHook('onRequest', async (request) => {
    const { method, url, headers } = request;
    const signed = await whoSigned(center, { method, path: url, authorization: headers.authorization });
    // What it holds may be of each firm that it was ever given to.
    actingAs(signed.actor, await firmsGiven(signed.actor, center));
    request.setDecorator(KEY, signed);
  });
  app.addHook('preHandler', async (request) => {
    const { statement } = authenticatedOf(request);
    if (sha256(bytesOf(request)) !== statement.bodyHash)
      throw new Refusal('unauthorised', 'the body is not the one that was signed');
  });
}

/** Who sent a request that was let in, and what they signed. */
export const authenticatedOf = (request: FastifyRequest): Authenticated => request.getDecorator<Authenticated>(KEY);

/** A grant that a request names: it is for the firm that has it. */
const Named = z.object({ grant: GrantId });

/**
 * The station for which something is asked, or, where the request names a grant, the same acting for the firm that has it.
 * @throws Refusal `grant-missing`
 */
export async function actorOf(request: FastifyRequest, center: Center, errand: Errand): Promise<ActingStation> {
  const { data } = Named.safeParse(request.query);
  return data ? actingUnder(stationOf(request), center, data.grant, errand) : stationOf(request);
}

export const stationOf = (request: FastifyRequest): ActingStation => authenticatedOf(request).actor;
