import type { FastifyInstance } from 'fastify';
import { paths } from '../../contract/station-center/center-api.ts';
import { Sha256 } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { readParam, sendByRange } from '../http/index.ts';
import { openMedia } from '../learning/index.ts';
import { actorOf } from './authenticate.ts';

/** What a course shows, whole or in parts: a station whose line breaks goes on where it was. */
export function mediaRoute(app: FastifyInstance, center: Center): void {
  app.get(`${paths.media('')}:hash`, async (request, reply) => {
    const hash = readParam(request, 'hash', Sha256, new Refusal('media-missing'));
    const actor = await actorOf(request, center, 'exams');
    const media = await openMedia(actor, center, actor.tenantId, hash);
    return sendByRange(request, reply.header('etag', `"${hash}"`), media);
  });
}
