import { randomUUID } from 'node:crypto';
import type { Server as HttpsServer } from 'node:https';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center, Tracer } from '../base/index.ts';
import { operatorRoutes } from '../console/index.ts';
import { wayNow } from '../database/index.ts';
import { homeRoutes, isAtHome, sendHomeRefusal } from '../home-api/index.ts';
import { limitConnections, patient, replyTo, takeRawBodies } from '../http/index.ts';
import { type Metrics, metricsRoute } from '../metrics/index.ts';
import { type CityLogInWish, platformRoutes } from '../platform-api/index.ts';
import type { Judging } from '../results/index.ts';
import type { BulletinWays } from '../schedules/index.ts';
import { addSeedExam } from '../seed/index.ts';
import { stationRoutes } from '../station-api/index.ts';
import type { TlsKeeper } from '../tls/index.ts';
import { asksForPage, certificateRoutes, pageRoutes, sendErrorPage } from '../web/index.ts';
import { anchorIn } from './audit-anchor.ts';
import { readyRoutes } from './ready.ts';
import { traceRequests } from './traced.ts';
import { giveWays } from './ways.ts';

export type AppOptions = {
  readonly version: string;
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
  /** The time zone of the rooms. */
  readonly zone: string;
  readonly judging: Judging;
  readonly metrics: Metrics;
  /** Who writes down what is done; nothing where nobody does. */
  readonly tracer?: Tracer | undefined;
  /** What `GET /metrics` takes; without one it answers this machine alone. */
  readonly metricsToken?: string | undefined;
  /** Addresses of proxies whose word on who asks, and how, is taken. */
  readonly proxies?: readonly string[] | undefined;
  readonly tls?: TlsKeeper | undefined;
  /** Whether browsers are told to come by https alone; by the certificate where nobody says. */
  readonly hsts?: boolean | undefined;
  /** A city's own log-in, where accounts of the platform are linked to it. */
  readonly oidc?: CityLogInWish | undefined;
  /** Where bulletins that come by themselves can go. */
  readonly bulletins?: BulletinWays | undefined;
};

/** In an address: longer than anything else that stands in one. */
const LONGEST_RECEIPT = 600;

/** The whole service over HTTP; opens no port by itself. */
export function buildApp(
  center: Center,
  { version, logger, zone, judging, metrics, metricsToken, tracer, proxies = [], tls, hsts, ...platform }: AppOptions,
): FastifyInstance {
  const app = Fastify({
    ...overTls(tls),
    logger,
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    frameworkErrors: sayNo(metrics),
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: LONGEST_RECEIPT },
    ...patient(),
  });
  const anchor = anchorIn(center);
  if (tracer) traceRequests(app, tracer);
  giveWays(app);
  limitConnections(app, { proxies });
  takeRawBodies(app);
  sayNoInReasons(app, metrics);
  nameRequests(app);
  metrics.watch(app);
  metricsRoute(app, metrics, metricsToken);
  if (tls) keepSecure(app, tls, hsts);
  readyRoutes(app, center);
  stationRoutes(app, center, { version, judging, certificates: () => (tls ? [tls.current.fingerprint] : []) });
  app.register(async (scope) => operatorRoutes(scope, center, { judging, anchor, zone }));
  app.register(async (scope) => homeRoutes(scope, center, zone));
  app.register(async (scope) =>
    platformRoutes(scope, center, version, { ...platform, addSeedExam, judging, zone, anchor }),
  );
  app.register(async (scope) => certificateRoutes(scope, center, zone));
  app.register(async (scope) => pageRoutes(scope, center, zone, anchor));
  return app;
}

const HANDSHAKE_MS = 15_000;
/** Half a year. */
const HSTS = 'max-age=15552000';

/** A server of the one kind is used as one of the other: the types of all routes are those of plain HTTP. */
const overTls = (tls: TlsKeeper | undefined): FastifyServerOptions =>
  tls
    ? ({
        https: { cert: tls.current.chain, key: tls.current.key, handshakeTimeout: HANDSHAKE_MS },
      } as FastifyServerOptions)
    : {};

function keepSecure(app: FastifyInstance, tls: TlsKeeper, hsts: boolean | undefined): void {
  tls.onRenewed(({ chain, key }) => (app.server as unknown as HttpsServer).setSecureContext({ cert: chain, key }));
  app.addHook('onRequest', (_request, reply, done) => {
    if (hsts ?? tls.current.publiclyTrusted) reply.header('strict-transport-security', HSTS);
    done();
  });
}

/** Whoever reports a fault can say which request it was. */
function nameRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}

function sayNoInReasons(app: FastifyInstance, metrics: Metrics): void {
  app.setNotFoundHandler(() => {
    throw new Refusal('method-unknown', 'there is nothing at this path');
  });
  app.setErrorHandler(sayNo(metrics));
}

/** In JSON to a program, as a page to whoever sits before a browser. */
const sayNo = (metrics: Metrics) => (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const { status, body } = replyTo(error);
  metrics.refused(request, body.reason);
  if (wayNow().signal?.aborted) request.log.info('nobody waits for the answer');
  else if (status >= 500) request.log.error({ err: error }, 'a request failed');
  else request.log.info({ reason: body.reason }, 'refused');
  if (body.seconds !== undefined) reply.header('retry-after', body.seconds);
  // Node sends a date with every answer; a station whose clock is off sets its doubts by this one, so be explicit.
  reply.header('date', new Date().toUTCString());
  if (asksForPage(request))
    return isAtHome(request)
      ? sendHomeRefusal(reply, status, body.reason)
      : sendErrorPage(request, reply, status, body);
  return reply.status(status).header('cache-control', 'no-store').send(body);
};
