import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { type BankVersion, type BankVersions, ExamMove } from '../../contract/people-center/bank-versions.ts';
import { ArrangementWish } from '../../contract/people-center/candidates.ts';
import {
  type CodeReply,
  CodeWish,
  type CommandReply,
  type CommandState,
  CommandWish,
  type DrawnSeats,
  type GivenGrants,
  type GrantReply,
  GrantWish,
  type Invitation,
  type Overview,
  operatorPaths,
  PackageWish,
  type PictureReply,
  PutExam,
  PutProctor,
  type PutProctorReply,
  SeatWish,
  type SeenHeads,
  type UnlockWindowReply,
  UnlockWindowWish,
} from '../../contract/people-center/operator-api.ts';
import { BankId, CommandId, GrantId, instant, ProctorId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { makePackage } from '../assignments/index.ts';
import { type Anchor, lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { addPicture, listBankVersions, moveExam, putExam, readBankVersion } from '../exams/index.ts';
import { bytesOf, MEBIBYTE, readJson, readParam } from '../http/index.ts';
import { arrangeCandidate, drawSeats, inviteProctor, putProctor } from '../people/index.ts';
import { giveCommand, openUnlockWindow, outcomeOf } from '../proctoring/index.ts';
import type { Judging } from '../results/index.ts';
import { addEnrolmentCode, endGrant, giveGrants, listGrants, seenHeads } from '../stations/index.ts';
import { accessRoutes } from './access.ts';
import { authenticate, operatorOf } from './authenticate.ts';
import { candidateRoutes } from './candidates.ts';
import { certificateRoutes } from './certificates.ts';
import { courseRoutes } from './courses.ts';
import { disputeRoutes } from './disputes.ts';
import { homeAccessRoutes } from './home.ts';
import { overviewOf } from './overview.ts';
import { rosterRoutes } from './roster.ts';
import { stationRoutes } from './stations.ts';

const PUT: ('PUT' | 'POST')[] = ['PUT', 'POST'];
const DONE = { ok: true };

export type OperatorApi = {
  /** What is made of records once a series of forms is revealed. */
  readonly judging: Judging;
  /** Where the head of the audit log goes. */
  readonly anchor: Anchor;
  /** The time zone of the rooms. */
  readonly zone: string;
};

/** What an operator puts in. The token decides the tenant; nothing in a message can name another one. */
export function operatorRoutes(app: FastifyInstance, center: Center, { judging, anchor, zone }: OperatorApi): void {
  authenticate(app, center);
  app.get(operatorPaths.overview, async (request): Promise<Overview> => {
    const actor = operatorOf(request);
    await lookedAt(actor, center, 'overview');
    return overviewOf(actor, center, actor.tenantId);
  });
  app.get(operatorPaths.heads, async (request): Promise<SeenHeads> => {
    const actor = operatorOf(request);
    const seen = await seenHeads(actor, center.db, actor.tenantId);
    return { heads: seen.map(({ seenAt, ...head }) => ({ ...head, seenAt: instant(seenAt) })) };
  });
  app.post(operatorPaths.codes, async (request): Promise<z.infer<typeof CodeReply>> => {
    const actor = operatorOf(request);
    // Programs of before send nothing.
    const { days } = bytesOf(request).length > 0 ? readJson(request, CodeWish) : {};
    return { code: await addEnrolmentCode(actor, center.db, actor.tenantId, center.now(), days) };
  });
  examRoutes(app, center);
  courseRoutes(app, center);
  homeAccessRoutes(app, center);
  peopleRoutes(app, center);
  proctoringRoutes(app, center);
  grantRoutes(app, center);
  disputeRoutes(app, center, judging);
  certificateRoutes(app, center, zone);
  accessRoutes(app, center, anchor);
  stationRoutes(app, center);
}

function examRoutes(app: FastifyInstance, center: Center): void {
  app.route({
    method: PUT,
    url: operatorPaths.exams,
    bodyLimit: 64 * MEBIBYTE,
    handler: async (request) => {
      const actor = operatorOf(request);
      const put = readJson(request, PutExam);
      if (put.exam.course) throw new Refusal('bad-message', `${put.exam.id} is a course: it is put as one`);
      await putExam(actor, center.db, actor.tenantId, put);
      return DONE;
    },
  });
  app.get(operatorPaths.bankVersions, async (request): Promise<BankVersions> => {
    const actor = operatorOf(request);
    return { exams: await listBankVersions(actor, center.db, actor.tenantId) };
  });
  app.post(operatorPaths.bankVersions, async (request) => {
    const actor = operatorOf(request);
    await moveExam(actor, center.db, actor.tenantId, readJson(request, ExamMove));
    return DONE;
  });
  app.get(`${operatorPaths.bankVersions}/:id`, async (request): Promise<BankVersion> => {
    const actor = operatorOf(request);
    const id = readParam(request, 'id', BankId, new Refusal('item-unknown'));
    await lookedAt(actor, center, `bank ${id}`);
    return readBankVersion(actor, center.db, actor.tenantId, id);
  });
  app.post(
    operatorPaths.pictures,
    { bodyLimit: 8 * MEBIBYTE },
    async (request): Promise<z.infer<typeof PictureReply>> => {
      const actor = operatorOf(request);
      return { hash: await addPicture(actor, center.db, actor.tenantId, bytesOf(request)) };
    },
  );
  app.post(operatorPaths.packages, async (request, reply) => {
    const actor = operatorOf(request);
    const bytes = await makePackage(actor, center, actor.tenantId, readJson(request, PackageWish));
    return reply.type('application/zip').send(Buffer.from(bytes));
  });
}

function peopleRoutes(app: FastifyInstance, center: Center): void {
  candidateRoutes(app, center);
  rosterRoutes(app, center);
  app.route({
    method: PUT,
    url: operatorPaths.arrangements,
    handler: async (request) => {
      const actor = operatorOf(request);
      await arrangeCandidate(actor, center.db, actor.tenantId, readJson(request, ArrangementWish));
      return DONE;
    },
  });
  app.route({
    method: PUT,
    url: operatorPaths.proctors,
    handler: async (request): Promise<PutProctorReply> => {
      const actor = operatorOf(request);
      const put = await putProctor(actor, center.db, actor.tenantId, readJson(request, PutProctor));
      if (put.hasPin) return { ok: true };
      return { ok: true, invitation: await inviteProctor(actor, center, actor.tenantId, put.id) };
    },
  });
  app.post(`${operatorPaths.proctors}/:id/invitation`, async (request): Promise<Invitation> => {
    const actor = operatorOf(request);
    const id = readParam(request, 'id', ProctorId, new Refusal('proctor-unknown'));
    return inviteProctor(actor, center, actor.tenantId, id);
  });
  app.post(operatorPaths.seats, async (request): Promise<DrawnSeats> => {
    const actor = operatorOf(request);
    return drawSeats(actor, center.db, actor.tenantId, readJson(request, SeatWish));
  });
}

/** Who else may use this firm's stations. */
function grantRoutes(app: FastifyInstance, center: Center): void {
  app.post(operatorPaths.grants, async (request): Promise<z.infer<typeof GrantReply>> => {
    const actor = operatorOf(request);
    return { ids: await giveGrants(actor, center, actor.tenantId, readJson(request, GrantWish)) };
  });
  app.get(operatorPaths.grants, async (request): Promise<GivenGrants> => {
    const actor = operatorOf(request);
    return listGrants(actor, center, actor.tenantId);
  });
  app.delete(`${operatorPaths.grants}/:id`, async (request) => {
    const actor = operatorOf(request);
    await endGrant(actor, center, actor.tenantId, readParam(request, 'id', GrantId, new Refusal('grant-missing')));
    return DONE;
  });
}

function proctoringRoutes(app: FastifyInstance, center: Center): void {
  app.post(operatorPaths.sessions, async (request): Promise<UnlockWindowReply> => {
    const actor = operatorOf(request);
    return openUnlockWindow(actor, center, actor.tenantId, readJson(request, UnlockWindowWish));
  });
  app.post(operatorPaths.commands, async (request): Promise<CommandReply> => {
    const actor = operatorOf(request);
    return giveCommand(actor, center, actor.tenantId, readJson(request, CommandWish));
  });
  app.get(`${operatorPaths.commands}/:id`, async (request): Promise<z.infer<typeof CommandState>> => {
    const actor = operatorOf(request);
    const id = readParam(request, 'id', CommandId, new Refusal('method-unknown'));
    return { outcome: await outcomeOf(actor, center.db, actor.tenantId, id) };
  });
}
