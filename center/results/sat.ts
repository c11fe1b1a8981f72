import { z } from 'zod';
import type { TenantId } from '../../contract/words/ids.ts';
import { type FlowSum, type Queries, select, sumFlows } from '../database/index.ts';

/** Calendar quarters (`2026-Q1`) and months (`2026-04`): what a period is put together of. In each of them somebody counts once. */
export type SatSpans = { readonly quarters: readonly string[]; readonly months: readonly string[] };

const Sum = z.object({
  ...{ tenantId: z.string(), sat: z.int(), passed: z.int() },
  ...{ satBefore: z.int(), passedBefore: z.int() },
});

/**
 * How many sat and passed in a period and in one before it, by firm, over all exams. Whether somebody may see them, whoever asks has
 * found out.
 */
export const sumSat = (
  db: Queries,
  tenantIds: readonly TenantId[],
  { now, before }: { readonly now: SatSpans; readonly before: SatSpans },
): Promise<readonly z.infer<typeof Sum>[]> => {
  const sum = (of: string, spans: string) =>
    `coalesce(sum(${of}) FILTER (WHERE span = ANY(${spans}::text[])), 0)::bigint`;
  return select(
    db,
    Sum,
    `SELECT tenant_id AS "tenantId", ${sum('sat', '$2')} AS sat, ${sum('passed', '$2')} AS passed,
       ${sum('sat', '$3')} AS "satBefore", ${sum('passed', '$3')} AS "passedBefore"
     FROM (SELECT tenant_id, month AS span, sat, passed FROM record_tallies
         WHERE tenant_id = ANY($1::text[]) AND month = ANY($2::text[] || $3::text[])
       UNION ALL SELECT tenant_id, quarter, sat, passed FROM quarter_tallies
         WHERE tenant_id = ANY($1::text[]) AND quarter = ANY($2::text[] || $3::text[])) AS spans
     GROUP BY tenant_id`,
    [tenantIds, [...now.quarters, ...now.months], [...before.quarters, ...before.months]],
  );
};

/** How many were through with their courses at the ends of two months, by firm. Whoever asks has found out who may see them. */
export const sumLearned = (
  db: Queries,
  tenantIds: readonly TenantId[],
  ends: { readonly until: string; readonly before: string },
): Promise<readonly FlowSum[]> => sumFlows(db, 'learned_flows', tenantIds, ends);

/** Whether somebody sat an exam in the months from one to another. All of them are texts of the query around it. */
export const satWithin = (
  tenantId: string,
  candidateId: string,
  examId: string,
  months: { readonly from: string; readonly until: string; readonly passed?: boolean },
): string => `EXISTS (SELECT 1 FROM sat_months m WHERE m.tenant_id = ${tenantId} AND m.exam_id = ${examId}
    AND m.candidate_id = ${candidateId} AND m.month BETWEEN ${months.from} AND ${months.until}
    AND ${months.passed ? 'm.passes' : 'm.attempts'} > 0)`;

/** Makes one row of all that are of one exam and quarter. */
export async function foldQuarters(tx: Queries): Promise<void> {
  await tx.query(
    `WITH gone AS (DELETE FROM quarter_tallies RETURNING *)
     INSERT INTO quarter_tallies (tenant_id, exam_id, quarter, sat, passed)
     SELECT tenant_id, exam_id, quarter, sum(sat), sum(passed) FROM gone GROUP BY 1, 2, 3`,
  );
}
