import { JOB_ROLES, type Job } from '../../contract/platform/jobs.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { type OrganisationPlace, placesOf } from '../organisations/index.ts';
import { type ActingAccount, mustReach } from '../tenants/index.ts';
import { addJob } from './adding.ts';
import { readJob } from './reading.ts';

export type ExportOrder = {
  readonly kind: keyof typeof JOB_ROLES;
  /** Of which organisation, and of all below it where the kind says so. */
  readonly organisationId: OrganisationId;
  /** What its kind makes it with, or a promise of it. @throws Refusal where there is no such thing of that organisation */
  readonly asked: (place: OrganisationPlace, tx: Queries) => unknown;
  /** What leaves, in the line of the audit log. */
  readonly list: string;
};

/**
 * Asks for a file as long work; that it will leave is written down at once.
 * @throws Refusal `organisation-unknown`, `unauthorised`
 */
export function orderExport(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  { kind, organisationId, asked, list }: ExportOrder,
): Promise<Job> {
  if (actor.kind !== 'account') throw new Refusal('unauthorised', 'this is for accounts');
  return db.transaction(async (tx) => {
    const place = (await placesOf(tx, [organisationId])).get(organisationId);
    if (!place) throw new Refusal('organisation-unknown');
    mustReach(actor, place.path, ...JOB_ROLES[kind]);
    const { id } = await addJob(tx, { kind, asked: await asked(place, tx), account: actor.id, organisationId }, now());
    await noteDone(actor, tx, { tenantId: place.tenantId, what: 'exported', subject: { kind: 'list', id: list } });
    return readJob(actor, tx, id);
  });
}

const MOST_TRIES = 5;

/** When a file that could not be made is tried again, in seconds. */
export const exportAgain = (tries: number): number | undefined => (tries < MOST_TRIES ? 10 * 2 ** tries : undefined);
