import type { FastifyInstance } from 'fastify';
import type { WorkerDetails, WorkerPhoto } from '../../contract/platform/workers.ts';
import { workerEndpoints as at } from '../../contract/platform/workers.ts';
import { type CandidateId, instant } from '../../contract/words/ids.ts';
import { TryLater } from '../../contract/words/reasons.ts';
import { lookedAt } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { listExams } from '../exams/index.ts';
import { LEAVINGS } from '../home/index.ts';
import { MEBIBYTE, strangerOf } from '../http/index.ts';
import { giveCoursesSat } from '../learning/index.ts';
import {
  arrangeCandidate,
  candidatesByIds,
  correctNumber,
  importRoster,
  invitePhoto,
  leaveRoster,
  listWorkers,
  putCandidate,
  readPhoto,
  readPhotoLink,
  readWorker,
  sendPhoto,
} from '../people/index.ts';
import { readRecords } from '../results/index.ts';
import { saidPhotos } from '../stations/index.ts';
import type { Operator, Visitor } from '../tenants/index.ts';
import { type Serving, serve } from './serve.ts';
import { keepsFirm, seesFirm } from './standing.ts';
import { photoRoutes } from './worker-photos.ts';

const DONE = { ok: true } as const;
const AGAIN_SECONDS = 10;

/** The people of a firm. */
export function workerRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(
    app,
    center,
    at.list,
    async (call) => {
      const actor = await seesFirm(center, call);
      await lookedAt(actor, center, 'candidates');
      return listWorkers(actor, db, actor.tenantId, call.query);
    },
    how,
  );
  serve(
    app,
    center,
    at.exams,
    async (call) => {
      const actor = await seesFirm(center, call);
      const exams = await listExams(actor, db, actor.tenantId);
      return { exams: exams.map(({ id, title, mode }) => ({ id, title, mode })) };
    },
    how,
  );
  serve(
    app,
    center,
    at.read,
    async (call) => {
      const actor = await seesFirm(center, call);
      await lookedAt(actor, center, `candidate ${call.params.id}`);
      return detailsOf(actor, center, call.params.id);
    },
    how,
  );
  serve(
    app,
    center,
    at.photo,
    async (call) => {
      const actor = await seesFirm(center, call);
      const { id, hash } = call.params;
      await lookedAt(actor, center, `photo of ${id}`);
      const { photos } = await readWorker(actor, db, actor.tenantId, id);
      const own = photos.some((one) => one.hash === hash) ? hash : undefined;
      const bytes = await readPhoto(actor, center, actor.tenantId, own ?? hash);
      return { jpeg: Buffer.from(bytes).toString('base64') };
    },
    how,
  );
  changingRoutes(app, center, how);
  rosterRoute(app, center, how);
  photoRoutes(app, center, how);
  linkRoutes(app, center, how);
}

async function detailsOf(actor: Operator | Visitor, center: Center, id: CandidateId): Promise<WorkerDetails> {
  const { db } = center;
  const { leftAt, link, photos, ...worker } = await readWorker(actor, db, actor.tenantId, id);
  const said = await saidPhotos(actor, db, actor.tenantId);
  const records = await readRecords(actor, db, actor.tenantId, 1, { shown: 'exams', people: [id] });
  return {
    ...worker,
    leftAt: leftAt && instant(leftAt),
    link: link && {
      until: link.until && instant(link.until),
      consentedAt: link.consentedAt && instant(link.consentedAt),
    },
    photos: photos.map(
      (photo): WorkerPhoto => ({
        ...photo,
        refused: said
          .filter((one) => one.candidateId === id && one.photo === photo.hash)
          .map(({ station, reasons }) => ({ station, reasons })),
      }),
    ),
    results: records.map(({ record, listedAt, stationName, verdict, settled }) => ({
      ...{ at: listedAt, exam: record.exam.title, mode: record.exam.mode, station: stationName },
      ...{ marks: record.marks, fullMarks: record.fullMarks, passed: record.passed },
      disputed: verdict === 'disputed' && settled === null,
    })),
  };
}

function changingRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(
    app,
    center,
    at.add,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const { document, ...body } = call.body;
      const number = document ? `${document}:${body.number}` : body.number;
      const said = { ...body, number, id: makeId('cd') as CandidateId, idFromNumber: true };
      const id = await putCandidate(actor, db, actor.tenantId, said);
      await giveCoursesSat(actor, center, actor.tenantId, [said]);
      return { id };
    },
    how,
  );
  serve(
    app,
    center,
    at.change,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const before = await readWorker(actor, db, actor.tenantId, call.params.id);
      const { name = before.name, examId = before.examId, ...terms } = call.body;
      const put = { ...terms, name, examId, id: before.id, number: before.number, rename: true };
      await putCandidate(actor, db, actor.tenantId, put);
      await giveCoursesSat(actor, center, actor.tenantId, [put]);
      return DONE;
    },
    how,
  );
  serve(
    app,
    center,
    at.arrange,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const number = await numberOf(actor, center, call.params.id);
      await arrangeCandidate(actor, db, actor.tenantId, { number, arrangements: call.body });
      return DONE;
    },
    how,
  );
  serve(
    app,
    center,
    at.correctNumber,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const number = await numberOf(actor, center, call.params.id);
      const { photos, ...wish } = call.body;
      // Photos of another are taken away here, and others put in at their own place.
      const kept = photos === 'same' ? photos : [];
      await correctNumber(actor, center, actor.tenantId, { ...wish, number, photos: kept });
      return DONE;
    },
    how,
  );
  serve(
    app,
    center,
    at.leave,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const number = await numberOf(actor, center, call.params.id);
      await leaveRoster(actor, center, actor.tenantId, { ...call.body, number }, LEAVINGS);
      return DONE;
    },
    how,
  );
}

/** Of somebody who may not be there at all: the use case that is asked with it says so. */
const numberOf = async (actor: Operator, { db }: Center, id: CandidateId): Promise<string> =>
  (await candidatesByIds(actor, db, actor.tenantId, [id])).get(id)?.number ?? '';

/** More than a workbook of 20,000 people in base64 has. */
const ROSTER = 24 * MEBIBYTE;

function rosterRoute(app: FastifyInstance, center: Center, how: Serving): void {
  const running = new Set<string>();
  const work = async (actor: Operator, body: Parameters<typeof bytesIn>[0]) => {
    const { tenantId } = actor;
    const file = { bytes: bytesIn(body), apply: body.apply, usual: body.examId };
    const { report, sit } = await importRoster(actor, center, tenantId, {
      ...{ ...file, leavings: LEAVINGS, onProgress: () => undefined },
    });
    await giveCoursesSat(actor, center, tenantId, sit);
    return report;
  };
  serve(
    app,
    center,
    at.importRoster,
    async (call) => {
      const actor = await keepsFirm(center, call);
      if (running.has(actor.tenantId)) throw new TryLater(AGAIN_SECONDS);
      running.add(actor.tenantId);
      return work(actor, call.body).finally(() => running.delete(actor.tenantId));
    },
    { ...how, bodyLimit: ROSTER },
  );
}
type RosterBody = Parameters<Parameters<typeof serve<typeof at.importRoster>>[3]>[0]['body'];
const bytesIn = ({ file }: RosterBody): Buffer => Buffer.from(file, 'base64');

function linkRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  serve(
    app,
    center,
    at.invitePhoto,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const { secret, until } = await invitePhoto(actor, center, actor.tenantId, call.params.id);
      return { secret, until: instant(until) };
    },
    how,
  );
  serve(
    app,
    center,
    at.readPhotoLink,
    async ({ request, body }) => {
      const { until, ...whose } = await readPhotoLink(strangerOf(request), center, body.secret);
      return { ...whose, until: instant(until) };
    },
    how,
  );
  serve(app, center, at.sendPhoto, ({ request, body }) => sendPhoto(strangerOf(request), center, body), {
    ...how,
    bodyLimit: 12 * MEBIBYTE,
  });
}
