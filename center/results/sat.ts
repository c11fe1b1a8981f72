import type { Differences } from '../database/index.ts';

/** What there is to be added up by firm: who sat and passed in a month, who did in a quarter, and who was through with a course. */
export const SAT_IN_MONTHS: Differences = {
  table: 'record_tallies',
  span: 'month',
  figures: { sat: 'sat', passed: 'passed' },
};
export const SAT_IN_QUARTERS: Differences = { ...SAT_IN_MONTHS, table: 'quarter_tallies', span: 'quarter' };
export const LEARNED: Differences = { table: 'learned_flows', span: 'month', figures: { learned: 'people' } };

/** Whether somebody sat an exam in the months from one to another. All of them are texts of the query around it. */
export const satWithin = (
  tenantId: string,
  candidateId: string,
  examId: string,
  months: { readonly from: string; readonly until: string; readonly passed?: boolean },
): string => `EXISTS (SELECT 1 FROM sat_months m WHERE m.tenant_id = ${tenantId} AND m.exam_id = ${examId}
    AND m.candidate_id = ${candidateId} AND m.month BETWEEN ${months.from} AND ${months.until}
    AND ${months.passed ? 'm.passes' : 'm.attempts'} > 0)`;
