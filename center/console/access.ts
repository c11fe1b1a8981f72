import type { FastifyInstance } from 'fastify';
import { type AuditPage, AuditWish } from '../../contract/people-center/audit.ts';
import {
  FirmWish,
  type NamedFirm,
  type NewToken,
  operatorPaths,
  type TokenList,
  TokenWish,
} from '../../contract/people-center/operator-api.ts';
import { TokenId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Anchor, auditExport, auditPage, lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { inShape, readJson, readParam } from '../http/index.ts';
import { nameFirm } from '../organisations/index.ts';
import { addToken, endToken, listTokens } from '../tenants/index.ts';
import { operatorOf } from './authenticate.ts';

/** Who comes in as an operator, and what was done by whom. */
export function accessRoutes(app: FastifyInstance, center: Center, anchor: Anchor): void {
  const { db, now } = center;
  app.route({
    method: ['PUT', 'POST'],
    url: operatorPaths.firm,
    handler: async (request): Promise<NamedFirm> => {
      const actor = operatorOf(request);
      const { name } = readJson(request, FirmWish);
      await nameFirm(actor, db, actor.tenantId, name);
      return { id: actor.tenantId, name };
    },
  });
  app.post(operatorPaths.tokens, async (request): Promise<NewToken> => {
    const actor = operatorOf(request);
    return addToken(actor, db, actor.tenantId, readJson(request, TokenWish));
  });
  app.get(operatorPaths.tokens, async (request): Promise<TokenList> => {
    const actor = operatorOf(request);
    return { tokens: await listTokens(actor, db, actor.tenantId) };
  });
  app.delete(`${operatorPaths.tokens}/:id`, async (request) => {
    const actor = operatorOf(request);
    const id = readParam(request, 'id', TokenId, new Refusal('method-unknown'));
    await endToken(actor, db, actor.tenantId, id, now());
    return { ok: true };
  });
  app.get(operatorPaths.audit, async (request): Promise<AuditPage> => {
    const actor = operatorOf(request);
    await lookedAt(actor, center, 'audit');
    return auditPage(actor, db, actor.tenantId, inShape(request.query, AuditWish));
  });
  app.get(`${operatorPaths.audit}/export`, async (request, reply) => {
    const actor = operatorOf(request);
    return reply.type('application/json').send(await auditExport(actor, center, actor.tenantId, anchor));
  });
}
