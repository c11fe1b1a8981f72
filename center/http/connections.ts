import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What a connection must keep to, so that a few machines cannot hold all there are. */
export type ConnectionLimits = {
  /** Connections at once, of everybody. */
  readonly all: number;
  /** Of one address. Behind a proxy everybody has the proxy's: there the proxy counts. */
  readonly ofOneAddress: number;
  /** A body that brings less than `leastBytes` in so long is not waited for: 100 bytes a second is a modem. */
  readonly windowMs: number;
  readonly leastBytes: number;
};

const CONNECTION_LIMITS: ConnectionLimits = {
  ...{ all: 4_000, ofOneAddress: 500 },
  ...{ windowMs: 20_000, leastBytes: 2_000 },
};

/** For a whole request with its body, and for a connection on which nothing moves, either way. */
export const [REQUEST_TIMEOUT_MS, IDLE_TIMEOUT_MS] = [15 * 60_000, 120_000];

/** Ends connections of whoever holds too many, and those whose bodies hardly come. */
export function limitConnections(app: FastifyInstance, limits = CONNECTION_LIMITS): void {
  countConnections(app, limits);
  app.addHook('onRequest', (request, _reply, done) => {
    watchBody(request, limits);
    done();
  });
}

function countConnections({ server }: FastifyInstance, { all, ofOneAddress }: ConnectionLimits): void {
  const open = new Map<string, number>();
  server.maxConnections = all;
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    if (count > ofOneAddress && !isLoopback(address)) return void socket.destroy();
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

const isLoopback = (address: string): boolean => /^(::ffff:)?127\.|^::1$/.test(address);

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
