import type { FastifyInstance } from 'fastify';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { type RosterProgress, RosterQuery, type RosterReport } from '../../contract/people-center/roster-import.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { TryLater } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { LEAVINGS } from '../home/index.ts';
import { bytesOf, inShape, MEBIBYTE } from '../http/index.ts';
import { giveCoursesSat } from '../learning/index.ts';
import { importRoster } from '../people/index.ts';
import { operatorOf } from './authenticate.ts';

const AGAIN_SECONDS = 10;

/** A whole roster as one file: looked at, then taken over. One at a time of a firm, which hears how far it is. */
export function rosterRoutes(app: FastifyInstance, center: Center): void {
  const running = new Map<TenantId, RosterProgress>();
  app.post(operatorPaths.roster, { bodyLimit: 16 * MEBIBYTE }, async (request): Promise<RosterReport> => {
    const actor = operatorOf(request);
    const { tenantId } = actor;
    const { apply } = inShape(request.query, RosterQuery);
    if (running.has(tenantId)) throw new TryLater(AGAIN_SECONDS);
    const onProgress = (progress: RosterProgress) => running.set(tenantId, progress);
    onProgress({});
    try {
      const file = { bytes: bytesOf(request), apply, leavings: LEAVINGS, onProgress };
      const { report, sit } = await importRoster(actor, center, tenantId, file);
      await giveCoursesSat(actor, center, tenantId, sit);
      return report;
    } finally {
      running.delete(tenantId);
    }
  });
  app.get(
    `${operatorPaths.roster}/progress`,
    async (request): Promise<RosterProgress> => running.get(operatorOf(request).tenantId) ?? {},
  );
}
