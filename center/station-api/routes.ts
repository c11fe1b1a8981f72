import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type PinSet, SetPinWish, setPinPath } from '../../contract/people-center/operator-api.ts';
import {
  Beginning,
  type BeginningReply,
  type CenterStatement,
  Challenge,
  Claim,
  type ClaimReply,
  CommandReport,
  EnrolRequest,
  EvidenceAnswer,
  type Health,
  type Mail,
  PutRescue,
  paths,
  RotationRequest,
  type StationGrants,
  StationReport,
  type StationReportReply,
  TimeQuestion,
  type TimeReply,
} from '../../contract/station-center/center-api.ts';
import { BankId, CommandId, EvidenceWishId, instant, Sha256 } from '../../contract/words/ids.ts';
import { pictureType } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { assignmentFor } from '../assignments/index.ts';
import type { Center } from '../base/index.ts';
import { evidenceFor, takeEvidence } from '../evidence/index.ts';
import { readBank, readPicture } from '../exams/index.ts';
import { bytesOf, MEBIBYTE, readJson, readParam, strangerOf } from '../http/index.ts';
import { issuingKeyEnds } from '../log/index.ts';
import { beginSitting, claimSitting, putRescue, readRescue, recentMoves, rescuesFor } from '../moves/index.ts';
import { readPhoto, setPin } from '../people/index.ts';
import { commandsFor, settleCommand } from '../proctoring/index.ts';
import { type Judging, noteRefused, openSequencer, takeBatch } from '../results/index.ts';
import { enrol, grantsFor, keepLedger, keepReadiness, rotateKey, tellTime } from '../stations/index.ts';
import { actorOf, authenticate, authenticatedOf, stationOf } from './authenticate.ts';
import { openBatchReaders } from './batch-readers.ts';
import { openHall } from './hall.ts';
import { logRoutes } from './log.ts';
import { mediaRoute } from './media.ts';
import { knownRevision, sendAssignment } from './send-assignment.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

export type StationApi = {
  readonly version: string;
  /** What is made of records behind their receipt. */
  readonly judging: Judging;
  /** Those that the center shows itself, where it speaks TLS: its key vouches for them. */
  readonly certificates: () => readonly Sha256[];
};

/** The routes of `contract/station-center/center-api.ts`. What needs no station is here, the rest in {@link signedRoutes}. */
export function stationRoutes(app: FastifyInstance, center: Center, api: StationApi): void {
  const { version, judging, certificates } = api;
  app.get(paths.health, async ({ query }): Promise<Health> => {
    // Without it the center can do nothing for a station, which then goes on as without the center.
    await center.db.answers();
    return { ok: true, version, ...whoWeAre(center, certificates(), query) };
  });
  app.post(paths.enrol, (request) => enrol(strangerOf(request), center, readJson(request, EnrolRequest)));
  // Not let in as a station: it asks again until it has heard, and by then its key may be a former one.
  app.post(paths.rotation, (request) => rotateKey(strangerOf(request), center, readJson(request, RotationRequest)));
  // A proctor, whom nothing but the code of an operator makes known.
  app.post(
    setPinPath,
    (request): Promise<PinSet> => setPin(strangerOf(request), center, readJson(request, SetPinWish)),
  );
  logRoutes(app, center);
  app.register(async (scope) => signedRoutes(scope, center, judging));
}

/** The key, and where somebody wants to be sure of it, that it is ours. */
function whoWeAre(center: Center, certificates: readonly Sha256[], query: unknown): Omit<Health, 'ok' | 'version'> {
  const { signer, keys } = center;
  const end = issuingKeyEnds(center);
  const said = { centerKey: keys.root, ...(end ? { issuingKeyEnds: end } : {}) };
  const asked = z.object({ challenge: Challenge }).safeParse(query);
  if (!asked.success) return said;
  const { challenge } = asked.data;
  const statement: CenterStatement = { challenge, ...(certificates.length > 0 ? { certificates } : {}) };
  return { ...said, proof: signer.sign('exam-station/center', statement) };
}

/**
 * Everything here is done for the station that signed the request, and sees that station's tenant only, or that of a grant it
 * holds and names.
 */
function signedRoutes(app: FastifyInstance, center: Center, judging: Judging): void {
  authenticate(app, center);
  app.get(
    paths.grants,
    async (request): Promise<StationGrants> => ({ grants: await grantsFor(stationOf(request), center) }),
  );
  app.get(paths.assignment, async (request, reply) => {
    const actor = await actorOf(request, center, 'exams');
    return sendAssignment(request, reply, await assignmentFor(actor, center, knownRevision(request)));
  });
  app.get(`${paths.bank('')}:id`, async (request, reply) => {
    const id = readParam(request, 'id', BankId, new Refusal('item-unknown'));
    const actor = await actorOf(request, center, 'exams');
    return reply.type(JSON_TYPE).send(await readBank(actor, center.db, actor.tenantId, id));
  });
  app.get(`${paths.photo('')}:hash`, async (request, reply) => {
    const hash = readParam(request, 'hash', Sha256, new Refusal('photo-missing'));
    const actor = await actorOf(request, center, 'exams');
    return reply.type('image/jpeg').send(Buffer.from(await readPhoto(actor, center, actor.tenantId, hash)));
  });
  app.get(`${paths.picture('')}:hash`, async (request, reply) => {
    const hash = readParam(request, 'hash', Sha256, new Refusal('picture-missing'));
    const actor = await actorOf(request, center, 'exams');
    const bytes = await readPicture(actor, center.db, actor.tenantId, hash);
    return reply.type(pictureType(bytes) ?? 'application/octet-stream').send(Buffer.from(bytes));
  });
  batchRoute(app, center, judging);
  mediaRoute(app, center);
  mailRoutes(app, center);
  readinessRoutes(app, center);
}

/** Batches wait in one hall, are read beside everything else, and are logged one after the other. */
function batchRoute(app: FastifyInstance, center: Center, judging: Judging): void {
  const [hall, readers] = [openHall(), openBatchReaders()];
  // What comes together is logged together, whosever it is.
  const reception = { sequencer: openSequencer(center.db.as('*')), judging };
  app.addHook('onClose', readers.close);
  app.post(paths.batches, { bodyLimit: 64 * MEBIBYTE }, async (request, reply) => {
    const [station, bytes] = [stationOf(request), bytesOf(request)];
    const leave = hall.enter(bytes.length);
    try {
      const read = await readers.read(bytes);
      if (!read.ok) {
        const refusal = new Refusal(read.reason, read.detail);
        await noteRefused(station, center, read.header, refusal);
        throw refusal;
      }
      return reply.type(JSON_TYPE).send(await takeBatch(station, center, read.batch, reception));
    } finally {
      leave();
    }
  });
}

/** How each station is, before anybody sits down there; and what time it is, when somebody does. */
function readinessRoutes(app: FastifyInstance, center: Center): void {
  app.post(paths.readiness, async (request): Promise<StationReportReply> => {
    const { actor, statement } = authenticatedOf(request);
    const report = readJson(request, StationReport);
    const newest = await keepReadiness(actor, center, report, statement.at);
    const lines = report.ledger ? await keepLedger(actor, center, report.ledger, newest) : [];
    return { ok: true, lines };
  });
  app.post(
    paths.time,
    async (request): Promise<TimeReply> => ({
      token: await tellTime(stationOf(request), center, readJson(request, TimeQuestion).nonce),
    }),
  );
}

/** What proctors want of stations, and what became of it. */
function mailRoutes(app: FastifyInstance, center: Center): void {
  app.get(paths.mail, async (request): Promise<Mail> => {
    const actor = await actorOf(request, center, 'sittings');
    const rescues = await rescuesFor(actor, center.db);
    const commands = await commandsFor(actor, center);
    const evidence = await evidenceFor(actor, center);
    return { rescues, commands, moves: await recentMoves(actor, center), evidence, at: instant(center.now()) };
  });
  app.post(paths.rescues, { bodyLimit: 24 * MEBIBYTE }, async (request) => {
    const { at } = authenticatedOf(request).statement;
    await putRescue(await actorOf(request, center, 'sittings'), center, readJson(request, PutRescue), at);
    return { ok: true };
  });
  app.post(
    paths.claims,
    async (request): Promise<ClaimReply> => ({
      begunBy: await claimSitting(await actorOf(request, center, 'sittings'), center, readJson(request, Claim)),
    }),
  );
  app.post(paths.beginnings, async (request): Promise<BeginningReply> => {
    const beginning = readJson(request, Beginning);
    const actor = await actorOf(request, center, beginning.state === 'asking' ? 'exams' : 'sittings');
    return beginSitting(actor, center, beginning, authenticatedOf(request).statement.at);
  });
  app.get(`${paths.rescue('')}:hash`, async (request, reply) => {
    const hash = readParam(request, 'hash', Sha256, new Refusal('rescue-foreign'));
    const actor = await actorOf(request, center, 'sittings');
    return reply.type('application/zip').send(Buffer.from(await readRescue(actor, center.db, hash)));
  });
  app.post(`${paths.evidence('')}:id`, { bodyLimit: 2 * MEBIBYTE }, async (request) => {
    const id = readParam(request, 'id', EvidenceWishId, new Refusal('evidence-unknown'));
    await takeEvidence(stationOf(request), center, id, readJson(request, EvidenceAnswer));
    return { ok: true };
  });
  app.post(`${paths.outcome('')}:id`, async (request) => {
    const id = readParam(request, 'id', CommandId, new Refusal('method-unknown'));
    await settleCommand(
      await actorOf(request, center, 'sittings'),
      center.db,
      id,
      readJson(request, CommandReport).outcome,
    );
    return { ok: true };
  });
}
