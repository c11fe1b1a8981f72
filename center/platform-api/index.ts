import { resolve } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type PlatformKey, platformTranslator } from '../../messages/platform/index.ts';
import type { Anchor } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { PAGE_HEADERS, pageFileRoutes, sendPlainPage } from '../http/index.ts';
import type { Judging } from '../results/index.ts';
import type { BulletinWays } from '../schedules/index.ts';
import { accessRoutes } from './access.ts';
import { accountRoutes } from './accounts.ts';
import { appealRoutes } from './appeals.ts';
import { type WhoAsks, whoAsks } from './authenticate.ts';
import { bankUploadRoutes } from './bank-uploads.ts';
import { bankRoutes } from './banks.ts';
import { beginningRoutes } from './beginnings.ts';
import { bulletinRoutes } from './bulletin.ts';
import { certificateRoutes } from './certificates.ts';
import { type CityLogInWish, cityRoutes, START } from './city-log-in.ts';
import { courseRoutes } from './courses.ts';
import { describePlatform } from './describe.ts';
import { evidenceRoutes } from './evidence.ts';
import { examRoutes } from './exams.ts';
import { type AddSeedExam, firmRoutes } from './firms.ts';
import { grantRoutes } from './grants.ts';
import { hookRoutes } from './hooks.ts';
import { jobRoutes } from './jobs.ts';
import { organisationRoutes } from './organisations.ts';
import { paperRoutes } from './papers.ts';
import { personFileRoutes } from './person-files.ts';
import { planningRoutes } from './planning.ts';
import { proctoringRoutes } from './proctoring.ts';
import { proctorRoutes } from './proctors.ts';
import { resultRoutes } from './results.ts';
import { retentionRoutes } from './retention.ts';
import { scheduleRoutes } from './schedules.ts';
import { stationRoutes } from './stations.ts';
import { toldResultRoutes } from './told-results.ts';
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
  /** Judges what waits for it, and sees to what rests on a record once somebody has decided on it. */
  readonly judging: Pick<Judging, 'all' | 'decided'>;
  /** The time zone of the days on certificates. */
  readonly zone: string;
  /** Puts heads of the audit log where witnesses see them. */
  readonly anchor: Anchor;
  /** Where bulletins that come by themselves can go. */
  readonly bulletins?: BulletinWays | undefined;
};

/** The platform: its pages, and what they and programs ask for. */
export function platformRoutes(
  app: FastifyInstance,
  center: Center,
  version: string,
  { who = whoAsks, folder = PAGE, oidc, addSeedExam, judging, zone, anchor, bulletins = {} }: PlatformOptions,
): void {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(PAGE_HEADERS);
  });
  pageFileRoutes(app, {
    ...{ at: '/platform/', folder },
    sayNotBuilt: (reply) => sayPlainly(reply, 503, 'app.not-built'),
    sayNothingHere: (reply) => sayPlainly(reply, 404, 'app.not-found'),
  });
  // It takes longer to draw than the rest of the app, and few ask for it.
  let description: ReturnType<typeof describePlatform> | undefined;
  app.get('/v1/platform/openapi.json', async () => {
    description ??= describePlatform(version);
    return description;
  });
  organisationRoutes(app, center, { who });
  planningRoutes(app, center, { who });
  bulletinRoutes(app, center, { who });
  resultRoutes(app, center, { who }, judging.decided);
  appealRoutes(app, center, { who }, judging.decided);
  evidenceRoutes(app, center, { who });
  personFileRoutes(app, center, { who });
  firmRoutes(app, center, { who }, addSeedExam);
  workerRoutes(app, center, { who });
  proctorRoutes(app, center, { who });
  stationRoutes(app, center, { who });
  bankRoutes(app, center, { who });
  bankUploadRoutes(app, center, { who });
  toldResultRoutes(app, center, { who });
  certificateRoutes(app, center, { who }, zone);
  courseRoutes(app, center, { who });
  examRoutes(app, center, { who });
  proctoringRoutes(app, center, { who });
  grantRoutes(app, center, { who });
  accessRoutes(app, center, { who }, anchor);
  paperRoutes(app, center, { who });
  beginningRoutes(app, center, { who }, () => judging.all());
  accountRoutes(app, center, oidc ? START : null);
  cityRoutes(app, center, oidc);
  jobRoutes(app, center, { who });
  hookRoutes(app, center, { who });
  scheduleRoutes(app, center, { who }, bulletins);
  retentionRoutes(app, center, { who });
}

const [zh, en] = [platformTranslator('zh'), platformTranslator('en')];

const sayPlainly = (reply: FastifyReply, status: number, key: PlatformKey): FastifyReply =>
  sendPlainPage(reply, status, { title: zh('app.title'), says: { zh: zh(key), en: en(key) } });
