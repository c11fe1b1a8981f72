import type { CertificateNumber } from '../../contract/words/certificate-number.ts';
import { instant, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { certificateOf } from '../../proof/certificates/index.ts';
import { canonicalJson } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';
import { type StoredCertificate, storedCertificate } from './reading.ts';

/**
 * The certificate as a verifiable credential, signed with the key of now: what was signed with one that is revoked by now is had
 * anew here.
 * @throws Refusal `certificate-unknown`, `certificate-revoked`
 */
export async function certificateFile(
  actor: Reader,
  center: Center,
  tenantId: TenantId,
  number: CertificateNumber,
): Promise<string> {
  mustRead(actor, tenantId);
  const { facts } = await givenOut(center, tenantId, number);
  return canonicalJson(certificateOf(center, facts, instant(center.now())));
}

/** What is revoked is given out no more. */
async function givenOut({ db }: Center, tenantId: TenantId, number: CertificateNumber): Promise<StoredCertificate> {
  const stored = await storedCertificate(db, tenantId, number);
  if (stored.revokedAt) throw new Refusal('certificate-revoked', number);
  return stored;
}
