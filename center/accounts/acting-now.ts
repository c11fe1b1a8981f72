import type { AccountId, TokenId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { accountById, rolesInForce } from './rows.ts';
import { programById } from './tokens.ts';

/** Who asked for something that is done later: an account, by a token of a program or by itself. */
export type Asker = { readonly account: AccountId; readonly token: TokenId | null };

/** Whoever asked for something earlier, as they are now; nobody where account or token ended, or no role of theirs counts any more. */
export async function actingNow(db: Queries, { account, token }: Asker, now: Date): Promise<ActingAccount | undefined> {
  if (token) {
    const known = await programById(db, token, now);
    return known?.id === account ? { kind: 'account', ...known } : undefined;
  }
  const row = await accountById(db, account);
  if (row?.state !== 'active') return undefined;
  const roles = await rolesInForce(db, row.roles);
  return roles.length > 0 ? { kind: 'account', id: row.id, name: row.name, roles } : undefined;
}
