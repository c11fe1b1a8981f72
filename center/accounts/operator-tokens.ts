import type { Role } from '../../contract/platform/roles.ts';
import type { AccountId, TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { type KnownPageSession, type KnownToken, pageSessionOf, tenantOfToken } from '../tenants/index.ts';
import { rolesNow } from './rows.ts';

const KEEPERS: readonly Role[] = ['firm', 'agency', 'room'];

/** Whether whoever made a token could make it now; one of the first start, or of a command, was made by nobody who logs in. */
export async function couldMakeToken(
  db: Queries,
  tenantId: TenantId | null,
  madeBy: AccountId | null,
): Promise<boolean> {
  if (madeBy === null) return true;
  return (await rolesNow(db, madeBy)).some((held) => held.tenantId === tenantId && KEEPERS.includes(held.role));
}

/** Whose token this is, while it works and whoever made it still keeps the firm, or `undefined`. */
export async function operatorOfToken(
  db: Queries,
  shown: string,
  now: Date,
): Promise<Omit<KnownToken, 'madeBy'> | undefined> {
  const known = await tenantOfToken(db, shown, now);
  if (!known || !(await couldMakeToken(db, known.tenantId, known.madeBy))) return undefined;
  const { tenantId, token } = known;
  return { tenantId, token };
}

/** Whose session this is, while its token would still let them in, or `undefined`. */
export async function sessionAtPages(
  db: Queries,
  secret: string,
  now: Date,
): Promise<Omit<KnownPageSession, 'madeBy'> | undefined> {
  const known = await pageSessionOf(db, secret, now);
  if (!known || !(await couldMakeToken(db, known.tenantId, known.madeBy))) return undefined;
  const { id, tenantId, token } = known;
  return { id, tenantId, token };
}
