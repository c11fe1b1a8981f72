import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LeaveWish } from '../../contract/people-center/candidates.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { LEAVINGS } from '../home/index.ts';
import { inShape } from '../http/index.ts';
import { leaveRoster, listCandidates } from '../people/index.ts';
import { readTenant } from '../tenants/index.ts';
import { asOperator, formOf, mustBeOwnForm } from './authenticate.ts';
import { asVisitor } from './gate.ts';
import { rosterPath } from './layout.ts';
import { rosterPage } from './roster-page.ts';
import { sendHtml } from './send-html.ts';

const Wanted = z.object({ q: z.string().max(100).catch('') });

/** Who is on the roster, and the way off it: for the operator whose token is behind the page. */
export function rosterPageRoutes(app: FastifyInstance, center: Center): void {
  const { db, now } = center;
  const letIn = asVisitor(center);
  app.get('/roster', (request, reply) =>
    letIn(request, reply, async ({ actor: visitor, formToken, locale }) => {
      const { q: wanted } = Wanted.parse(request.query);
      await lookedAt(visitor, center, 'roster');
      const { name: tenant } = await readTenant(visitor, db, visitor.tenantId);
      const candidates = await listCandidates(visitor, db, visitor.tenantId);
      const today = now().toISOString().slice(0, 10);
      return sendHtml(reply, rosterPage({ locale, tenant, formToken, candidates, wanted, today }));
    }),
  );
  app.post('/roster/leave', (request, reply) =>
    letIn(request, reply, async (seen) => {
      mustBeOwnForm(request, seen);
      const operator = asOperator(seen.actor);
      const { to, ...form } = Object.fromEntries(formOf(request));
      const wish = inShape({ ...form, ...(to ? { to } : {}) }, LeaveWish);
      await leaveRoster(operator, center, operator.tenantId, wish, LEAVINGS);
      return reply.redirect(rosterPath(seen.locale), 303);
    }),
  );
}
