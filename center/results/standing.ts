/** SQL: whether a record, whose row is called `r`, counts: nothing of it is disputed, or somebody decided that it stands. */
export const COUNTS = `NOT EXISTS (SELECT 1 FROM judgements j WHERE j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id
  AND coalesce(j.settled <> 'stands', j.verdict = 'disputed'))`;

/** SQL: whether somebody decided that a record, whose row is called `r`, does not count. */
export const IS_VOID = `EXISTS (SELECT 1 FROM judgements j WHERE j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id
  AND j.settled = 'void')`;
