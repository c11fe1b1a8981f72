import type { FastifyInstance } from 'fastify';
import { invitationPath } from '../../contract/home/home-api.ts';
import {
  type HomeAccessList,
  type HomeInvitation,
  HomeWish,
  operatorPaths,
} from '../../contract/people-center/operator-api.ts';
import { instant } from '../../contract/words/ids.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { endHome, inviteHome, listHomeAccess } from '../home/index.ts';
import { readJson } from '../http/index.ts';
import { operatorOf } from './authenticate.ts';

/** Who may learn at home. */
export function homeAccessRoutes(app: FastifyInstance, center: Center): void {
  const { db, now } = center;
  app.post(operatorPaths.home, async (request): Promise<HomeInvitation> => {
    const actor = operatorOf(request);
    const { secret, name, expiresAt } = await inviteHome(actor, db, actor.tenantId, readJson(request, HomeWish), now());
    return { name, path: invitationPath(secret), expiresAt: instant(expiresAt) };
  });
  app.post(operatorPaths.homeEnd, async (request) => {
    const actor = operatorOf(request);
    await endHome(actor, db, actor.tenantId, readJson(request, HomeWish));
    return { ok: true };
  });
  app.get(operatorPaths.home, async (request): Promise<HomeAccessList> => {
    const actor = operatorOf(request);
    await lookedAt(actor, center, 'home');
    return listHomeAccess(actor, db, actor.tenantId, now());
  });
}
