import type { FastifyInstance } from 'fastify';
import { grantEndpoints as at } from '../../contract/platform/grants.ts';
import type { Center } from '../base/index.ts';
import { firmCalled } from '../organisations/index.ts';
import { endGrant, giveGrants, listGrants } from '../stations/index.ts';
import { type Serving, serveTree } from './serve.ts';
import { keepsFirm } from './standing.ts';

/** Who else may use a firm's stations: about two firms, of which one is beyond the reach of whoever asks. */
export function grantRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  serveTree(
    app,
    center,
    at.list,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return { own: actor.tenantId, ...(await listGrants(actor, center, actor.tenantId)) };
    },
    how,
  );
  serveTree(
    app,
    center,
    at.other,
    async (call) => {
      await keepsFirm(center, call);
      return firmCalled(call.actor, center.db, call.query.called);
    },
    how,
  );
  serveTree(
    app,
    center,
    at.give,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return { ids: await giveGrants(actor, center, actor.tenantId, call.body) };
    },
    how,
  );
  serveTree(
    app,
    center,
    at.end,
    async (call) => {
      const actor = await keepsFirm(center, call);
      await endGrant(actor, center, actor.tenantId, call.params.id);
      return { ok: true } as const;
    },
    how,
  );
}
