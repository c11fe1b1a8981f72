import type { FastifyInstance } from 'fastify';
import { hookEndpoints as ends } from '../../contract/platform/hooks.ts';
import type { Center } from '../base/index.ts';
import { addHook, endHook, listDeliveries, listHooks, testHook } from '../hooks/index.ts';
import { type Serving, serveTree as serve } from './serve.ts';

/** Addresses of other programs that are told of what happens. */
export function hookRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(app, center, ends.list, ({ actor, query }) => listHooks(actor, db, query.organisationId), how);
  serve(app, center, ends.add, ({ actor, body }) => addHook(actor, center, body), how);
  serve(app, center, ends.end, ({ actor, params }) => endHook(actor, center, params.id), how);
  serve(app, center, ends.test, ({ actor, params }) => testHook(actor, center, params.id), how);
  serve(app, center, ends.deliveries, ({ actor, params, query }) => listDeliveries(actor, db, params.id, query), how);
}
