import type { FastifyInstance } from 'fastify';
import { ConsistencyQuery, EntriesQuery, EvidenceQuery, logPaths } from '../../contract/log/log-api.ts';
import type { Center } from '../base/index.ts';
import { bytesOf, inShape } from '../http/index.ts';
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
import { STRANGER } from './authenticate.ts';

const TEXT = 'text/plain; charset=utf-8';
/** What never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const MAX_NOTE = 65_536;

/** The log, for whoever wants to look: hashes and signatures, of nobody's results. */
export function logRoutes(app: FastifyInstance, center: Center): void {
  app.get(logPaths.about, () => logIdentity(center));
  app.get(logPaths.head, (_, reply) => {
    reply.header('cache-control', 'no-store');
    return newestHead(STRANGER, center);
  });
  app.get(logPaths.consistency, ({ query }) => consistency(STRANGER, center, inShape(query, ConsistencyQuery)));
  app.get(logPaths.entries, ({ query }) => readEntries(STRANGER, center, inShape(query, EntriesQuery).from));
  app.get(logPaths.evidence, ({ query }) => logEvidence(STRANGER, center, inShape(query, EvidenceQuery)));
  app.post(logPaths.cosignatures, { bodyLimit: MAX_NOTE }, (request) =>
    takeCosignatures(STRANGER, center, bytesOf(request).toString('utf8')),
  );
  app.get(logPaths.checkpoint, async (_, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .type(TEXT)
      .send(await newestCheckpoint(STRANGER, center)),
  );
  app.get<{ Params: { '*': string } }>(`${logPaths.tile}*`, async ({ params }, reply) => {
    const tile = await readTile(STRANGER, center, params['*']);
    return reply.header('cache-control', FOR_EVER).type('application/octet-stream').send(Buffer.from(tile));
  });
}
