import { z } from 'zod';
import { CertificateNumber, readCertificateNumber } from '../../contract/words/certificate-number.ts';
import { CandidateId, TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { findPeopleWithin } from '../people/index.ts';

/** What a search is for. */
export const Found = z
  .object({
    number: CertificateNumber,
    people: z.array(z.object({ tenantId: TenantId, candidateId: CandidateId }).readonly()).readonly(),
    name: z.string(),
  })
  .partial()
  .readonly();
export type Found = z.infer<typeof Found>;

/** What was typed: the number of a certificate, of a person as it is on a roster, or a part of a name. */
export async function foundBy(db: Queries, tenantIds: readonly TenantId[], q: string | undefined): Promise<Found> {
  if (!q) return {};
  const number = readCertificateNumber(q);
  if (number) return { number };
  return /^\d{6,17}[\dXx]?$/.test(q) ? { people: await findPeopleWithin(db, tenantIds, q.toUpperCase()) } : { name: q };
}

/** Of what was found, what one firm has; nothing where it is others' alone. */
export function foundOf(found: Found, tenantId: TenantId): Found | undefined {
  if (!found.people) return found;
  const people = found.people.filter((one) => one.tenantId === tenantId);
  return people.length > 0 ? { people } : undefined;
}
