import type { CandidateId, TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { forgetCertificates } from '../certificates/index.ts';
import { type Database, inTransaction, type Queries } from '../database/index.ts';
import { candidatesByIds, erasedSince, lockRoster } from '../people/index.ts';
import type { System } from '../tenants/index.ts';
import { erasePeople } from './erase-people.ts';
import { noteErasure } from './lines.ts';
import { addToList, erasureList, erasuresIn, keyOfErasure, type ListedErasure, listed } from './list-file.ts';

/** So many ids are looked for at once. */
const AT_ONCE = 500;

/**
 * Erases again whom a database that was brought back still has. Whoever is not there, or was erased in it too, stays as they are,
 * but for a certificate that still has their name.
 * @returns how many there were
 */
export function eraseAgain(
  actor: System,
  { db, data }: { readonly db: Queries | Database } & Pick<Center, 'data'>,
  list: readonly ListedErasure[],
): Promise<number> {
  return inTransaction(db, async (tx) => {
    let count = 0;
    const byTenant = [...Map.groupBy(list, (one) => one.tenantId)].sort(([a], [b]) => (a < b ? -1 : 1));
    const there = new Map<TenantId, readonly ListedErasure[]>();
    for (const [tenantId, of] of byTenant) there.set(tenantId, await stillThere(actor, tx, tenantId, of));
    // All that is waited for comes before the first line of the audit log, and in one order.
    for (const [tenantId, still] of there) if (still.length > 0) await lockRoster(tx, tenantId);
    for (const [tenantId, of] of byTenant)
      await forgetCertificates(tx, tenantId, [...new Set(of.map(({ candidateId }) => candidateId))], new Date());
    for (const [tenantId, still] of there) {
      for (const [, alike] of Map.groupBy(still, ({ at, by, why }) => `${at} ${by} ${why}`)) {
        const [{ at, by, why } = {}] = alike;
        if (!at || !why || by === undefined) continue;
        const erasure = { at: new Date(at), by, why };
        const ids = alike.map(({ candidateId }) => candidateId);
        const erased = (await erasePeople({ tx, data }, tenantId, ids, erasure)).ids.length;
        if (erased > 0)
          await noteErasure(actor, tx, {
            ...{ tenantId, kind: 'roster', count: erased, months: null, cause: why, at: erasure.at },
          });
        count += erased;
      }
    }
    return count;
  });
}

async function stillThere(
  actor: System,
  tx: Queries,
  tenantId: TenantId,
  list: readonly ListedErasure[],
): Promise<readonly ListedErasure[]> {
  const found: ListedErasure[] = [];
  for (let from = 0; from < list.length; from += AT_ONCE) {
    const some = list.slice(from, from + AT_ONCE);
    const ids = some.map(({ candidateId }): CandidateId => candidateId);
    const known = await candidatesByIds(actor, tx, tenantId, ids);
    found.push(...some.filter(({ candidateId }) => known.has(candidateId)));
  }
  return found;
}

/**
 * Holds the list in the data folder and the database against each other, as after a crash or where a database was brought back:
 * whom either of them has, the other has afterwards.
 * @returns how many were erased again
 */
export async function settleErasures(actor: System, { db, data }: Pick<Center, 'db' | 'data'>): Promise<number> {
  const list = await erasuresIn(erasureList(data));
  const count = list.length === 0 ? 0 : await eraseAgain(actor, { db, data }, list);
  const there = new Set(list.map(keyOfErasure));
  const missing = (await erasedSince(db, new Date(0))).filter((one) => !there.has(keyOfErasure(one)));
  await addToList(
    data,
    missing.map(({ at, by, why, ...one }) => listed(one, { at, by, why })),
  );
  return count;
}
