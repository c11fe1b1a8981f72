import { join } from 'node:path';
import { TenantId, type TokenId } from '../../contract/words/ids.ts';
import { type Center, makeId, writeSecretFile } from '../base/index.ts';
import { foundFirm } from '../organisations/index.ts';
import { addAdministrator, addOperator, hasTenants, makeOperatorToken } from '../tenants/index.ts';
import { SYSTEM } from './first-start.ts';

/** What became of a new firm: its id, and where its operator's token is written. */
export type AddedFirm = { readonly tenantId: TenantId; readonly file: string };

/**
 * Takes in another firm and writes its operator's token into a file that only its owner may read (mode 0600), before anybody
 * could need it: the database keeps only a hash.
 * @throws Error before the first start, which would then find somebody there and fill nothing
 */
export function addFirm({ db }: Pick<Center, 'db'>, data: string, name: string): Promise<AddedFirm> {
  return db.transaction(async (tx) => {
    if (!(await hasTenants(SYSTEM, tx))) throw new Error('the center was never started there: start it once before');
    const tenantId = TenantId.parse(makeId('tn'));
    const operatorToken = makeOperatorToken();
    await foundFirm(SYSTEM, tx, { id: tenantId, name });
    await addOperator(SYSTEM, tx, tenantId, operatorToken);
    const file = join(data, `${tenantId}.json`);
    await writeSecretFile(file, `${JSON.stringify({ tenantId, name, operatorToken }, null, 2)}\n`);
    return { tenantId, file };
  });
}

/** What became of a new administrator: the id of their token, and where it is written. */
export type AddedAdministrator = { readonly id: TokenId; readonly file: string };

/** Makes a token for whoever runs the center for all firms, and writes it into a file that only its owner may read. */
export function addAdministratorTo(
  { db }: Pick<Center, 'db'>,
  data: string,
  name: string,
): Promise<AddedAdministrator> {
  return db.transaction(async (tx) => {
    const { id, token } = await addAdministrator(SYSTEM, tx, name, new Date());
    const file = join(data, `administrator-${id}.json`);
    await writeSecretFile(file, `${JSON.stringify({ id, name, token }, null, 2)}\n`);
    return { id, file };
  });
}
