import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inSpan, type Span, type Tracer, traceparentNow, within } from '../base/index.ts';
import type { Database, Queries } from '../database/index.ts';
import type { JobKinds } from '../jobs/index.ts';

/** Each request is a span, named by the pattern of its route: an address may hold a person's number. */
export function traceRequests(app: FastifyInstance, tracer: Tracer): void {
  const open = new WeakMap<FastifyRequest, Span>();
  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const says = { 'http.request.method': request.method, 'http.route': route };
    const { traceparent } = request.headers;
    const parent = typeof traceparent === 'string' ? traceparent : undefined;
    const span = tracer.start(`${request.method} ${route}`, 'server', says, parent);
    open.set(request, span);
    within(span, done);
  });
  app.addHook('onResponse', (request, { statusCode }, done) => {
    open.get(request)?.end({ failed: statusCode >= 500, says: { 'http.response.status_code': statusCode } });
    done();
  });
}

/** What a statement does, and with which table: no more of it than these two words. */
export function nameOfStatement(sql: string): string {
  const [, what = 'STATEMENT'] = /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|SET|LOCK)\b/i.exec(sql) ?? [];
  const [, table] = /\b(?:FROM|INTO|UPDATE)\s+([a-z_]\w*)/i.exec(sql) ?? [];
  return [what.toUpperCase(), ...(table ? [table] : [])].join(' ');
}

/** The same, whose statements are spans of what is being done; what is done for nobody, such as looking for work, is none. */
export function tracedDatabase(db: Database, tracer: Tracer): Database {
  const traced = <T>(name: string, work: () => Promise<T>): Promise<T> =>
    traceparentNow() === undefined
      ? work()
      : inSpan(tracer, { name, kind: 'client', says: { 'db.system.name': 'postgresql' } }, work);
  const queriesOf = (on: Queries): Queries => ({
    query: (sql, params) => traced(nameOfStatement(sql), () => on.query(sql, params)),
  });
  return {
    ...db,
    ...queriesOf(db),
    transaction: (work) => traced('transaction', () => db.transaction((tx) => work(queriesOf(tx)))),
    as: (scope) => tracedDatabase(db.as(scope), tracer),
  };
}

export const tracedJobs = (kinds: JobKinds, tracer: Tracer | undefined): JobKinds =>
  Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      {
        ...kind,
        run: (job) => inSpan(tracer, { name: `job ${name}`, says: { tries: job.tries } }, () => kind.run(job)),
      },
    ]),
  );
