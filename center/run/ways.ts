import type { FastifyInstance, FastifyReply } from 'fastify';
import { paths } from '../../contract/station-center/center-api.ts';
import { type Lane, onWay } from '../database/index.ts';

/** What stations ask for in small pieces, round after round. */
const SMALL = ['/v1/mail', '/v1/grants', '/v1/banks/', '/v1/photos/', '/v1/pictures/', '/v1/rescues/', '/v1/media/'];

/**
 * Results go by a lane of their own, and so does whatever reads much: rosters, pages, exports, what strangers look up. None of
 * them keeps another from the database.
 */
export function laneOf(method: string, url: string): Lane {
  if (method === 'POST' && url.startsWith(paths.batches)) return 'batches';
  if (method !== 'GET' && method !== 'HEAD') return 'requests';
  return SMALL.some((path) => url.startsWith(path)) ? 'requests' : 'reports';
}

/** From here on each request asks the database in its way, and what only reads ends when whoever asked has gone. */
export function giveWays(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { method, url } = request;
    const lane = laneOf(method, url);
    const reads = method === 'GET' || method === 'HEAD';
    onWay({ lane, signal: reads ? goneSignal(reply) : undefined }, done);
  });
}

/** Says when nobody waits for the answer any more. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
