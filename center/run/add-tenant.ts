import { resolve } from 'node:path';
import { makePrivateFolder } from '../../proof/secrets/private-files.ts';
import { openDatabase } from '../database/index.ts';
import { type AddedFirm, addFirm } from '../seed/index.ts';
import { SCHEMA } from './schema.ts';
import type { TenantWish } from './settings.ts';

/**
 * Takes another firm into the database of a center, which does not run meanwhile where it keeps things in a folder.
 * @throws Error where the data folder is in use or the database out of reach
 */
export async function addTenantTo({ data: folder, databaseUrl, name }: TenantWish): Promise<AddedFirm> {
  const data = resolve(folder);
  makePrivateFolder(data);
  const db = await openDatabase({ url: databaseUrl, data }, SCHEMA, () => undefined);
  try {
    return await addFirm({ db }, data, name);
  } finally {
    await db.close();
  }
}
