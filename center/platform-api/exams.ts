import type { FastifyInstance } from 'fastify';
import { examEndpoints as at } from '../../contract/platform/exams.ts';
import { TryLater } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { addExam, changeRules, listRules, lookAtRules, readRules } from '../exams/index.ts';
import { type Serving, serve } from './serve.ts';
import { keepsFirm, seesFirm } from './standing.ts';

const AGAIN_SECONDS = 3;

/** What is sat at a firm, and by which rules. */
export function examRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(
    app,
    center,
    at.list,
    async (call) => {
      const actor = await seesFirm(center, call);
      return { exams: await listRules(actor, db, actor.tenantId) };
    },
    how,
  );
  serve(
    app,
    center,
    at.read,
    async (call) => {
      const actor = await seesFirm(center, call);
      return readRules(actor, db, actor.tenantId, call.params.id);
    },
    how,
  );
  // One at a time: drawing many forms takes the whole of a processor.
  let busy = false;
  serve(
    app,
    center,
    at.look,
    async (call) => {
      const actor = await keepsFirm(center, call);
      if (busy) throw new TryLater(AGAIN_SECONDS);
      busy = true;
      const wish = { id: call.params.id, rules: call.body.rules };
      return lookAtRules(actor, db, actor.tenantId, wish).finally(() => {
        busy = false;
      });
    },
    how,
  );
  serve(
    app,
    center,
    at.change,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return { version: await changeRules(actor, db, actor.tenantId, { id: call.params.id, ...call.body }) };
    },
    how,
  );
  serve(
    app,
    center,
    at.add,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return { id: await addExam(actor, db, actor.tenantId, { of: call.params.id, rules: call.body.rules }) };
    },
    how,
  );
}
