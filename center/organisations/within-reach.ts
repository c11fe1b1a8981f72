import type { TreePath } from '../../contract/platform/roles.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { onWay, type Queries, type Scope, wayNow } from '../database/index.ts';
import type { ActingAccount, Stranger } from '../tenants/index.ts';
import { tenantsWithin } from './ids-within.ts';
import { ROOT } from './rows.ts';

/**
 * Does work that asks within the firms that anything of whoever asks is about: those they are somebody of, and those that lie below
 * where they supervise. A stranger is nobody's: what a code lets them do, its use case knows.
 */
export const withinReach = async <T>(
  actor: ActingAccount | Stranger,
  db: Queries,
  work: () => Promise<T>,
): Promise<T> => {
  const scope = await scopeOf(actor, db);
  return onWay({ ...wayNow(), scope }, work);
};

/** Does work whose reading may be some seconds behind; who asks was found out before, which never is. */
export const readingBehind = <T>(mayLag: boolean, work: () => Promise<T>): Promise<T> =>
  mayLag ? onWay({ ...wayNow(), mayLag }, work) : work();

async function scopeOf(actor: ActingAccount | Stranger, db: Queries): Promise<Scope> {
  if (actor.kind !== 'account') return '*';
  const own: TenantId[] = [];
  const above: TreePath[] = [];
  for (const { tenantId, path } of actor.roles)
    if (tenantId === null) above.push(path);
    else own.push(tenantId);
  if (above.some((path) => path === `${ROOT}/`)) return '*';
  return above.length === 0 ? [...new Set(own)] : [...new Set([...own, ...(await tenantsWithin(db, above))])];
}
