import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UNCHANGED } from '../../contract/station-center/center-api.ts';
import { Sha256 } from '../../contract/words/ids.ts';
import type { AssignmentAnswer } from '../assignments/index.ts';

const pack = promisify(gzip);
const JSON_TYPE = 'application/json; charset=utf-8';

/** The revision that a station has already; a station of before names none. */
export const knownRevision = ({ headers }: FastifyRequest): Sha256 | undefined =>
  Sha256.safeParse(headers['if-none-match']?.replace(/^"|"$/g, '')).data;

/** All of it, packed for whoever takes it packed; or 304 with the center's word that nothing has changed. */
export async function sendAssignment(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: AssignmentAnswer,
): Promise<FastifyReply> {
  reply.header('etag', `"${answer.revision}"`).header('cache-control', 'no-store');
  if ('unchanged' in answer) return reply.status(304).header(UNCHANGED, answer.unchanged).send();
  const body = JSON.stringify(answer.signed);
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.type(JSON_TYPE).send(body);
  return reply
    .type(JSON_TYPE)
    .header('content-encoding', 'gzip')
    .send(await pack(body));
}
