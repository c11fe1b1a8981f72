import type { FastifyInstance } from 'fastify';
import { proctoringEndpoints as at } from '../../contract/platform/proctoring.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { placesOf } from '../organisations/index.ts';
import { listProctors } from '../people/index.ts';
import { endUnlockWindow, giveCommand, listUnlockWindows, openUnlockWindow, outcomeOf } from '../proctoring/index.ts';
import { type ActingAccount, type Operator, proctoringAt } from '../tenants/index.ts';
import { type Serving, serve } from './serve.ts';

/** Stations look every five seconds; what was not obeyed by then is said anew. */
const SECONDS = 120;

type Asks = { readonly actor: ActingAccount; readonly params: { readonly firm: OrganisationId } };

/** @throws Refusal `organisation-unknown` where it is another firm's */
async function proctorsFirm({ db }: Center, { actor, params }: Asks): Promise<Operator> {
  const tenantId = (await placesOf(db, [params.firm])).get(params.firm)?.tenantId;
  const proctoring = tenantId ? proctoringAt(actor, tenantId) : undefined;
  if (!proctoring) throw new Refusal('organisation-unknown');
  return proctoring;
}

/** What proctors do who are not at the station: each says so with their PIN. */
export function proctoringRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(
    app,
    center,
    at.windows,
    async (call) => {
      const actor = await proctorsFirm(center, call);
      const names = new Map((await listProctors(actor, db, actor.tenantId)).map(({ id, name }) => [id, name]));
      const windows = await listUnlockWindows(actor, center, actor.tenantId);
      return { windows: windows.map(({ codeHash: _, by, ...one }) => ({ ...one, by: names.get(by) ?? by })) };
    },
    how,
  );
  serve(
    app,
    center,
    at.openWindow,
    async (call) => {
      const actor = await proctorsFirm(center, call);
      if (call.body.opensAt >= call.body.closesAt) throw new Refusal('bad-message', 'it would never open');
      return openUnlockWindow(actor, center, actor.tenantId, call.body);
    },
    how,
  );
  serve(
    app,
    center,
    at.endWindow,
    async (call) => {
      const actor = await proctorsFirm(center, call);
      await endUnlockWindow(actor, center, actor.tenantId, call.params.id);
      return { ok: true } as const;
    },
    how,
  );
  serve(
    app,
    center,
    at.command,
    async (call) => {
      const actor = await proctorsFirm(center, call);
      return giveCommand(actor, center, actor.tenantId, { ...call.body, seconds: SECONDS });
    },
    how,
  );
  serve(
    app,
    center,
    at.outcome,
    async (call) => {
      const actor = await proctorsFirm(center, call);
      return { outcome: await outcomeOf(actor, db, actor.tenantId, call.params.id) };
    },
    how,
  );
}
