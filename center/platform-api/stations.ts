import type { FastifyInstance } from 'fastify';
import { stationEndpoints as at, type KnownStation } from '../../contract/platform/stations.ts';
import { instant } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { ENDINGS } from '../moves/index.ts';
import { addEnrolmentCode, heardStations, listEveryStation, revokeStation, wishFreshKey } from '../stations/index.ts';
import type { Operator, Visitor } from '../tenants/index.ts';
import { type Serving, serve } from './serve.ts';
import { keepsFirm, seesFirm } from './standing.ts';

const DAY_MS = 86_400_000;
const DONE = { ok: true } as const;

/** The terminals of a firm or a room. */
export function stationRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  serve(
    app,
    center,
    at.list,
    async (call) => ({ stations: await stationsOf(await seesFirm(center, call), center) }),
    how,
  );
  serve(
    app,
    center,
    at.addCode,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const [now, { days }] = [center.now(), call.body];
      const code = await addEnrolmentCode(actor, center.db, actor.tenantId, now, days);
      return { code, until: instant(new Date(now.getTime() + days * DAY_MS)) };
    },
    how,
  );
  serve(
    app,
    center,
    at.freshKey,
    async (call) => {
      const actor = await keepsFirm(center, call);
      await wishFreshKey(actor, center, actor.tenantId, call.params.id);
      return DONE;
    },
    how,
  );
  serve(
    app,
    center,
    at.revoke,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const { note, cause } = call.body;
      const wish = { cause, ...(note ? { note } : {}) };
      await revokeStation(actor, center, actor.tenantId, { id: call.params.id, wish, endings: ENDINGS });
      return DONE;
    },
    how,
  );
}

async function stationsOf(actor: Operator | Visitor, center: Center): Promise<readonly KnownStation[]> {
  const { stations } = await listEveryStation(actor, center, actor.tenantId);
  const said = new Map((await heardStations(actor, center.db, actor.tenantId)).map((one) => [one.id, one.heard]));
  return stations.map(({ id, name, key, revoked }) => {
    const heard = said.get(id);
    return {
      ...{ id, name, ...(key ? { key } : {}) },
      revoked: revoked ? { at: revoked.at, cause: revoked.cause, note: revoked.note } : null,
      heard: heard ? { at: instant(heard.at), status: heard.readiness.status, checks: heard.readiness.checks } : null,
    };
  });
}
