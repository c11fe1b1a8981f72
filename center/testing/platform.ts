import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { HeldRole, type Role } from '../../contract/platform/roles.ts';
import { AccountId, type OrganisationId } from '../../contract/words/ids.ts';
import { withCertificates } from '../certificates/index.ts';
import { replyTo, takeRawBodies } from '../http/index.ts';
import { placesOf } from '../organisations/index.ts';
import { type Asker, platformRoutes } from '../platform-api/index.ts';
import { openJudging } from '../results/index.ts';
import { anchorIn, type OpenCenter } from '../run/index.ts';
import { addSeedExam, SYSTEM } from '../seed/index.ts';
import type { ActingAccount } from '../tenants/index.ts';

/** Somebody who logged in, with one role at one place. */
export async function accountAt({ center }: OpenCenter, role: Role, at: OrganisationId): Promise<ActingAccount> {
  const place = (await placesOf(center.db, [at])).get(at);
  if (!place) throw new Error(`no organisation ${at}`);
  const { id: organisationId, name: organisation, path, tenantId } = place;
  const held = HeldRole.parse({ role, organisationId, organisation, path, tenantId });
  return { kind: 'account', id: AccountId.parse(`ap_${role}`), name: role, roles: [held], address: '127.0.0.1' };
}

export type Asked = { readonly method: string; readonly url: string; readonly payload?: object };

/** The platform's routes, asked by whoever a test says: from a page of this center, and logged in already. */
export function platformOf({ center }: OpenCenter): {
  readonly app: FastifyInstance;
  readonly ask: (actor: Asker['actor'], asked: Asked) => Promise<LightMyRequestResponse>;
} {
  const app = Fastify();
  takeRawBodies(app);
  app.setErrorHandler((error, _request, reply) => {
    const { status, body } = replyTo(error);
    return reply.status(status).send(body);
  });
  const fail = (error: unknown): never => {
    throw error;
  };
  const judging = withCertificates(SYSTEM, center, openJudging(SYSTEM, center, fail), fail);
  let asking: Asker['actor'] = { kind: 'stranger' };
  const who = async () => ({ actor: asking, byToken: false });
  const anchor = anchorIn(center);
  platformRoutes(app, center, 'test', { who, addSeedExam, judging, anchor, zone: 'Asia/Shanghai' });
  const ask = (actor: Asker['actor'], { method, url, payload }: Asked) => {
    asking = actor;
    const headers = { 'sec-fetch-site': 'same-origin' };
    return app.inject({ method: method as 'GET', url, headers, ...(payload ? { payload } : {}) });
  };
  return { app, ask };
}
