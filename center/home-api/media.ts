import type { FastifyInstance } from 'fastify';
import { homePaths } from '../../contract/home/home-api.ts';
import { Sha256 } from '../../contract/words/ids.ts';
import { pictureType } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { openHomeFile } from '../home/index.ts';
import { readParam, sendByRange } from '../http/index.ts';
import { learnerOf } from './authenticate.ts';

/** Films and documents of courses, whole or in parts, and pictures. */
export function mediaRoute(app: FastifyInstance, center: Center): void {
  app.get(`${homePaths.media}/:hash`, async (request, reply) => {
    const actor = learnerOf(request);
    const hash = readParam(request, 'hash', Sha256, new Refusal('media-missing'));
    const file = await openHomeFile(actor, center, actor.tenantId, hash);
    // What is named by its hash never changes; whoever signs out leaves nothing that others on the way have kept.
    reply.headers({ 'cache-control': 'private, max-age=86400, immutable', etag: `"${hash}"` });
    if (file.kind === 'media') return sendByRange(request, reply, file.media);
    return reply.type(pictureType(file.bytes) ?? 'application/octet-stream').send(Buffer.from(file.bytes));
  });
}
