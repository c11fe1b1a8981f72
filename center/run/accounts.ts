import { join } from 'node:path';
import type { AccountId } from '../../contract/words/ids.ts';
import { invite, recoverLogin } from '../accounts/index.ts';
import { writeSecretFile } from '../base/index.ts';
import type { Database } from '../database/index.ts';
import { SYSTEM } from '../seed/index.ts';
import { withDatabase } from './add-tenant.ts';
import type { AccountWish } from './command-wishes.ts';

/** Whose account it is, and where the secret is written with which they set a password. */
export type PutAccount = { readonly id: AccountId; readonly file: string };

/**
 * Does to the accounts of a center what was asked for; it does not run meanwhile where it keeps things in a folder.
 * @throws Error where the data folder is in use or the database out of reach
 * @throws Refusal `role-beyond` where nobody has such a role at such a place, `login-taken`, `account-unknown`
 */
export const putAccount = (wish: AccountWish, now = new Date()): Promise<PutAccount> =>
  withDatabase(wish, (db, data) => putAccountIn(db, data, wish, now));

/** The same, in a database that is open. The file is written before the transaction ends. */
export function putAccountIn(
  db: Database,
  data: string,
  { account }: Pick<AccountWish, 'account'>,
  now: Date,
): Promise<PutAccount> {
  return db.transaction(async (tx) => {
    if ('recover' in account) {
      const { id, secret } = await recoverLogin(SYSTEM, tx, account.recover, now);
      return { id, file: await write(data, id, { login: account.recover, secret }) };
    }
    const { login, name, role, organisationId } = account.add;
    const invited = await invite(SYSTEM, tx, { login, name, roles: [{ role, organisationId }] }, now);
    const { id } = invited.account;
    return { id, file: await write(data, id, { login, secret: invited.secret }) };
  });
}

async function write(data: string, id: AccountId, told: { readonly login: string; readonly secret: string }) {
  const file = join(data, `account-${id}.json`);
  await writeSecretFile(file, `${JSON.stringify(told, null, 2)}\n`);
  return file;
}
