import { z } from 'zod';
import { CertificateFacts } from '../../contract/records/certificates.ts';
import { CertificateNumber } from '../../contract/words/certificate-number.ts';
import type { CandidateId, TenantId } from '../../contract/words/ids.ts';
import { canonicalJson } from '../../proof/index.ts';
import { type Queries, select } from '../database/index.ts';

/**
 * SQL: whether a certificate of somebody holds, or would if nothing was suspended.
 * @param now a parameter of the query around it; the others are columns of it
 */
export const isCertified = (tenantId: string, candidateId: string, now: string): string => `EXISTS (
  SELECT 1 FROM certificates h WHERE h.tenant_id = ${tenantId} AND h.candidate_id = ${candidateId} AND h.revoked_at IS NULL
    AND (h.expires_at IS NULL OR h.expires_at > ${now}))`;

/** In the place of a name; a certificate has one. */
const NOBODY = '—';
export const NO_ENDING = '0000';
const NO_HASH = '0'.repeat(64);
/** What is said for the cause of a revocation. */
const ERASED = 'erased';

const Row = z.object({ number: CertificateNumber, facts: z.string(), held: z.boolean() });

/**
 * Takes out of the certificates of these people who had them, and the salt with which a number could be held against one that
 * somebody kept. All of them answer as revoked from then on.
 * @returns the numbers of those that held until then
 */
export async function forgetCertificates(
  tx: Queries,
  tenantId: TenantId,
  ids: readonly CandidateId[],
  at: Date,
): Promise<readonly CertificateNumber[]> {
  const sql = `SELECT number, facts, revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3) AS held
    FROM certificates WHERE tenant_id = $1 AND candidate_id = ANY($2::text[]) AND salt <> '' ORDER BY place FOR UPDATE`;
  const rows = await select(tx, Row, sql, [tenantId, ids, at.toISOString()]);
  const without = rows.map(({ facts }) =>
    canonicalJson(
      CertificateFacts.parse({
        ...CertificateFacts.parse(JSON.parse(facts)),
        ...{ name: NOBODY, ending: NO_ENDING, numberHash: NO_HASH },
      }),
    ),
  );
  await tx.query(
    `UPDATE certificates c SET facts = w.facts, name = $3, salt = '', cause = coalesce(c.cause, $4),
       revoked_at = coalesce(c.revoked_at, $5)
     FROM unnest($1::text[], $2::text[]) AS w (number, facts) WHERE c.number = w.number`,
    [rows.map(({ number }) => number), without, NOBODY, ERASED, at.toISOString()],
  );
  return rows.filter(({ held }) => held).map(({ number }) => number);
}
