import { z } from 'zod';

/** SQL: whether a record, whose row is called `r`, counts: nothing of it is disputed, or somebody decided that it stands. */
export const COUNTS = `NOT EXISTS (SELECT 1 FROM judgements j WHERE j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id
  AND coalesce(j.settled <> 'stands', j.verdict = 'disputed'))`;

/** SQL: whether somebody decided that a record, whose row is called `r`, does not count. */
export const IS_VOID = `EXISTS (SELECT 1 FROM judgements j WHERE j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id
  AND j.settled = 'void')`;

/** Whether a record counts: somebody may have still to decide, or have decided that it does not. */
export const Standing = z.enum(['counts', 'disputed', 'void']);
export type Standing = z.infer<typeof Standing>;

/** SQL: the standing of a record, whose row is called `r`. */
export const STANDING = `CASE WHEN ${IS_VOID} THEN 'void' WHEN ${COUNTS} THEN 'counts' ELSE 'disputed' END`;
