import type { FastifyInstance } from 'fastify';
import { bulletinEndpoints as ends } from '../../contract/platform/bulletin.ts';
import type { Center } from '../base/index.ts';
import { bulletinPeople, exportBulletin, exportBulletinLong, putWeights, readBulletin } from '../bulletin/index.ts';
import { type Serving, serve, serveTree } from './serve.ts';

/** Who took part, and how that is weighed. */
export function bulletinRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  // Figures of several firms, for those too who are shown nothing else of them: the use cases see to who is shown which.
  serveTree(app, center, ends.read, ({ actor, query }) => readBulletin(actor, center, query), how);
  serve(app, center, ends.people, ({ actor, query }) => bulletinPeople(actor, center, query), how);
  serveTree(
    app,
    center,
    ends.exportFile,
    async ({ actor, query: { format, language, ...wish }, reply }) => {
      const { name, type, bytes } = await exportBulletin(actor, center, wish, { format, language });
      await reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${name}"`)
        .type(type)
        .send(Buffer.from(bytes));
      return undefined;
    },
    how,
  );
  serveTree(app, center, ends.exportLong, ({ actor, body }) => exportBulletinLong(actor, center, body), how);
  serveTree(app, center, ends.putWeights, ({ actor, body }) => putWeights(actor, center.db, body), how);
}
