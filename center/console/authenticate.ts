import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { bearerToken } from '../http/index.ts';
import { type Operator, tenantOfToken } from '../tenants/index.ts';

const KEY = 'operator';

/**
 * Lets operators in, by the token in the `Authorization: Bearer` header, and nobody else.
 * @throws Refusal `unauthorised`, before a body is read
 */
export function authenticate(app: FastifyInstance, { db }: Center): void {
  app.decorateRequest(KEY, null);
  app.addHook('onRequest', async (request) => {
    const token = bearerToken(request.headers.authorization);
    const tenantId = token && (await tenantOfToken(db, token));
    if (!tenantId) throw new Refusal('unauthorised', 'this needs an operator token');
    const operator: Operator = { kind: 'operator', tenantId };
    request.setDecorator(KEY, operator);
  });
}

/** Who sent a request that was let in. */
export const operatorOf = (request: FastifyRequest): Operator => request.getDecorator<Operator>(KEY);
