import type { FastifyInstance } from 'fastify';
import { beginningEndpoints as at } from '../../contract/platform/beginnings.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { listBeginnings, releaseBeginning } from '../moves/index.ts';
import { candidatesByIds } from '../people/index.ts';
import { revealSeries } from '../results/index.ts';
import { stationNames } from '../stations/index.ts';
import { type Serving, serve } from './serve.ts';
import { keepsFirm, seesFirm } from './standing.ts';

/** Exams that came to no result, and forms that are drawn again. */
export function beginningRoutes(
  app: FastifyInstance,
  center: Center,
  how: Serving,
  judgeAll: () => Promise<void>,
): void {
  const { db } = center;
  serve(
    app,
    center,
    at.list,
    async (call) => {
      const actor = await seesFirm(center, call);
      const { tenantId } = actor;
      await lookedAt(actor, center, 'beginnings');
      const found = await listBeginnings(actor, db, tenantId);
      const people = await candidatesByIds(
        actor,
        db,
        tenantId,
        found.map(({ candidateId }) => candidateId),
      );
      const stations = await stationNames(
        actor,
        db,
        tenantId,
        found.map(({ stationId }) => stationId),
      );
      return {
        beginnings: found.map((one) => ({
          ...{ ...one, name: people.get(one.candidateId)?.name ?? null },
          station: stations.get(one.stationId) ?? one.stationId,
        })),
      };
    },
    how,
  );
  serve(
    app,
    center,
    at.release,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const wish = { sittingId: call.params.id, by: call.actor.name, note: call.body.note };
      await releaseBeginning(actor, center, actor.tenantId, wish);
      return { ok: true } as const;
    },
    how,
  );
  serve(
    app,
    center,
    at.reveal,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const revealed = await revealSeries(actor, center, actor.tenantId, call.body);
      await judgeAll();
      return revealed;
    },
    how,
  );
}
