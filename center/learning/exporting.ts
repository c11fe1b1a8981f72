import { open } from 'node:fs/promises';
import { z } from 'zod';
import { JOB_ROLES, type Job } from '../../contract/platform/jobs.ts';
import { type OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { addJob, type JobKind, readJob } from '../jobs/index.ts';
import { placesOf } from '../organisations/index.ts';
import { type ActingAccount, mustReach, type System } from '../tenants/index.ts';
import { readStatements } from './statements.ts';

const KIND = 'statements-export';
const MOST_TRIES = 5;

type Wish = { readonly organisationId: OrganisationId; readonly home: string; readonly names: boolean };
const Asked = z.object({ tenantId: TenantId, home: z.string(), names: z.boolean() });

/**
 * Asks for what was studied at a firm, as a file that a learning record store takes.
 * @throws Refusal `organisation-unknown`, `unauthorised`
 */
export function exportStatements(
  actor: ActingAccount,
  { db, now, address }: Pick<Center, 'db' | 'now' | 'address'>,
  { organisationId, home, names }: Wish,
): Promise<Job> {
  if (actor.kind !== 'account') throw new Refusal('unauthorised', 'this is for accounts');
  return db.transaction(async (tx) => {
    const { tenantId, path } = (await placesOf(tx, [organisationId])).get(organisationId) ?? {};
    if (!tenantId || !path) throw new Refusal('organisation-unknown');
    mustReach(actor, path, ...JOB_ROLES[KIND]);
    const asked: z.infer<typeof Asked> = { tenantId, home: address ?? home, names };
    const { id } = await addJob(tx, { kind: KIND, asked, account: actor.id, organisationId }, now());
    await noteDone(actor, tx, { tenantId, what: 'exported', subject: { kind: 'list', id: 'statements' } });
    return readJob(actor, tx, id);
  });
}

/** How it is made, by the program itself: some records at a time are in memory. */
export const statementsExport = (actor: System, { db, now }: Pick<Center, 'db' | 'now'>): JobKind => ({
  atOnce: 1,
  again: (tries) => (tries < MOST_TRIES ? 10 * 2 ** tries : undefined),
  async run({ asked, signal, draft }) {
    const { tenantId, home, names } = Asked.parse(asked);
    const file = await open(draft, 'w', 0o600);
    try {
      await file.write('[');
      let [after, some]: [number | null | undefined, boolean] = [undefined, false];
      while (after !== null) {
        signal.throwIfAborted();
        const wish = { home, names: names ? ('true' as const) : ('false' as const), after };
        const { statements, next } = await readStatements(actor, db, tenantId, wish);
        for (const one of statements) {
          await file.write(`${some ? ',' : ''}\n${JSON.stringify(one)}`);
          some = true;
        }
        after = next;
      }
      await file.write('\n]\n');
      await file.sync();
    } finally {
      await file.close();
    }
    return { name: `statements-${now().toISOString().slice(0, 10)}.json`, type: 'application/json' };
  },
});
