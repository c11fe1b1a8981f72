import type { FastifyInstance } from 'fastify';
import { proctorEndpoints as at } from '../../contract/platform/proctors.ts';
import type { ProctorId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { lookedAt } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { inviteProctor, listProctors, putProctor } from '../people/index.ts';
import { type Serving, serve } from './serve.ts';
import { keepsFirm, seesFirm } from './standing.ts';

/** Who watches over exams of a firm. Nobody sets their PIN but they themselves. */
export function proctorRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(
    app,
    center,
    at.list,
    async (call) => {
      const actor = await seesFirm(center, call);
      await lookedAt(actor, center, 'proctors');
      const proctors = await listProctors(actor, db, actor.tenantId);
      return {
        proctors: proctors.map(({ id, name, number, role, pinHash, badgeHash }) => ({
          ...{ id, name, number, role: role ?? 'proctor', pin: pinHash !== null, badge: badgeHash !== null },
        })),
      };
    },
    how,
  );
  serve(
    app,
    center,
    at.put,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const put = { ...call.body, id: makeId('pr') as ProctorId };
      const { id, hasPin } = await putProctor(actor, db, actor.tenantId, put);
      return { id, invitation: hasPin ? null : await inviteProctor(actor, center, actor.tenantId, id) };
    },
    how,
  );
  serve(
    app,
    center,
    at.invite,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return inviteProctor(actor, center, actor.tenantId, call.params.id);
    },
    how,
  );
  serve(
    app,
    center,
    at.endBadge,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const known = (await listProctors(actor, db, actor.tenantId)).find(({ id }) => id === call.params.id);
      if (!known) throw new Refusal('proctor-unknown', call.params.id);
      await putProctor(actor, db, actor.tenantId, { id: known.id, name: known.name, badge: null });
      return { ok: true } as const;
    },
    how,
  );
}
