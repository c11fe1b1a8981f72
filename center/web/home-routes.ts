import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { invitationPath } from '../../contract/home/home-api.ts';
import { HomeWish } from '../../contract/people-center/operator-api.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { endHome, inviteHome, listHomeAccess } from '../home/index.ts';
import { addressOf, inShape } from '../http/index.ts';
import { listCandidates } from '../people/index.ts';
import { readTenant, type Visitor } from '../tenants/index.ts';
import { asOperator, authenticate, formOf, mustBeOwnForm, type SignedIn } from './authenticate.ts';
import { homePage, invitationPage } from './home-page.ts';
import { homePagePath } from './layout.ts';
import type { RoomTime } from './time.ts';
import { tokenPage } from './token-page.ts';

const Query = z.object({ lang: z.enum(['zh', 'en']).catch('zh'), q: z.string().max(100).catch('') });

const sendHtml = (reply: FastifyReply, text: string): FastifyReply => reply.type('text/html; charset=utf-8').send(text);

/** Who may learn at home: seen by whoever sees the pages, changed by the operator whose token is behind them. */
export function homePageRoutes(app: FastifyInstance, center: Center, times: RoomTime): void {
  const { db, now } = center;
  app.get('/at-home', async (request, reply) => {
    const { lang: locale, q: wanted } = Query.parse(request.query);
    const seen = await authenticate(center, request);
    if (!isOfFirm(seen)) return sendHtml(reply.status(401), tokenPage(locale, false));
    const { actor: visitor, formToken } = seen;
    const { tenantId } = visitor;
    await lookedAt(visitor, center, 'home');
    const { name: tenant } = await readTenant(visitor, db, tenantId);
    const candidates = await listCandidates(visitor, db, tenantId);
    const { people: access } = await listHomeAccess(visitor, db, tenantId, now());
    return sendHtml(reply, homePage({ locale, tenant, formToken, candidates, access, wanted, now: now(), times }));
  });
  app.post('/at-home/invite', async (request, reply) => {
    const { lang: locale } = Query.parse(request.query);
    const seen = await authenticate(center, request);
    if (!isOfFirm(seen)) return sendHtml(reply.status(401), tokenPage(locale, false));
    mustBeOwnForm(request, seen);
    const { formToken } = seen;
    const operator = asOperator(seen.actor);
    const { tenantId } = operator;
    const { name: tenant } = await readTenant(operator, db, tenantId);
    const invited = await inviteHome(operator, db, tenantId, wishIn(request), now());
    const address = new URL(invitationPath(invited.secret), addressOf(request)).href;
    return sendHtml(reply, invitationPage({ locale, tenant, formToken, invited, address, now: now(), times }));
  });
  app.post('/at-home/end', async (request, reply) => {
    const { lang: locale } = Query.parse(request.query);
    const seen = await authenticate(center, request);
    if (!isOfFirm(seen)) return sendHtml(reply.status(401), tokenPage(locale, false));
    mustBeOwnForm(request, seen);
    const operator = asOperator(seen.actor);
    await endHome(operator, db, operator.tenantId, wishIn(request));
    return reply.redirect(homePagePath(locale), 303);
  });
}

/** Whoever runs the center for all firms is of none. */
const isOfFirm = (seen: SignedIn | undefined): seen is SignedIn & { readonly actor: Visitor } =>
  seen?.actor.kind === 'visitor';

const wishIn = (request: FastifyRequest): HomeWish => inShape({ number: formOf(request).get('number') }, HomeWish);
