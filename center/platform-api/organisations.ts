import type { FastifyInstance } from 'fastify';
import { organisationEndpoints as ends } from '../../contract/platform/organisations.ts';
import type { Center } from '../base/index.ts';
import { happened } from '../hooks/index.ts';
import {
  addOrganisation,
  changeOrganisation,
  closeOrganisation,
  countOrganisations,
  decideOrganisation,
  importTree,
  listOrganisations,
  moveOrganisation,
  type OrganisationPlace,
  openPlaces,
  placesOf,
  putLists,
  readLists,
  readOrganisation,
  registerOrganisation,
  registrationState,
  type TellApplied,
} from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { applicantsOf } from './applicants.ts';
import { lookedInTree } from './looked.ts';
import { type Serving, serveTree as serve } from './serve.ts';

/** More than a registration has letters. */
const REGISTRATION = 16 * 1024;

/** The tree: who sees it, and who keeps it. */
export function organisationRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  const applicants = applicantsOf(center);
  // Whom to ring at a firm is somebody's name and number.
  serve(
    app,
    center,
    ends.list,
    async ({ actor, query }) => {
      await lookedInTree(actor, center, 'organisations');
      return listOrganisations(actor, db, query);
    },
    how,
  );
  serve(
    app,
    center,
    ends.read,
    async ({ actor, params }) => {
      await lookedInTree(actor, center, `organisation ${params.id}`);
      return readOrganisation(actor, db, params.id);
    },
    how,
  );
  serve(app, center, ends.add, ({ actor, body }) => addOrganisation(actor, db, body), how);
  serve(app, center, ends.change, ({ actor, params, body }) => changeOrganisation(actor, db, params.id, body), how);
  serve(
    app,
    center,
    ends.move,
    ({ actor, params, body }) => moveOrganisation(actor, db, params.id, body.parentId),
    how,
  );
  serve(
    app,
    center,
    ends.decide,
    ({ actor, params, body }) => decideOrganisation(actor, db, params.id, body, applicants),
    how,
  );
  serve(app, center, ends.close, ({ actor, params, body }) => closeOrganisation(actor, db, params.id, body), how);
  serve(app, center, ends.counts, ({ actor }) => countOrganisations(actor, db), how);
  serve(app, center, ends.putLists, ({ actor, body }) => putLists(actor, db, body), how);
  const importing = async (actor: ActingAccount, body: { csv: string } | { file: string }, dryRun: boolean) => {
    const bytes = 'csv' in body ? Buffer.from(body.csv) : Buffer.from(body.file, 'base64');
    return { rows: await importTree(actor, db, bytes, { dryRun }) };
  };
  serve(app, center, ends.importTree, ({ actor, body }) => importing(actor, body, body.dryRun), how);
  registrationRoutes(app, center, how);
}

/** What is asked before anybody has logged in. */
function registrationRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  const applicants = applicantsOf(center);
  serve(app, center, ends.places, async () => ({ places: await openPlaces(db) }), how);
  serve(app, center, ends.lists, () => readLists(db), how);
  const small = { ...how, bodyLimit: REGISTRATION };
  const tellApplied: TellApplied = (tx, id) => {
    const where = async () => (await placesOf(tx, [id])).get(id) as OrganisationPlace;
    return happened(tx, { event: 'registration.applied', where, subjects: [id] }, center.now());
  };
  serve(
    app,
    center,
    ends.register,
    ({ actor, body }) => registerOrganisation(actor, center, body, applicants, tellApplied),
    small,
  );
  serve(app, center, ends.registration, ({ actor, body }) => registrationState(actor, center, body), how);
}
