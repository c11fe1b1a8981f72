import type { FastifyInstance } from 'fastify';
import { ConsistencyQuery, EntriesQuery, EvidenceQuery, logPaths } from '../../contract/log/log-api.ts';
import type { Center } from '../base/index.ts';
import { bytesOf, inShape, strangerOf } from '../http/index.ts';
import {
  consistency,
  logEvidence,
  logIdentity,
  newestCheckpoint,
  newestHead,
  readEntries,
  readTile,
  takeCosignatures,
} from '../log/index.ts';

const TEXT = 'text/plain; charset=utf-8';
/** What never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const MAX_NOTE = 65_536;

/** The log, for whoever wants to look: hashes and signatures, of nobody's results. */
export function logRoutes(app: FastifyInstance, center: Center): void {
  app.get(logPaths.about, () => logIdentity(center));
  app.get(logPaths.head, (request, reply) => {
    reply.header('cache-control', 'no-store');
    return newestHead(strangerOf(request), center);
  });
  app.get(logPaths.consistency, (request) =>
    consistency(strangerOf(request), center, inShape(request.query, ConsistencyQuery)),
  );
  app.get(logPaths.entries, (request) =>
    readEntries(strangerOf(request), center, inShape(request.query, EntriesQuery).from),
  );
  app.get(logPaths.evidence, (request) =>
    logEvidence(strangerOf(request), center, inShape(request.query, EvidenceQuery)),
  );
  app.post(logPaths.cosignatures, { bodyLimit: MAX_NOTE }, (request) =>
    takeCosignatures(strangerOf(request), center, bytesOf(request).toString('utf8')),
  );
  app.get(logPaths.checkpoint, async (request, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .type(TEXT)
      .send(await newestCheckpoint(strangerOf(request), center)),
  );
  app.get<{ Params: { '*': string } }>(`${logPaths.tile}*`, async (request, reply) => {
    const tile = await readTile(strangerOf(request), center, request.params['*']);
    return reply.header('cache-control', FOR_EVER).type('application/octet-stream').send(Buffer.from(tile));
  });
}
