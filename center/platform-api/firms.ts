import type { FastifyInstance } from 'fastify';
import { firmEndpoints as at } from '../../contract/platform/firms.ts';
import { takeOnFirm } from '../accounts/index.ts';
import type { Center } from '../base/index.ts';
import { listExams } from '../exams/index.ts';
import { countWorkers, listProctors } from '../people/index.ts';
import { readTotals } from '../results/index.ts';
import { heardStations } from '../stations/index.ts';
import type { Operator, Visitor } from '../tenants/index.ts';
import { type Serving, serve } from './serve.ts';
import { keepsFirm, seesFirm } from './standing.ts';

/** Puts in the exam that comes with the program, for a firm. @returns its id */
export type AddSeedExam = (actor: Operator, center: Center) => Promise<string>;

/** What a firm has, and how it comes to its first exam. */
export function firmRoutes(app: FastifyInstance, center: Center, how: Serving, addSeedExam: AddSeedExam): void {
  serve(app, center, at.counts, async (call) => countsOf(await seesFirm(center, call), center), how);
  serve(
    app,
    center,
    at.addSeedExam,
    async (call) => ({ examId: await addSeedExam(await keepsFirm(center, call), center) }),
    how,
  );
  serve(
    app,
    center,
    at.takeOn,
    async ({ actor, params }) => {
      await takeOnFirm(actor, center.db, params.firm);
      return { ok: true } as const;
    },
    how,
  );
}

async function countsOf(actor: Operator | Visitor, { db }: Center) {
  const { tenantId } = actor;
  const proctors = await listProctors(actor, db, tenantId);
  const exams = await listExams(actor, db, tenantId);
  const stations = await heardStations(actor, db, tenantId);
  const { formal } = await readTotals(actor, db, tenantId);
  return {
    ...{ proctors: proctors.length, ready: proctors.filter(({ pinHash }) => pinHash !== null).length },
    exams: exams.filter(({ mode }) => mode === 'formal').length,
    ...(await countWorkers(actor, db, tenantId)),
    ...{ stations: stations.length, heard: stations.filter(({ heard }) => heard).length },
    sat: formal,
  };
}
