import type { CertificateFacts } from '../../contract/records/certificates.ts';
import type { CertificateNumber } from '../../contract/words/certificate-number.ts';
import { instant, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { certificateCode, certificateId, certificateOf } from '../../proof/certificates/index.ts';
import { canonicalJson } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';
import { drawCertificate } from './paper/draw.ts';
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
  return fileOf(center, await storedCertificate(center.db, tenantId, number));
}

/** The same, of one that somebody may have. @throws Refusal `certificate-revoked` */
export function fileOf(center: Center, stored: StoredCertificate): string {
  return canonicalJson(certificateOf(center, givenOut(stored), instant(center.now())));
}

/** What is revoked is given out no more. */
function givenOut({ facts, revokedAt }: StoredCertificate): CertificateFacts {
  if (revokedAt) throw new Refusal('certificate-revoked', facts.number);
  return facts;
}

/**
 * The same on paper: a PDF whose QR code is checked without a network.
 * @param zone of the days on it, such as `Asia/Shanghai`
 * @throws Refusal `certificate-unknown`, `certificate-revoked`
 */
export async function certificatePaper(
  actor: Reader,
  center: Center,
  tenantId: TenantId,
  { number, zone }: { readonly number: CertificateNumber; readonly zone: string },
): Promise<Buffer> {
  mustRead(actor, tenantId);
  return paperOf(center, await storedCertificate(center.db, tenantId, number), zone);
}

/** The same, of one that somebody may have. @throws Refusal `certificate-revoked` */
export async function paperOf(center: Center, stored: StoredCertificate, zone: string): Promise<Buffer> {
  const facts = givenOut(stored);
  const now = center.now();
  const days = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  return drawCertificate({
    ...{ facts, logName: center.logName, now, day: (at: string) => days.format(new Date(at)) },
    code: certificateCode(certificateId(center, facts.number), facts, center.signer, instant(now)),
  });
}
