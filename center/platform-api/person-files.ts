import type { FastifyInstance } from 'fastify';
import { personFileEndpoints as ends } from '../../contract/platform/person-files.ts';
import type { Center } from '../base/index.ts';
import { findPersons, personFile, personOrErased, personPaper } from '../person-files/index.ts';
import { type Serving, serve } from './serve.ts';

/** One person, one file. */
export function personFileRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  serve(app, center, ends.list, ({ actor, query }) => findPersons(actor, center, query.search), how);
  const read = ends.read;
  serve(
    app,
    center,
    read,
    ({ actor, params: p }) => personOrErased(actor, center, p.organisationId, p.candidateId),
    how,
  );
  serve(
    app,
    center,
    ends.file,
    async ({ actor, params: { organisationId, candidateId }, reply }) =>
      reply
        .header('content-disposition', `attachment; filename="${candidateId}.person.json"`)
        .header('cache-control', 'no-store')
        .type('application/json')
        .send(await personFile(actor, center, organisationId, candidateId)),
    how,
  );
  serve(
    app,
    center,
    ends.pdf,
    async ({ actor, params, query, reply }) =>
      reply
        .header('content-disposition', `attachment; filename="${params.candidateId}.person.pdf"`)
        .header('cache-control', 'no-store')
        .type('application/pdf')
        .send(await personPaper(actor, center, { ...params, ...query })),
    how,
  );
}
