import type { FastifyInstance, FastifyRequest } from 'fastify';
import { holdConnections } from './held-connections.ts';

/** What a connection must keep to, so that a few machines cannot hold all there are. */
export type ConnectionLimits = {
  /** Connections at once, of everybody. */
  readonly all: number;
  /** Of one address. */
  readonly ofOneAddress: number;
  /** Those that stand before the center: everybody has theirs, and they count themselves. */
  readonly proxies: readonly string[];
  /** A body that brings less than `leastBytes` in so long is not waited for: 100 bytes a second is a modem. */
  readonly windowMs: number;
  readonly leastBytes: number;
};

const CONNECTION_LIMITS: ConnectionLimits = {
  ...{ all: 4_000, ofOneAddress: 500, proxies: [] },
  ...{ windowMs: 20_000, leastBytes: 2_000 },
};

/** How long a connection is waited for, by Node's own clocks. */
export type Patience = {
  /** Until the headers of a request are there. */
  readonly headersMs: number;
  /** While nothing moves, either way. */
  readonly idleMs: number;
  /** So often it is looked who is late. */
  readonly lookMs: number;
};

const PATIENCE: Patience = { headersMs: 60_000, idleMs: 120_000, lookMs: 30_000 };

/**
 * Options of the server. Of the whole of a request there is no bound: a film by a slow line takes hours, and a body that hardly
 * comes is ended by {@link limitConnections}.
 */
export const patient = ({ headersMs, idleMs, lookMs }: Patience = PATIENCE) => ({
  requestTimeout: 0,
  connectionTimeout: idleMs,
  http: { headersTimeout: headersMs, connectionsCheckingInterval: lookMs },
});

/** As long as any work takes that is answered in one request. */
const SILENT_MS = 1_800_000;

/**
 * For work that says nothing for minutes: once its body is there, its connection is not ended as idle before it is answered. The
 * next request on it is waited for as any other.
 */
export const workInSilence = ({ raw }: FastifyRequest, ms = SILENT_MS): void => {
  if (typeof raw.socket.setTimeout === 'function') raw.socket.setTimeout(ms);
};

/** Ends connections of whoever holds too many, and those whose bodies hardly come. */
export function limitConnections(app: FastifyInstance, given: Partial<ConnectionLimits> = {}): void {
  const limits = { ...CONNECTION_LIMITS, ...given };
  countConnections(app, limits);
  app.addHook('onRequest', (request, _reply, done) => {
    watchBody(request, limits);
    done();
  });
}

function countConnections({ server }: FastifyInstance, limits: ConnectionLimits): void {
  const held = holdConnections(limits);
  server.maxConnections = limits.all;
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    if (!held.open(address)) return void socket.destroy();
    socket.once('close', () => held.close(address));
  });
}

function watchBody({ raw }: FastifyRequest, { windowMs, leastBytes }: ConnectionLimits): void {
  if (raw.complete) return;
  let before = raw.socket.bytesRead;
  const timer = setInterval(() => {
    if (raw.complete || raw.destroyed) return clearInterval(timer);
    const came = raw.socket.bytesRead - before;
    before += came;
    if (came < leastBytes) raw.socket.destroy();
  }, windowMs);
  timer.unref();
  raw.once('close', () => clearInterval(timer));
}
