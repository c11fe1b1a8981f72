import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../contract/words/reasons.ts';
import { operatorOfToken } from '../accounts/index.ts';
import type { Center } from '../base/index.ts';
import { bearerToken } from '../http/index.ts';
import { actingAs, type Operator, refuseToken } from '../tenants/index.ts';

const KEY = 'operator';

/**
 * Lets operators in, by the token in the `Authorization: Bearer` header, and nobody else.
 * @throws Refusal `unauthorised`, before a body is read; TryLater
 */
export function authenticate(app: FastifyInstance, { db, now }: Center): void {
  app.decorateRequest(KEY, null);
  app.addHook('onRequest', async (request) => {
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw new Refusal('unauthorised', 'this needs an operator token');
    const known = await operatorOfToken(db, token, now());
    if (!known) return refuseToken(db, now(), request.ip);
    const operator: Operator = { kind: 'operator', ...known, address: request.ip };
    request.setDecorator(KEY, actingAs(operator));
  });
}

/** Who sent a request that was let in. */
export const operatorOf = (request: FastifyRequest): Operator => request.getDecorator<Operator>(KEY);
