import type { FastifyInstance } from 'fastify';
import { type Beginnings, ReleaseWish } from '../../contract/people-center/beginnings.ts';
import { type Disputes, type RevealReply, RevealWish, SettleWish } from '../../contract/people-center/disputes.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { readJson } from '../http/index.ts';
import { listBeginnings, listStrayMoves, releaseBeginning } from '../moves/index.ts';
import { type Judging, listDisputes, listRivals, revealSeries, settleDispute } from '../results/index.ts';
import { operatorOf } from './authenticate.ts';

const MOST = 1_000;

/** What does not fit of what stations sent, and what somebody decided on it. */
export function disputeRoutes(app: FastifyInstance, center: Center, judging: Judging): void {
  const { db } = center;
  app.get(operatorPaths.disputes, async (request): Promise<Disputes> => {
    const actor = operatorOf(request);
    const { tenantId } = actor;
    await lookedAt(actor, center, 'disputes');
    const records = await listDisputes(actor, db, tenantId, { which: 'all', most: MOST });
    const rivals = await listRivals(actor, db, tenantId);
    return { records, rivals, moves: await listStrayMoves(actor, db, tenantId) };
  });
  app.post(operatorPaths.disputes, async (request) => {
    const actor = operatorOf(request);
    await judging.decided(await settleDispute(actor, center, actor.tenantId, readJson(request, SettleWish)));
    return { ok: true };
  });
  app.get(operatorPaths.beginnings, async (request): Promise<Beginnings> => {
    const actor = operatorOf(request);
    await lookedAt(actor, center, 'beginnings');
    return { beginnings: await listBeginnings(actor, db, actor.tenantId) };
  });
  app.post(operatorPaths.beginnings, async (request) => {
    const actor = operatorOf(request);
    await releaseBeginning(actor, center, actor.tenantId, readJson(request, ReleaseWish));
    return { ok: true };
  });
  app.post(operatorPaths.series, async (request): Promise<RevealReply> => {
    const actor = operatorOf(request);
    const reply = await revealSeries(actor, center, actor.tenantId, readJson(request, RevealWish));
    await judging.all();
    return reply;
  });
}
