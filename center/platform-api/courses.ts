import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invitationPath } from '../../contract/home/home-api.ts';
import { courseEndpoints as at } from '../../contract/platform/courses.ts';
import { instant } from '../../contract/words/ids.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { endManyHome, inviteManyHome, listCoursesWithHome, listLearners, listStudents } from '../home/index.ts';
import { piecesOf, takeBodiesPieceByPiece, workInSilence } from '../http/index.ts';
import {
  exportStatements,
  giveCourse,
  lookAtCourse,
  putCourseDraft,
  readCourse,
  takeCourseDraft,
} from '../learning/index.ts';
import { audiencesOf } from '../people/index.ts';
import { type Call, type Serving, serve } from './serve.ts';
import { keepsFirm, seesFirm } from './standing.ts';

type At = typeof at;

/** Courses of a firm: put in, given to people, and what comes back; and who may learn at home. */
export function courseRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db, now } = center;
  const list = async (call: Call<At['list']>) => {
    const actor = await seesFirm(center, call);
    return listCoursesWithHome(actor, db, actor.tenantId);
  };
  const read = async (call: Call<At['read']>) => {
    const actor = await seesFirm(center, call);
    return readCourse(actor, db, actor.tenantId, call.params.id);
  };
  const people = async (call: Call<At['people']>) => {
    const actor = await seesFirm(center, call);
    await lookedAt(actor, center, `students of ${call.params.id}`);
    return listStudents(actor, center, actor.tenantId, { ...call.query, examId: call.params.id });
  };
  const give = async (call: Call<At['give']>) => {
    const actor = await keepsFirm(center, call);
    const { changed, assigned } = await giveCourse(
      actor,
      db,
      actor.tenantId,
      { ...call.body, examId: call.params.id },
      now(),
    );
    return { changed, assigned };
  };
  const audiences = async (call: Call<At['audiences']>) => {
    const actor = await seesFirm(center, call);
    return audiencesOf(actor, db, actor.tenantId);
  };
  const statements = async (call: Call<At['exportStatements']>) => {
    await keepsFirm(center, call);
    return exportStatements(call.actor, center, { organisationId: call.params.firm, ...call.body });
  };
  serve(app, center, at.list, list, how);
  serve(app, center, at.read, read, how);
  serve(app, center, at.people, people, how);
  serve(app, center, at.give, give, how);
  serve(app, center, at.audiences, audiences, how);
  serve(app, center, at.exportStatements, statements, how);
  uploadRoutes(app, center, how);
  homeRoutes(app, center, how);
}

/** One is read at a time, what it shows is hashed and unpacked before; whoever comes meanwhile waits in line. */
function uploadRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  let last: Promise<unknown> = Promise.resolve();
  const inLine = <T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> => {
    workInSilence(request);
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const look = async (call: Call<At['look']>) => {
    const actor = await keepsFirm(center, call);
    // However slow its line is, nobody else waits for it.
    const draft = await takeCourseDraft(actor, center, actor.tenantId, piecesOf(call.request));
    return inLine(call.request, () => lookAtCourse(actor, center, actor.tenantId, draft));
  };
  const put = async (call: Call<At['put']>) => {
    const actor = await keepsFirm(center, call);
    return {
      examId: await inLine(call.request, () => putCourseDraft(actor, center, actor.tenantId, call.params.draft)),
    };
  };
  app.register(async (scope) => {
    takeBodiesPieceByPiece(scope);
    serve(scope, center, at.look, look, how);
  });
  serve(app, center, at.put, put, how);
}

function homeRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db, now } = center;
  const list = async (call: Call<At['listHome']>) => {
    const actor = await seesFirm(center, call);
    await lookedAt(actor, center, 'home');
    return listLearners(actor, center, actor.tenantId, call.query);
  };
  const invite = async (call: Call<At['inviteHome']>) => {
    const actor = await keepsFirm(center, call);
    const invited = await inviteManyHome(actor, db, actor.tenantId, call.body.ids, now());
    return {
      invitations: invited.map(({ id, name, secret, expiresAt }) => ({
        ...{ id, name, path: invitationPath(secret), expiresAt: instant(expiresAt) },
      })),
    };
  };
  const end = async (call: Call<At['endHome']>) => {
    const actor = await keepsFirm(center, call);
    await endManyHome(actor, db, actor.tenantId, call.body.ids);
    return { ok: true } as const;
  };
  serve(app, center, at.listHome, list, how);
  serve(app, center, at.inviteHome, invite, how);
  serve(app, center, at.endHome, end, how);
}
