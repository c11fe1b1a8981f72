import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { invitationPath } from '../../contract/home/home-api.ts';
import { HomeWish } from '../../contract/people-center/operator-api.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { endHome, inviteHome, listHomeAccess } from '../home/index.ts';
import { addressOf, bytesOf, inShape, isFromHere } from '../http/index.ts';
import { listCandidates } from '../people/index.ts';
import { type Operator, readTenant } from '../tenants/index.ts';
import { asOperator, authenticate } from './authenticate.ts';
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
    const visitor = await authenticate(center, request.headers);
    if (!visitor) return sendHtml(reply.status(401), tokenPage(locale, false));
    const { tenantId } = visitor;
    const { name: tenant } = await readTenant(visitor, db, tenantId);
    const candidates = await listCandidates(visitor, db, tenantId);
    const { people: access } = await listHomeAccess(visitor, db, tenantId, now());
    return sendHtml(reply, homePage({ locale, tenant, candidates, access, wanted, now: now(), times }));
  });
  app.post('/at-home/invite', async (request, reply) => {
    const { lang: locale } = Query.parse(request.query);
    const operator = await whoActs(center, request);
    if (!operator) return sendHtml(reply.status(401), tokenPage(locale, false));
    const { tenantId } = operator;
    const { name: tenant } = await readTenant(operator, db, tenantId);
    const invited = await inviteHome(operator, db, tenantId, wishIn(request), now());
    const address = new URL(invitationPath(invited.secret), addressOf(request)).href;
    return sendHtml(reply, invitationPage({ locale, tenant, invited, address, now: now(), times }));
  });
  app.post('/at-home/end', async (request, reply) => {
    const { lang: locale } = Query.parse(request.query);
    const operator = await whoActs(center, request);
    if (!operator) return sendHtml(reply.status(401), tokenPage(locale, false));
    await endHome(operator, db, operator.tenantId, wishIn(request));
    return reply.redirect(homePagePath(locale), 303);
  });
}

/** @throws Refusal `origin-refused` where another page sent it */
async function whoActs(center: Center, request: FastifyRequest): Promise<Operator | undefined> {
  const visitor = await authenticate(center, request.headers);
  if (visitor && !isFromHere(request)) throw new Refusal('origin-refused');
  return visitor && asOperator(visitor);
}

const wishIn = (request: FastifyRequest): HomeWish =>
  inShape({ number: new URLSearchParams(bytesOf(request).toString('utf8')).get('number') }, HomeWish);
