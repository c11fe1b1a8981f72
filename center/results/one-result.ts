import { z } from 'zod';
import { SEE_RESULTS } from '../../contract/platform/results.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { Sha256, SittingId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { type OrganisationPlace, placeOfTenant } from '../organisations/index.ts';
import { type ActingAccount, type Operator, reaches, standingAt, type Visitor } from '../tenants/index.ts';

const Row = z.object({
  tenantId: TenantId,
  sittingId: SittingId,
  batchId: Sha256,
  passed: z.boolean(),
  body: z.string(),
  treeSize: z.int(),
  receivedAt: z.date(),
});

/** A result that somebody may see, and what they are to its firm. */
export type SeenResult = Readonly<Omit<z.infer<typeof Row>, 'body'>> & {
  readonly logIndex: number;
  readonly text: string;
  readonly record: ExamRecord;
  readonly place: OrganisationPlace;
  readonly standing: Operator | Visitor;
};

/** @throws Refusal `result-unknown` where there is none, or it lies beyond reach: which of the two, nobody is told */
export async function seenResult(actor: ActingAccount, db: Queries, logIndex: number): Promise<SeenResult> {
  if (actor.kind !== 'account') throw new Refusal('unauthorised', 'this is for accounts');
  const row = await selectOne(
    db,
    Row,
    `SELECT r.tenant_id AS "tenantId", r.sitting_id AS "sittingId", r.batch_id AS "batchId", r.passed, r.body,
       b.tree_size AS "treeSize", b.received_at AS "receivedAt"
     FROM records r JOIN batches b ON b.tenant_id = r.tenant_id AND b.id = r.batch_id WHERE r.log_index = $1`,
    [logIndex],
  );
  const place = row && (await placeOfTenant(db, row.tenantId));
  const standing =
    place && reaches(actor, place.path, ...SEE_RESULTS)
      ? standingAt(actor, { tenantId: row.tenantId, path: place.path })
      : undefined;
  if (!row || !place || !standing) throw new Refusal('result-unknown', `no result ${logIndex} within reach`);
  const { body, ...more } = row;
  return { ...more, logIndex, text: body, record: ExamRecord.parse(JSON.parse(body)), place, standing };
}
