import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  type CodeReply,
  type CommandReply,
  type CommandState,
  CommandWish,
  type DrawnSeats,
  type Overview,
  operatorPaths,
  PackageWish,
  type PictureReply,
  PutCandidate,
  PutExam,
  PutProctor,
  SeatWish,
  type SessionReply,
  SessionWish,
} from '../../contract/people-center/operator-api.ts';
import { CommandId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../center.ts';
import { makePackage } from '../packages/make-package.ts';
import { putCandidate } from '../roster/candidates.ts';
import { putExam } from '../roster/exams.ts';
import { overviewOf } from '../roster/overview.ts';
import { addPicture } from '../roster/pictures.ts';
import { drawSeats } from '../roster/seats.ts';
import { addSession } from '../roster/sessions.ts';
import { putProctor, tenantOfToken } from '../roster/tenants.ts';
import { giveCommand, outcomeOf } from '../stations/commands.ts';
import { addEnrolmentCode } from '../stations/enrol.ts';
import { bearerToken } from './bearer-token.ts';
import { bytesOf, MEBIBYTE, readJson, readParam } from './body.ts';

const KEY = 'operatorTenant';
const PUT: ('PUT' | 'POST')[] = ['PUT', 'POST'];
const DONE = { ok: true };

/** What an operator puts in. The token decides the tenant; nothing in a message can name another one. */
export function operatorRoutes(app: FastifyInstance, center: Center): void {
  requireOperator(app, center);
  app.route({
    method: PUT,
    url: operatorPaths.exams,
    bodyLimit: 64 * MEBIBYTE,
    handler: async (request) => {
      const message = readJson(request, PutExam);
      await center.db.transaction((tx) => putExam(tx, tenantOf(request), message));
      return DONE;
    },
  });
  app.route({
    method: PUT,
    url: operatorPaths.candidates,
    bodyLimit: 44 * MEBIBYTE,
    handler: async (request) => {
      const message = readJson(request, PutCandidate);
      await center.db.transaction((tx) => putCandidate(tx, tenantOf(request), message));
      return DONE;
    },
  });
  app.post(
    operatorPaths.pictures,
    { bodyLimit: 8 * MEBIBYTE },
    async (request): Promise<z.infer<typeof PictureReply>> => ({
      hash: await addPicture(center.db, tenantOf(request), bytesOf(request)),
    }),
  );
  app.post(operatorPaths.packages, async (request, reply) => {
    const bytes = await makePackage(center, tenantOf(request), readJson(request, PackageWish));
    return reply.type('application/zip').send(Buffer.from(bytes));
  });
  app.route({
    method: PUT,
    url: operatorPaths.proctors,
    handler: async (request) => {
      await putProctor(center.db, tenantOf(request), readJson(request, PutProctor));
      return DONE;
    },
  });
  app.post(operatorPaths.seats, (request): Promise<DrawnSeats> => {
    const wish = readJson(request, SeatWish);
    return center.db.transaction((tx) => drawSeats(tx, tenantOf(request), wish));
  });
  app.get(operatorPaths.overview, (request): Promise<Overview> => overviewOf(center.db, tenantOf(request)));
  app.post(
    operatorPaths.sessions,
    (request): Promise<SessionReply> => addSession(center, tenantOf(request), readJson(request, SessionWish)),
  );
  app.post(
    operatorPaths.commands,
    (request): Promise<CommandReply> => giveCommand(center, tenantOf(request), readJson(request, CommandWish)),
  );
  app.get(`${operatorPaths.commands}/:id`, async (request): Promise<z.infer<typeof CommandState>> => {
    const id = readParam(request, 'id', CommandId, new Refusal('method-unknown'));
    return { outcome: await outcomeOf(center.db, tenantOf(request), id) };
  });
  app.post(
    operatorPaths.codes,
    async (request): Promise<z.infer<typeof CodeReply>> => ({
      code: await addEnrolmentCode(center.db, tenantOf(request), center.now()),
    }),
  );
}

function requireOperator(app: FastifyInstance, center: Center): void {
  app.decorateRequest(KEY, null);
  app.addHook('onRequest', async (request) => {
    const token = bearerToken(request.headers.authorization);
    const tenantId = token && (await tenantOfToken(center.db, token));
    if (!tenantId) throw new Refusal('unauthorised', 'this needs an operator token');
    request.setDecorator(KEY, tenantId);
  });
}

const tenantOf = (request: FastifyRequest): TenantId => request.getDecorator<TenantId>(KEY);
