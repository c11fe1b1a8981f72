import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Batch } from '../../contract/records/batches.ts';
import {
  type CenterStatement,
  Challenge,
  Claim,
  type ClaimReply,
  CommandReport,
  EnrolRequest,
  type Health,
  type Mail,
  PutRescue,
  paths,
} from '../../contract/station-center/center-api.ts';
import { BankId, CommandId, instant, Sha256 } from '../../contract/words/ids.ts';
import { pictureType } from '../../contract/words/pictures.ts';
import { Readiness } from '../../contract/words/readiness.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import type { Center } from '../center.ts';
import { acceptBatch } from '../log/accept-batch.ts';
import { assignmentFor } from '../roster/assignment.ts';
import { readBank } from '../roster/exams.ts';
import { readPhoto } from '../roster/photos.ts';
import { readPicture } from '../roster/pictures.ts';
import { type Authenticated, authenticate } from '../stations/authenticate.ts';
import { claimSitting } from '../stations/claims.ts';
import { commandsFor, settleCommand } from '../stations/commands.ts';
import { enrol } from '../stations/enrol.ts';
import { keepReadiness } from '../stations/readiness.ts';
import { putRescue, readRescue, recentMoves, rescuesFor } from '../stations/rescues.ts';
import type { Station } from '../stations/stations.ts';
import { bytesOf, MEBIBYTE, readJson, readParam } from './body.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** The routes of `contract/station-center/center-api.ts`. What needs no station is here, the rest in {@link signedRoutes}. */
export function stationRoutes(app: FastifyInstance, center: Center, version: string): void {
  app.get(paths.health, ({ query }): Health => ({ ok: true, version, ...whoWeAre(center, query) }));
  app.post(paths.enrol, (request) => enrol(center, readJson(request, EnrolRequest)));
  app.register(async (scope) => signedRoutes(scope, center));
}

/** The key, and where somebody wants to be sure of it, that it is ours. */
function whoWeAre({ signer }: Center, query: unknown): Pick<Health, 'centerKey' | 'proof'> {
  const asked = z.object({ challenge: Challenge }).safeParse(query);
  if (!asked.success) return { centerKey: signer.publicKey };
  const { challenge }: CenterStatement = asked.data;
  return { centerKey: signer.publicKey, proof: signer.sign('exam-station/center', { challenge }) };
}

/** Everything here is done for the station that signed the request, and sees that station's tenant only. */
function signedRoutes(app: FastifyInstance, center: Center): void {
  requireStation(app, center);
  app.get(paths.assignment, (request) => assignmentFor(center, stationOf(request)));
  app.get(`${paths.bank('')}:id`, async (request, reply) => {
    const id = readParam(request, 'id', BankId, new Refusal('item-unknown'));
    return reply.type(JSON_TYPE).send(await readBank(center.db, stationOf(request).tenantId, id));
  });
  app.get(`${paths.photo('')}:hash`, async (request, reply) => {
    const hash = readParam(request, 'hash', Sha256, new Refusal('photo-missing'));
    return reply.type('image/jpeg').send(Buffer.from(await readPhoto(center.db, stationOf(request).tenantId, hash)));
  });
  app.get(`${paths.picture('')}:hash`, async (request, reply) => {
    const hash = readParam(request, 'hash', Sha256, new Refusal('picture-missing'));
    const bytes = await readPicture(center.db, stationOf(request).tenantId, hash);
    return reply.type(pictureType(bytes) ?? 'application/octet-stream').send(Buffer.from(bytes));
  });
  app.post(paths.batches, { bodyLimit: 64 * MEBIBYTE }, async (request, reply) => {
    const receipt = await acceptBatch(center, stationOf(request), readJson(request, Batch));
    return reply.type(JSON_TYPE).send(receipt);
  });
  mailRoutes(app, center);
  readinessRoute(app, center);
}

/** How each station is, before anybody sits down there. */
function readinessRoute(app: FastifyInstance, center: Center): void {
  app.post(paths.readiness, async (request) => {
    const { station, statement } = request.getDecorator<Authenticated>(KEY);
    await keepReadiness(center, station, readJson(request, Readiness), statement.at);
    return { ok: true };
  });
}

/** What proctors want of stations, and what became of it. */
function mailRoutes(app: FastifyInstance, center: Center): void {
  app.get(paths.mail, async (request): Promise<Mail> => {
    const station = stationOf(request);
    const rescues = await rescuesFor(center.db, station);
    const commands = await commandsFor(center, station);
    return { rescues, commands, moves: await recentMoves(center, station.tenantId), at: instant(center.now()) };
  });
  app.post(paths.rescues, { bodyLimit: 24 * MEBIBYTE }, async (request) => {
    await putRescue(center, stationOf(request), readJson(request, PutRescue));
    return { ok: true };
  });
  app.post(
    paths.claims,
    async (request): Promise<ClaimReply> => ({
      begunBy: await claimSitting(center, stationOf(request), readJson(request, Claim)),
    }),
  );
  app.get(`${paths.rescue('')}:hash`, async (request, reply) => {
    const hash = readParam(request, 'hash', Sha256, new Refusal('rescue-foreign'));
    return reply.type('application/zip').send(Buffer.from(await readRescue(center.db, stationOf(request), hash)));
  });
  app.post(`${paths.outcome('')}:id`, async (request) => {
    const id = readParam(request, 'id', CommandId, new Refusal('method-unknown'));
    await settleCommand(center.db, stationOf(request), id, readJson(request, CommandReport).outcome);
    return { ok: true };
  });
}

const KEY = 'authenticated';

function requireStation(app: FastifyInstance, center: Center): void {
  app.decorateRequest(KEY, null);
  app.addHook('onRequest', async (request) => {
    const { method, url, headers } = request;
    request.setDecorator(KEY, await authenticate(center, { method, path: url, authorization: headers.authorization }));
  });
  app.addHook('preHandler', async (request) => {
    const { statement } = request.getDecorator<Authenticated>(KEY);
    if (sha256(bytesOf(request)) !== statement.bodyHash)
      throw new Refusal('unauthorised', 'the body is not the one that was signed');
  });
}

const stationOf = (request: FastifyRequest): Station => request.getDecorator<Authenticated>(KEY).station;
