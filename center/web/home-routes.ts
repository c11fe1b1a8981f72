import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { invitationPath } from '../../contract/home/home-api.ts';
import { HomeWish } from '../../contract/people-center/operator-api.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { endHome, inviteHome, listHomeAccess } from '../home/index.ts';
import { addressOf, inShape } from '../http/index.ts';
import { listCandidates } from '../people/index.ts';
import { readTenant } from '../tenants/index.ts';
import { asOperator, formOf, mustBeOwnForm } from './authenticate.ts';
import { asVisitor } from './gate.ts';
import { homePage, invitationPage } from './home-page.ts';
import { homePagePath } from './layout.ts';
import { sendHtml } from './send-html.ts';
import type { RoomTime } from './time.ts';

const Wanted = z.object({ q: z.string().max(100).catch('') });

/** Who may learn at home: seen by whoever sees the pages, changed by the operator whose token is behind them. */
export function homePageRoutes(app: FastifyInstance, center: Center, times: RoomTime): void {
  const { db, now } = center;
  const letIn = asVisitor(center);
  app.get('/at-home', (request, reply) =>
    letIn(request, reply, async ({ actor: visitor, formToken, locale }) => {
      const { q: wanted } = Wanted.parse(request.query);
      const { tenantId } = visitor;
      await lookedAt(visitor, center, 'home');
      const { name: tenant } = await readTenant(visitor, db, tenantId);
      const candidates = await listCandidates(visitor, db, tenantId);
      const { people: access } = await listHomeAccess(visitor, db, tenantId, now());
      return sendHtml(reply, homePage({ locale, tenant, formToken, candidates, access, wanted, now: now(), times }));
    }),
  );
  app.post('/at-home/invite', (request, reply) =>
    letIn(request, reply, async (seen) => {
      mustBeOwnForm(request, seen);
      const { formToken, locale } = seen;
      const operator = asOperator(seen.actor);
      const { tenantId } = operator;
      const { name: tenant } = await readTenant(operator, db, tenantId);
      const invited = await inviteHome(operator, db, tenantId, wishIn(request), now());
      const address = new URL(invitationPath(invited.secret), addressOf(request)).href;
      return sendHtml(reply, invitationPage({ locale, tenant, formToken, invited, address, now: now(), times }));
    }),
  );
  app.post('/at-home/end', (request, reply) =>
    letIn(request, reply, async (seen) => {
      mustBeOwnForm(request, seen);
      const operator = asOperator(seen.actor);
      await endHome(operator, db, operator.tenantId, wishIn(request));
      return reply.redirect(homePagePath(seen.locale), 303);
    }),
  );
}

const wishIn = (request: FastifyRequest): HomeWish => inShape({ number: formOf(request).get('number') }, HomeWish);
