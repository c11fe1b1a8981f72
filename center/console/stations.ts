import type { FastifyInstance } from 'fastify';
import { type ListedStations, operatorPaths, RevocationWish } from '../../contract/people-center/operator-api.ts';
import { StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { readJson, readParam } from '../http/index.ts';
import { ENDINGS } from '../moves/index.ts';
import { listEveryStation, revokeStation, wishFreshKey } from '../stations/index.ts';
import { operatorOf } from './authenticate.ts';

/** The firm's stations, and the end of one. */
export function stationRoutes(app: FastifyInstance, center: Center): void {
  app.get(operatorPaths.stations, async (request): Promise<ListedStations> => {
    const actor = operatorOf(request);
    return listEveryStation(actor, center, actor.tenantId);
  });
  app.post(`${operatorPaths.stations}/:id/key`, async (request) => {
    const actor = operatorOf(request);
    await wishFreshKey(
      actor,
      center,
      actor.tenantId,
      readParam(request, 'id', StationId, new Refusal('station-unknown')),
    );
    return { ok: true };
  });
  app.delete(`${operatorPaths.stations}/:id`, async (request) => {
    const actor = operatorOf(request);
    const id = readParam(request, 'id', StationId, new Refusal('station-unknown'));
    const wish = readJson(request, RevocationWish);
    return revokeStation(actor, center, actor.tenantId, { id, wish, endings: ENDINGS });
  });
}
