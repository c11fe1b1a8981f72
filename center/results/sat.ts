import { flowSums, type Queries } from '../database/index.ts';

/** Calendar quarters (`2026-Q1`) and months (`2026-04`): what a period is put together of. In each of them somebody counts once. */
export type SatSpans = { readonly quarters: readonly string[]; readonly months: readonly string[] };

/**
 * How many sat and passed in a period and in one before it, by firm, over all exams: `tenant_id, sat, passed, sat_before,
 * passed_before`, to be joined. Lists of quarters and months are texts of the query around it.
 */
export const satSums = (spans: { readonly now: string; readonly before: string }): string => {
  // Integers are added up several times as fast as `bigint`, whose sums are decimal numbers.
  const sum = (of: string, during: string) => `coalesce(sum(${of}::int) FILTER (WHERE span = ANY(${during})), 0)`;
  const within = `ANY(${spans.now} || ${spans.before})`;
  return `(SELECT tenant_id, ${sum('sat', spans.now)} AS sat, ${sum('passed', spans.now)} AS passed,
      ${sum('sat', spans.before)} AS sat_before, ${sum('passed', spans.before)} AS passed_before
    FROM (SELECT tenant_id, month AS span, sat, passed FROM record_tallies WHERE month = ${within}
      UNION ALL SELECT tenant_id, quarter, sat, passed FROM quarter_tallies WHERE quarter = ${within}) AS spans
    GROUP BY tenant_id)`;
};

/** How many were through with their courses at the ends of two months, by firm: `tenant_id, now, before`, to be joined. */
export const learnedSums = (ends: { readonly now: string; readonly before: string }): string =>
  flowSums('learned_flows', ends);

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
