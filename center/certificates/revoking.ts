import type { CertificateRevocationWish } from '../../contract/people-center/certificates.ts';
import type { CertificateNumber } from '../../contract/words/certificate-number.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing, type Doer } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { type ActingAccount, type Manager, mustManage } from '../tenants/index.ts';
import { certificateToEnd } from './within.ts';

type Wish = CertificateRevocationWish & { readonly number: CertificateNumber };

/**
 * Ends a certificate for good; its record stays what it is.
 * @throws Refusal `certificate-unknown`, or `certificate-revoked` where it was ended before
 */
export async function revokeCertificate(
  actor: Manager,
  center: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  wish: Wish,
): Promise<void> {
  mustManage(actor, tenantId);
  await revoke(actor, center, tenantId, wish);
}

/**
 * The same by whoever logged in: of the firm, or an inspector above it.
 * @throws Refusal `certificate-unknown` where there is none within reach, `unauthorised` where they see it and end nothing, and as
 * {@link revokeCertificate}
 */
export async function revokeCertificateWithin(
  actor: ActingAccount,
  center: Pick<Center, 'db' | 'now'>,
  number: string,
  { cause }: CertificateRevocationWish,
): Promise<void> {
  const toEnd = await certificateToEnd(actor, center.db, number);
  await revoke(actor, center, toEnd.tenantId, { number: toEnd.number, cause });
}

async function revoke(
  actor: Doer,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  { number, cause }: Wish,
): Promise<void> {
  const deed = { tenantId, what: 'certificate-revoked', subject: { kind: 'certificate', id: number } } as const;
  const state = async (tx: Queries) => {
    const sql = 'SELECT revoked_at, cause FROM certificates WHERE tenant_id = $1 AND number = $2 FOR UPDATE';
    const [row] = await tx.query(sql, [tenantId, number]);
    if (!row) throw new Refusal('certificate-unknown', number);
    return row;
  };
  await changing(actor, db, deed, state, async (tx) => {
    const revoked = await tx.query(
      `UPDATE certificates SET revoked_at = $3, cause = $4
       WHERE tenant_id = $1 AND number = $2 AND revoked_at IS NULL RETURNING number`,
      [tenantId, number, now().toISOString(), cause],
    );
    if (revoked.length === 0) throw new Refusal('certificate-revoked', number);
  });
}
