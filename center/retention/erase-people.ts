import type { CertificateNumber } from '../../contract/words/certificate-number.ts';
import type { CandidateId, TenantId } from '../../contract/words/ids.ts';
import { forgetAppealsOf } from '../appeals/index.ts';
import { forgetSalts } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { forgetCertificates } from '../certificates/index.ts';
import type { Queries } from '../database/index.ts';
import { forgetEvidence } from '../evidence/index.ts';
import { forgetHome } from '../home/index.ts';
import { type Erasure, forgetPeople } from '../people/index.ts';
import { forgetAbsences } from '../planning/index.ts';
import { forgetTold } from '../told-results/index.ts';

type Erased = {
  /** Of whom there was anything. */
  readonly ids: readonly CandidateId[];
  /** Certificates that held until now. */
  readonly revoked: readonly CertificateNumber[];
};

/**
 * Erases people of one firm, each in all places where it says who they are. Records stay: they have an id and no name, they are
 * signed and in the log, and the proof of every other record of their batch has them in it. Done twice, it is
 * done once, and takes out what came to be there in between.
 */
export async function erasePeople(
  { tx, data }: { readonly tx: Queries } & Pick<Center, 'data'>,
  tenantId: TenantId,
  wanted: readonly CandidateId[],
  erasure: Erasure,
): Promise<Erased> {
  await forgetTold({ tx, data }, tenantId, wanted);
  const ids = await forgetPeople(tx, tenantId, wanted, erasure);
  const revoked = await forgetCertificates(tx, tenantId, wanted, erasure.at);
  await forgetAppealsOf(tx, tenantId, wanted, erasure.at);
  await forgetHome(tx, tenantId, wanted);
  for (const forget of [forgetEvidence, forgetAbsences]) await forget(tx, tenantId, wanted);
  await forgetSalts(tx, tenantId, 'candidate', wanted);
  return { ids, revoked };
}
