import type { FastifyInstance } from 'fastify';
import { retentionEndpoints as ends } from '../../contract/platform/retention.ts';
import type { Center } from '../base/index.ts';
import { eraseByHand, listErasures, putRules, readRetention } from '../retention/index.ts';
import { type Serving, serve, serveTree } from './serve.ts';

/** How long things are kept, and who is erased. */
export function retentionRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  // Of the platform they are about all firms: the use cases see to whose rules somebody keeps.
  serveTree(app, center, ends.read, ({ actor, params: p }) => readRetention(actor, center, p.organisationId), how);
  serveTree(
    app,
    center,
    ends.put,
    ({ actor, params: p, body }) => putRules(actor, center, p.organisationId, body),
    how,
  );
  serveTree(
    app,
    center,
    ends.list,
    ({ actor, params: p, query }) => listErasures(actor, center, p.organisationId, query),
    how,
  );
  serve(app, center, ends.erase, ({ actor, params, body }) => eraseByHand(actor, center, { ...params, ...body }), how);
}
