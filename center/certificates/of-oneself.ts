import type { OwnCertificate } from '../../contract/home/own-file.ts';
import type { CertificateNumber } from '../../contract/words/certificate-number.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { type Learner, mustLearn } from '../tenants/index.ts';
import { fileOf, paperOf } from './files.ts';
import { certificatesOfPeople } from './of-people.ts';
import { type StoredCertificate, storedCertificate } from './reading.ts';

/** Certificates of whoever asks, the newest first. */
export async function certificatesOfOneself(
  actor: Learner,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
): Promise<readonly OwnCertificate[]> {
  mustLearn(actor, tenantId);
  const own = await certificatesOfPeople(db, [{ tenantId, candidateId: actor.candidateId }], now());
  return own.map(({ number, title, passedAt, expiresAt, standing }) => ({
    ...{ number, title, passedAt, expiresAt, standing },
  }));
}

/** @throws Refusal `certificate-unknown` of whoever else’s it is */
async function ownCertificate(
  actor: Learner,
  { db }: Pick<Center, 'db'>,
  tenantId: TenantId,
  number: CertificateNumber,
): Promise<StoredCertificate> {
  mustLearn(actor, tenantId);
  const stored = await storedCertificate(db, tenantId, number);
  if (stored.candidateId !== actor.candidateId) throw new Refusal('certificate-unknown', number);
  return stored;
}

/** One’s own as a file. @throws Refusal `certificate-unknown`, `certificate-revoked` */
export async function certificateFileOfOneself(
  actor: Learner,
  center: Center,
  tenantId: TenantId,
  number: CertificateNumber,
): Promise<string> {
  return fileOf(center, await ownCertificate(actor, center, tenantId, number));
}

/** One’s own on paper. @param zone of the days on it @throws Refusal `certificate-unknown`, `certificate-revoked` */
export async function certificatePaperOfOneself(
  actor: Learner,
  center: Center,
  tenantId: TenantId,
  { number, zone }: { readonly number: CertificateNumber; readonly zone: string },
): Promise<Buffer> {
  return paperOf(center, await ownCertificate(actor, center, tenantId, number), zone);
}
