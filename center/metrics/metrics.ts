import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import type { System } from '../tenants/index.ts';
import { type Level, levelsOf } from './levels.ts';

/** What a center does beside answering. */
const JOBS = ['judging', 'anchoring', 'asking-witnesses', 'sweeping', 'bulletins'] as const;
export type Job = (typeof JOBS)[number];

/**
 * Numbers of one center, from its start on. No label ever holds what somebody wrote: routes are named by their patterns, and
 * everything else is a word of ours, so no person, firm or station can be found in them.
 */
export type Metrics = {
  /** Counts what is asked and answered from now on. */
  watch(app: FastifyInstance): void;
  /** A request was refused. */
  refused(request: FastifyRequest, reason: Reason): void;
  job(job: Job, outcome: 'done' | 'failed'): void;
  /** All of it as Prometheus reads it. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
};

/** In seconds: what a station or a person waits for. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function openMetrics(actor: System, center: Center): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register, prefix: 'exam_center_' });
  const registers = [register];
  const requests = new Counter({
    ...{ name: 'exam_center_http_requests_total', help: 'Requests that were answered.', registers },
    labelNames: ['method', 'route', 'status'],
  });
  const durations = new Histogram({
    ...{ name: 'exam_center_http_request_seconds', help: 'How long answers took.', registers },
    ...{ labelNames: ['method', 'route'], buckets: DURATIONS },
  });
  const refusals = new Counter({
    ...{ name: 'exam_center_refusals_total', help: 'Requests that were refused, by reason.', registers },
    labelNames: ['reason'],
  });
  const batches = new Counter({
    ...{ name: 'exam_center_batches_total', help: 'Batches of results that stations sent.', registers },
    labelNames: ['outcome'],
  });
  const jobs = new Counter({
    ...{ name: 'exam_center_jobs_total', help: 'What is done beside answering, by outcome.', registers },
    labelNames: ['job', 'outcome'],
  });
  for (const job of JOBS) for (const outcome of ['done', 'failed']) jobs.inc({ job, outcome }, 0);
  for (const outcome of ['accepted', 'refused']) batches.inc({ outcome }, 0);
  const levels = levelsOf(registers);
  const answered = (request: FastifyRequest, reply: FastifyReply): void => {
    const { method, route } = nameOf(request);
    requests.inc({ method, route, status: String(reply.statusCode) });
    durations.observe({ method, route }, reply.elapsedTime / 1000);
    if (method === 'POST' && route === paths.batches && reply.statusCode === 200) batches.inc({ outcome: 'accepted' });
  };
  return {
    watch(app) {
      app.addHook('onResponse', (request, reply, done) => {
        answered(request, reply);
        done();
      });
    },
    refused(request, reason) {
      refusals.inc({ reason });
      const { method, route } = nameOf(request);
      if (method === 'POST' && route === paths.batches) batches.inc({ outcome: 'refused' });
    },
    job: (job, outcome) => jobs.inc({ job, outcome }),
    async text() {
      await measure(actor, center, levels);
      return { type: register.contentType, body: await register.metrics() };
    },
  };
}

/** The pattern of a path, never the path; methods that nobody knows are one. */
function nameOf({ method, routeOptions }: FastifyRequest): { readonly method: string; readonly route: string } {
  const { url: route } = routeOptions;
  return { method: METHODS.has(method) ? method : 'other', route: route ?? 'none' };
}
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']);

/** A database that is out of reach is a number like others: whoever reads them wants to see just that. */
async function measure(actor: System, center: Center, levels: readonly Level[]): Promise<void> {
  for (const { read, set } of levels) await read(actor, center).then(set, () => set(undefined));
}
