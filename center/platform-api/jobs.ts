import type { FastifyInstance } from 'fastify';
import { jobEndpoints as ends, exportEndpoints } from '../../contract/platform/jobs.ts';
import type { Center } from '../base/index.ts';
import { exportCertificates } from '../certificates/index.ts';
import { sendByRange } from '../http/index.ts';
import { cancelJob, listJobs, openJobFile, readJob } from '../jobs/index.ts';
import { exportResults } from '../results/index.ts';
import { type Serving, serveTree as serve } from './serve.ts';

/** Long work: asked for, looked at, cancelled, and what came of it. */
export function jobRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(app, center, ends.list, ({ actor, query }) => listJobs(actor, db, query), how);
  serve(app, center, ends.read, ({ actor, params }) => readJob(actor, db, params.id), how);
  serve(app, center, ends.cancel, ({ actor, params }) => cancelJob(actor, center, params.id), how);
  const download = async ({
    actor,
    params,
    request,
    reply,
  }: Parameters<Parameters<typeof serve<typeof ends.download>>[3]>[0]) => {
    const file = await openJobFile(actor, center, params.id);
    reply.headers({
      'content-disposition': `attachment; filename="${file.name}"`,
      'cache-control': 'no-store',
    });
    return sendByRange(request, reply, file);
  };
  serve(app, center, ends.download, download, how);
  serve(app, center, exportEndpoints.certificates, ({ actor, body }) => exportCertificates(actor, center, body), how);
  serve(app, center, exportEndpoints.results, ({ actor, body }) => exportResults(actor, center, body), how);
}
