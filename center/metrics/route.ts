import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { bearerToken } from '../http/index.ts';
import type { Metrics } from './metrics.ts';

/**
 * `GET /metrics`: for whoever has the token; where there is none, for this machine alone.
 * @throws Refusal `unauthorised`
 */
export function metricsRoute(app: FastifyInstance, metrics: Metrics, token: string | undefined): void {
  app.get('/metrics', async (request, reply) => {
    if (!(token === undefined ? isOfThisMachine(request) : isToken(request, token))) throw new Refusal('unauthorised');
    const { type, body } = await metrics.text();
    return reply.type(type).header('cache-control', 'no-store').send(body);
  });
}

const isToken = ({ headers }: FastifyRequest, token: string): boolean => {
  const given = bearerToken(headers.authorization);
  return given !== undefined && timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(token)));
};

/** What somebody has passed on comes from elsewhere, whether or not we know who passes on. */
function isOfThisMachine({ ip, headers }: FastifyRequest): boolean {
  if (['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in headers)) return false;
  const address = ip.replace(/^::ffff:/, '');
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
