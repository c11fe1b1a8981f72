import { z } from 'zod';
import type { OwnFile } from '../../contract/home/own-file.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, select } from '../database/index.ts';
import { type Learner, mustLearn } from '../tenants/index.ts';
import { membershipsOfPeople } from './people-within.ts';

const Row = z.object({ name: z.string(), ending: z.string() });

/** Whoever asks, as they are on the roster, and since when. @throws Refusal `unauthorised` where they are on it no more */
export async function rosterOfOneself(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
): Promise<Pick<OwnFile, 'name' | 'ending' | 'memberships'>> {
  mustLearn(actor, tenantId);
  const { candidateId } = actor;
  const sql = `SELECT name, right(number, 4) AS ending FROM candidates
    WHERE tenant_id = $1 AND id = $2 AND left_at IS NULL`;
  const [row] = await select(db, Row, sql, [tenantId, candidateId]);
  if (!row) throw new Refusal('unauthorised', 'nobody of the roster');
  const memberships = await membershipsOfPeople(db, [{ tenantId, candidateId }]);
  return { ...row, memberships: memberships.map(({ from, until }) => ({ from, until })) };
}
