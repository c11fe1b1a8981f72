import type { OwnFile } from '../../contract/home/own-file.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { appealsOfOneself } from '../appeals/index.ts';
import type { Center } from '../base/index.ts';
import { certificatesOfOneself } from '../certificates/index.ts';
import { rosterOfOneself } from '../people/index.ts';
import { type Learner, mustLearn, readTenant } from '../tenants/index.ts';

/** What there is of whoever asks at the firm that invited them. What other firms have of them, those say. */
export async function fileOfOneself(
  actor: Learner,
  center: Pick<Center, 'db' | 'now' | 'address'>,
  tenantId: TenantId,
): Promise<Omit<OwnFile, 'turns'>> {
  mustLearn(actor, tenantId);
  const { db, address } = center;
  return {
    ...(await rosterOfOneself(actor, db, tenantId)),
    firm: (await readTenant(actor, db, tenantId)).name,
    results: await appealsOfOneself(actor, db, tenantId),
    certificates: await certificatesOfOneself(actor, center, tenantId),
    center: address?.replace(/\/+$/, '') ?? null,
  };
}
