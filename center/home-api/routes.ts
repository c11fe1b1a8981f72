import { resolve } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  BeginMock,
  type BegunMock,
  type Done,
  Enter,
  type HomeLesson,
  type HomeOverview,
  homePaths,
  LessonReport,
  MockAnswer,
  MockFlag,
  type MockView,
  type OpenCourse,
  QuestionAnswer,
  type ToldLesson,
} from '../../contract/home/home-api.ts';
import { ExamId, MockId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import {
  answerMock,
  answerQuestion,
  beginMock,
  endMock,
  enterHome,
  flagMock,
  homeOverview,
  leaveHome,
  openCourse,
  readMock,
  reportLesson,
} from '../home/index.ts';
import { isFromHere, PAGE_HEADERS, pageFileRoutes, readJson, readParam, strangerOf } from '../http/index.ts';
import { authenticate, endedCookie, learnerOf, sessionCookie, sessionIn } from './authenticate.ts';
import { mediaRoute } from './media.ts';
import { ownRoutes } from './own.ts';
import { sayPlainly } from './plain-page.ts';

const PAGE = resolve(import.meta.dirname, '../../dist/home');

const BODY = { bodyLimit: 64 * 1024 };
const DONE: z.infer<typeof Done> = { ok: true };

/** Learning and mock exams at home, and what there is of somebody: the pages, and what they ask for. */
export function homeRoutes(app: FastifyInstance, center: Center, zone: string, folder = PAGE): void {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(PAGE_HEADERS);
  });
  pageFileRoutes(app, {
    ...{ at: homePaths.page, folder },
    sayNotBuilt: (reply) => sayPlainly(reply, 503, ({ t }) => t('home.not-built')),
    sayNothingHere: (reply) => sayPlainly(reply, 404, ({ t }) => t('home.nothing-here')),
  });
  enterRoute(app, center);
  app.register(async (scope) => {
    authenticate(scope, center);
    mediaRoute(scope, center);
    scope.register(async (api) => {
      api.addHook('onSend', async (_request, reply) => {
        reply.header('cache-control', 'no-store');
      });
      courseRoutes(api, center);
      mockRoutes(api, center);
      ownRoutes(api, center, zone);
    });
  });
}

function enterRoute(app: FastifyInstance, { db, now }: Center): void {
  app.post(homePaths.sessions, BODY, async (request, reply): Promise<z.infer<typeof Done>> => {
    if (!isFromHere(request)) throw new Refusal('origin-refused');
    const { invitation } = readJson(request, Enter);
    const session = await enterHome(strangerOf(request), db, invitation, now());
    reply.headers({ 'set-cookie': sessionCookie(session, request), 'cache-control': 'no-store' });
    return DONE;
  });
}

const examIn = (request: FastifyRequest): ExamId => readParam(request, 'examId', ExamId, new Refusal('no-exam'));
const mockIn = (request: FastifyRequest): MockId => readParam(request, 'mockId', MockId, new Refusal('no-exam'));

function courseRoutes(app: FastifyInstance, { db, now }: Center): void {
  app.get(homePaths.overview, async (request): Promise<HomeOverview> => {
    const actor = learnerOf(request);
    return homeOverview(actor, db, actor.tenantId, now());
  });
  app.post(homePaths.signOut, BODY, async (request, reply): Promise<z.infer<typeof Done>> => {
    await leaveHome(learnerOf(request), db, sessionIn(request.headers.cookie) ?? '');
    reply.header('set-cookie', endedCookie);
    return DONE;
  });
  app.post(homePaths.open, BODY, async (request): Promise<OpenCourse> => {
    const actor = learnerOf(request);
    return openCourse(actor, db, actor.tenantId, examIn(request), now());
  });
  app.post(homePaths.reports, BODY, async (request): Promise<HomeLesson> => {
    const actor = learnerOf(request);
    return reportLesson(actor, db, actor.tenantId, examIn(request), readJson(request, LessonReport), now());
  });
  app.post(homePaths.answers, BODY, async (request): Promise<ToldLesson> => {
    const actor = learnerOf(request);
    return answerQuestion(actor, db, actor.tenantId, examIn(request), readJson(request, QuestionAnswer));
  });
}

function mockRoutes(app: FastifyInstance, { db, now }: Center): void {
  app.post(homePaths.mocks, BODY, async (request): Promise<z.infer<typeof BegunMock>> => {
    const actor = learnerOf(request);
    return { id: await beginMock(actor, db, actor.tenantId, readJson(request, BeginMock).examId, now()) };
  });
  app.get(homePaths.mock, async (request): Promise<MockView> => {
    const actor = learnerOf(request);
    return readMock(actor, db, actor.tenantId, mockIn(request), now());
  });
  app.post(homePaths.mockAnswers, BODY, async (request): Promise<z.infer<typeof Done>> => {
    const actor = learnerOf(request);
    await answerMock(actor, db, actor.tenantId, mockIn(request), readJson(request, MockAnswer), now());
    return DONE;
  });
  app.post(homePaths.mockFlags, BODY, async (request): Promise<z.infer<typeof Done>> => {
    const actor = learnerOf(request);
    await flagMock(actor, db, actor.tenantId, mockIn(request), readJson(request, MockFlag), now());
    return DONE;
  });
  app.post(homePaths.mockEnd, BODY, async (request): Promise<z.infer<typeof Done>> => {
    const actor = learnerOf(request);
    await endMock(actor, db, actor.tenantId, mockIn(request), now());
    return DONE;
  });
}
