import type { FastifyInstance } from 'fastify';
import { paths } from '../../contract/station-center/center-api.ts';
import { Sha256 } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { partOf, readParam } from '../http/index.ts';
import { openMedia } from '../learning/index.ts';
import { actorOf } from './authenticate.ts';

/** What a course shows, whole or in parts: a station whose line breaks goes on where it was. */
export function mediaRoute(app: FastifyInstance, center: Center): void {
  app.get(`${paths.media('')}:hash`, async (request, reply) => {
    const hash = readParam(request, 'hash', Sha256, new Refusal('media-missing'));
    const actor = await actorOf(request, center, 'exams');
    const { type, bytes, read } = await openMedia(actor, center, actor.tenantId, hash);
    const part = partOf(request.headers.range, bytes);
    reply.headers({ 'accept-ranges': 'bytes', etag: `"${hash}"` }).type(type);
    if (part === 'outside') return reply.status(416).header('content-range', `bytes */${bytes}`).send();
    if (!part) return reply.header('content-length', bytes).send(await read());
    const { start, end } = part;
    reply.status(206).headers({ 'content-range': `bytes ${start}-${end}/${bytes}`, 'content-length': end - start + 1 });
    return reply.send(await read(part));
  });
}
