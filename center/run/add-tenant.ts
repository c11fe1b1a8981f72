import { resolve } from 'node:path';
import { makePrivateFolder } from '../../proof/secrets/private-files.ts';
import { type Database, openDatabase } from '../database/index.ts';
import { type AddedAdministrator, type AddedFirm, addAdministratorTo, addFirm, SYSTEM } from '../seed/index.ts';
import { endAdministrator, type ListedAdministrator, listAdministrators } from '../tenants/index.ts';
import type { AdministratorWish, TenantWish } from './command-wishes.ts';
import { SCHEMA } from './schema.ts';

type Wish = Omit<TenantWish, 'what'>;
type Where = Pick<Wish, 'data' | 'databaseUrl'>;

/**
 * Takes another firm into the database of a center, which does not run meanwhile where it keeps things in a folder.
 * @throws Error where the data folder is in use or the database out of reach
 */
export const addTenantTo = (wish: Wish): Promise<AddedFirm> =>
  withDatabase(wish, (db, data) => addFirm({ db }, data, wish.name));

/** Makes a token for whoever may take firms in while the center runs. @throws Error as {@link addTenantTo} */
export const addAdministratorFor = (wish: Wish): Promise<AddedAdministrator> =>
  withDatabase(wish, (db, data) => addAdministratorTo({ db }, data, wish.name));

/**
 * Whoever may take firms in, after the token was ended that the wish names.
 * @throws Error as {@link addTenantTo}; Refusal `method-unknown` where there is no such token
 */
export const administratorsOf = (wish: AdministratorWish): Promise<readonly ListedAdministrator[]> =>
  withDatabase(wish, async (db) => {
    if (wish.end) await endAdministrator(SYSTEM, db, wish.end, new Date());
    return listAdministrators(SYSTEM, db);
  });

/** @throws Error where the data folder is in use or the database out of reach */
export async function withDatabase<T>(
  { data: folder, databaseUrl }: Where,
  work: (db: Database, data: string) => Promise<T>,
): Promise<T> {
  const data = resolve(folder);
  makePrivateFolder(data);
  const db = await openDatabase({ url: databaseUrl, data }, SCHEMA, () => undefined);
  try {
    return await work(db, data);
  } finally {
    await db.close();
  }
}
