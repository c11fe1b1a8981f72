import { resolve } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type PlatformKey, platformTranslator } from '../../messages/platform/index.ts';
import type { Center } from '../base/index.ts';
import { PAGE_HEADERS, pageFileRoutes, sendPlainPage } from '../http/index.ts';
import { accountRoutes } from './accounts.ts';
import { appealRoutes } from './appeals.ts';
import { type WhoAsks, whoAsks } from './authenticate.ts';
import { bankRoutes } from './banks.ts';
import { bulletinRoutes } from './bulletin.ts';
import { type CityLogInWish, cityRoutes, START } from './city-log-in.ts';
import { describePlatform } from './describe.ts';
import { type AddSeedExam, firmRoutes } from './firms.ts';
import { hookRoutes } from './hooks.ts';
import { jobRoutes } from './jobs.ts';
import { organisationRoutes } from './organisations.ts';
import { personFileRoutes } from './person-files.ts';
import { planningRoutes } from './planning.ts';
import { proctorRoutes } from './proctors.ts';
import { resultRoutes } from './results.ts';
import { retentionRoutes } from './retention.ts';
import { stationRoutes } from './stations.ts';
import { workerRoutes } from './workers.ts';

export type { Asker, WhoAsks } from './authenticate.ts';
export type { CityLogInWish } from './city-log-in.ts';
export { describePlatform } from './describe.ts';
export type { AddSeedExam } from './firms.ts';

const PAGE = resolve(import.meta.dirname, '../../dist/platform');

export type PlatformOptions = {
  /** How it is found out who asks. */
  readonly who?: WhoAsks;
  /** Where the pages were built to. */
  readonly folder?: string;
  readonly oidc?: CityLogInWish | undefined;
  readonly addSeedExam: AddSeedExam;
};

/** The platform: its pages, and what they and programs ask for. */
export function platformRoutes(
  app: FastifyInstance,
  center: Center,
  version: string,
  { who = whoAsks, folder = PAGE, oidc, addSeedExam }: PlatformOptions,
): void {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(PAGE_HEADERS);
  });
  pageFileRoutes(app, {
    ...{ at: '/platform/', folder },
    sayNotBuilt: (reply) => sayPlainly(reply, 503, 'app.not-built'),
    sayNothingHere: (reply) => sayPlainly(reply, 404, 'app.not-found'),
  });
  const description = describePlatform(version);
  app.get('/v1/platform/openapi.json', async () => description);
  organisationRoutes(app, center, { who });
  planningRoutes(app, center, { who });
  bulletinRoutes(app, center, { who });
  resultRoutes(app, center, { who });
  appealRoutes(app, center, { who });
  personFileRoutes(app, center, { who });
  firmRoutes(app, center, { who }, addSeedExam);
  workerRoutes(app, center, { who });
  proctorRoutes(app, center, { who });
  stationRoutes(app, center, { who });
  bankRoutes(app, center, { who });
  accountRoutes(app, center, oidc ? START : null);
  cityRoutes(app, center, oidc);
  jobRoutes(app, center, { who });
  hookRoutes(app, center, { who });
  retentionRoutes(app, center, { who });
}

const [zh, en] = [platformTranslator('zh'), platformTranslator('en')];

const sayPlainly = (reply: FastifyReply, status: number, key: PlatformKey): FastifyReply =>
  sendPlainPage(reply, status, { title: zh('app.title'), says: { zh: zh(key), en: en(key) } });
