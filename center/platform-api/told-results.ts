import type { FastifyInstance } from 'fastify';
import { toldResultEndpoints as ends, TELL_RESULTS } from '../../contract/platform/told-results.ts';
import type { Center } from '../base/index.ts';
import { MEBIBYTE } from '../http/index.ts';
import { suppliersWithin } from '../organisations/index.ts';
import {
  endCenter,
  importToldResults,
  listCenters,
  listToldImports,
  listToldResults,
  nameCenter,
  toldOfPerson,
  withdrawImport,
} from '../told-results/index.ts';
import { type Serving, serve, serveTree } from './serve.ts';

/** What the contract lets in as base64, and what stands around it. */
const FILE = 24 * MEBIBYTE;
const DONE = { ok: true } as const;

/** Results that vendors tell of. */
export function toldResultRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  serve(app, center, ends.list, ({ actor, query }) => listToldResults(actor, center, query), how);
  serve(
    app,
    center,
    ends.ofPerson,
    ({ actor, params: { organisationId, candidateId } }) => toldOfPerson(actor, center, organisationId, candidateId),
    how,
  );
  const vendors = ends.vendors;
  serve(
    app,
    center,
    vendors,
    async ({ actor }) => ({ vendors: await suppliersWithin(actor, center.db, TELL_RESULTS) }),
    how,
  );
  const taking = { ...how, bodyLimit: FILE };
  serve(app, center, ends.importFile, ({ actor, body }) => importToldResults(actor, center, body), taking);
  serve(app, center, ends.imports, ({ actor, query }) => listToldImports(actor, center, query), how);
  // Whole: of firms that were moved elsewhere since too.
  serveTree(
    app,
    center,
    ends.withdraw,
    async ({ actor, params, body }) => {
      await withdrawImport(actor, center, params.id, body.note);
      return DONE;
    },
    how,
  );
  centerRoutes(app, center, how);
}

function centerRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  serveTree(app, center, ends.centers, ({ actor }) => listCenters(actor, center), how);
  serveTree(
    app,
    center,
    ends.nameCenter,
    async ({ actor, body }) => {
      await nameCenter(actor, center, body);
      return DONE;
    },
    how,
  );
  serveTree(
    app,
    center,
    ends.endCenter,
    async ({ actor, params }) => {
      await endCenter(actor, center, params.key);
      return DONE;
    },
    how,
  );
}
