import { IS_VOID } from './standing.ts';

/**
 * Questions about records as SQL, for queries of others that must see records and their own tables as of one moment: asked
 * one after the other, an exam that ends in between would count twice or not at all.
 */

/** Whether a record has ended a sitting or the run it is of. Both are columns of the query around it. */
export const hasRecord = (tenantId: string, sittingId: string): string => `EXISTS (
  SELECT 1 FROM records r WHERE r.tenant_id = ${tenantId}
    AND (r.sitting_id = ${sittingId} OR r.continued = ${sittingId} OR r.root = ${sittingId}))`;

/** `candidate_id` and `exam_id` of each formal record of the tenant that is parameter $1; what somebody voided used up nothing. */
export const FORMAL_RECORDS = `SELECT candidate_id, exam_id FROM records r WHERE tenant_id = $1 AND mode = 'formal'
  AND NOT ${IS_VOID}`;

/**
 * Whether a record that was passed counts so: nothing is wrong with it, or somebody decided that it stands, and no correction says
 * that it is not passed. Both are columns of the query around it.
 */
export const isSound = (tenantId: string, sittingId: string): string => `EXISTS (
  SELECT 1 FROM judgements j WHERE j.tenant_id = ${tenantId} AND j.sitting_id = ${sittingId}
    AND coalesce(j.settled = 'stands', j.verdict = 'sound')
    AND EXISTS (SELECT 1 FROM records p WHERE p.tenant_id = j.tenant_id AND p.sitting_id = j.sitting_id AND p.passed))`;

/** Formal records that were passed, or are so by a correction, whether sound or not: `tenant_id`, `sitting_id`, `batch_id`, `log_index` and `body` of each. */
export const PASSED_RECORDS = `SELECT tenant_id, sitting_id, batch_id, log_index, body FROM records
  WHERE mode = 'formal' AND passed`;

/** Whether anything that a candidate studied of a course was credited, and whether they are through. Columns of the query around it. */
export const hasBegun = (tenantId: string, examId: string, candidateId: string): string =>
  progressWhere(tenantId, examId, candidateId, 'p.seconds > 0');
export const hasCompleted = (tenantId: string, examId: string, candidateId: string): string =>
  progressWhere(tenantId, examId, candidateId, 'p.complete');

const progressWhere = (tenantId: string, examId: string, candidateId: string, condition: string): string => `EXISTS (
  SELECT 1 FROM course_progress p WHERE p.tenant_id = ${tenantId} AND p.exam_id = ${examId}
    AND p.candidate_id = ${candidateId} AND ${condition})`;

/** Where the records of somebody stand in the log. Both are columns of the query around it, or parameters. */
export const placesOfPerson = (tenantId: string, candidateId: string): string =>
  `SELECT r.log_index FROM records r WHERE r.tenant_id = ${tenantId} AND r.candidate_id = ${candidateId}`;

/** Whether something that somebody sat is disputed, and nobody has decided. Both are columns of the query around it. */
export const isDisputed = (tenantId: string, candidateId: string): string => `EXISTS (
  SELECT 1 FROM records r JOIN judgements j ON j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id
  WHERE r.tenant_id = ${tenantId} AND r.candidate_id = ${candidateId} AND j.verdict = 'disputed' AND j.settled IS NULL)`;
