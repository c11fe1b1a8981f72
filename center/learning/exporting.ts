import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { Job } from '../../contract/platform/jobs.ts';
import { type OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { exportAgain, type JobKind, orderExport } from '../jobs/index.ts';
import type { ActingAccount, System } from '../tenants/index.ts';
import { readStatements } from './statements.ts';

type Wish = { readonly organisationId: OrganisationId; readonly home: string; readonly names: boolean };
const Asked = z.object({ tenantId: TenantId, home: z.string(), names: z.boolean() });

/**
 * Asks for what was studied at a firm, as a file that a learning record store takes.
 * @throws Refusal `organisation-unknown`, `unauthorised`
 */
export function exportStatements(
  actor: ActingAccount,
  center: Pick<Center, 'db' | 'now' | 'address'>,
  { organisationId, home, names }: Wish,
): Promise<Job> {
  const asked = ({ tenantId }: { readonly tenantId: TenantId | null }): z.infer<typeof Asked> => {
    if (!tenantId) throw new Refusal('organisation-unknown');
    return { tenantId, home: center.address ?? home, names };
  };
  return orderExport(actor, center, { kind: 'statements-export', organisationId, asked, list: 'statements' });
}

/** How it is made, by the program itself: some records at a time are in memory. */
export const statementsExport = (actor: System, { db, now }: Pick<Center, 'db' | 'now'>): JobKind => ({
  atOnce: 1,
  again: exportAgain,
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
