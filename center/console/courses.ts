import type { FastifyInstance } from 'fastify';
import {
  type CourseReply,
  CourseWish,
  type ListedCourses,
  type ListedMedia,
  operatorBankPath,
  operatorPaths,
  PutExam,
  type Statements,
  StatementsWish,
} from '../../contract/people-center/operator-api.ts';
import { BankId, Sha256 } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { readBank } from '../exams/index.ts';
import { listCoursesWithHome } from '../home/index.ts';
import { inShape, MEBIBYTE, piecesOf, readJson, readParam, takeBodiesPieceByPiece } from '../http/index.ts';
import { giveCourse, listMedia, putCourse, putMedia, readStatements } from '../learning/index.ts';
import { operatorOf } from './authenticate.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const DONE = { ok: true };

/** Courses, what they show, and who studies them. */
export function courseRoutes(app: FastifyInstance, center: Center): void {
  app.put(operatorPaths.courses, { bodyLimit: 64 * MEBIBYTE }, async (request) => {
    const actor = operatorOf(request);
    await putCourse(actor, center.db, actor.tenantId, readJson(request, PutExam), center.now());
    return DONE;
  });
  app.get(operatorPaths.courses, async (request): Promise<ListedCourses> => {
    const actor = operatorOf(request);
    return listCoursesWithHome(actor, center.db, actor.tenantId);
  });
  app.post(operatorPaths.studies, { bodyLimit: 8 * MEBIBYTE }, async (request): Promise<CourseReply> => {
    const actor = operatorOf(request);
    return giveCourse(actor, center.db, actor.tenantId, readJson(request, CourseWish), center.now());
  });
  app.get(operatorPaths.statements, async (request): Promise<Statements> => {
    const actor = operatorOf(request);
    await lookedAt(actor, center, 'statements');
    return readStatements(actor, center.db, actor.tenantId, inShape(request.query, StatementsWish));
  });
  app.get(`${operatorBankPath('')}:id`, async (request, reply) => {
    const actor = operatorOf(request);
    const id = readParam(request, 'id', BankId, new Refusal('item-unknown'));
    return reply.type(JSON_TYPE).send(await readBank(actor, center.db, actor.tenantId, id));
  });
  app.get(operatorPaths.media, async (request): Promise<ListedMedia> => {
    const actor = operatorOf(request);
    return { media: await listMedia(actor, center.db, actor.tenantId) };
  });
  app.register(async (scope) => uploadRoute(scope, center));
}

/** A film is never held in memory. */
function uploadRoute(scope: FastifyInstance, center: Center): void {
  takeBodiesPieceByPiece(scope);
  scope.put(`${operatorPaths.media}/:hash`, async (request) => {
    const actor = operatorOf(request);
    const hash = readParam(request, 'hash', Sha256, new Refusal('media-missing'));
    await putMedia(actor, center, actor.tenantId, hash, piecesOf(request));
    return DONE;
  });
}
