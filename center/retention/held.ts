import { z } from 'zod';
import type { CandidateId, TenantId } from '../../contract/words/ids.ts';
import type { CenterReason } from '../../contract/words/reasons.ts';
import { appealWaits } from '../appeals/index.ts';
import { isCertified } from '../certificates/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { sitsStill } from '../moves/index.ts';
import type { OfPerson } from '../people/index.ts';
import { isDisputed } from '../results/index.ts';

const literal = (at: Date): string => `'${at.toISOString()}'::timestamptz`;

/** What keeps somebody from being erased, each as SQL. */
const holdsAt = (now: Date) =>
  ({
    'person-sitting': (tenantId, candidateId) => sitsStill(tenantId, candidateId, literal(now)),
    'person-appeals': appealWaits,
    'person-disputed': isDisputed,
    'person-certified': (tenantId, candidateId) => isCertified(tenantId, candidateId, literal(now)),
  }) as const satisfies Partial<Record<CenterReason, OfPerson>>;
export type Hold = keyof ReturnType<typeof holdsAt>;

/** Whether anything of somebody is open at that time: they sit, an appeal waits, a result is disputed, a certificate holds. */
export const heldAt = (now: Date): OfPerson => {
  const holds = Object.values(holdsAt(now));
  return (tenantId, candidateId) => `(${holds.map((one) => one(tenantId, candidateId)).join(' OR ')})`;
};

/** What of it is so of one. */
export async function holdsOf(db: Queries, tenantId: TenantId, id: CandidateId, now: Date): Promise<readonly Hold[]> {
  const holds = holdsAt(now);
  const columns = Object.entries(holds).map(([hold, is]) => `${is('$1', '$2')} AS "${hold}"`);
  const row = await selectOne(db, z.record(z.string(), z.boolean()), `SELECT ${columns.join(', ')}`, [tenantId, id]);
  return (Object.keys(holds) as Hold[]).filter((hold) => row?.[hold]);
}
