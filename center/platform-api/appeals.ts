import type { FastifyInstance } from 'fastify';
import { appealEndpoints as ends } from '../../contract/platform/appeals.ts';
import { decideAppeal, listAppeals, makeAppeal, makeAppealByReceipt } from '../appeals/index.ts';
import type { Center } from '../base/index.ts';
import type { Decided } from './results.ts';
import { type Serving, serve } from './serve.ts';

/** Appeals against results. */
export function appealRoutes(app: FastifyInstance, center: Center, how: Serving, decided: Decided): void {
  serve(app, center, ends.list, ({ actor, query }) => listAppeals(actor, center, query), how);
  const make = ends.make;
  serve(app, center, make, (call) => makeAppeal(call.actor, center, call.params.logIndex, call.body.reason), how);
  serve(
    app,
    center,
    ends.makeByReceipt,
    ({ actor, body }) => makeAppealByReceipt(actor, center, body.receipt, body.reason),
    { ...how, bodyLimit: 16 * 1024 },
  );
  const decide = async (...[actor, , id, decision]: Parameters<typeof decideAppeal>) => {
    await decided(await decideAppeal(actor, center, id, decision));
    return { ok: true } as const;
  };
  serve(app, center, ends.decide, ({ actor, params, body }) => decide(actor, center, params.id, body), how);
}
