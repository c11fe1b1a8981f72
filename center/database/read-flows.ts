import { z } from 'zod';
import { type Database, type Queries, select } from './database.ts';

const Flow = z.object({ tenantId: z.string(), examId: z.string(), people: z.int() });

/** How many there were at the end of a month (`2026-01`), by tenant and exam; exams of which there was nobody are left out. */
export const readFlows = (
  db: Queries,
  flows: string,
  tenantIds: readonly string[],
  until: string,
): Promise<readonly z.infer<typeof Flow>[]> =>
  select(
    db,
    Flow,
    `SELECT tenant_id AS "tenantId", exam_id AS "examId", sum(people)::bigint AS people FROM ${flows}
     WHERE tenant_id = ANY($1::text[]) AND month <= $2 GROUP BY tenant_id, exam_id HAVING sum(people) <> 0`,
    [tenantIds, until],
  );

const Sum = z.object({ tenantId: z.string(), now: z.int(), before: z.int() });
/** Of one tenant, at the end of a month and of an earlier one. */
export type FlowSum = Readonly<z.infer<typeof Sum>>;

/** How many there were at the ends of two months, by tenant, over all exams. */
export const sumFlows = (
  db: Queries,
  flows: string,
  tenantIds: readonly string[],
  { until, before }: { readonly until: string; readonly before: string },
): Promise<readonly FlowSum[]> =>
  select(
    db,
    Sum,
    `SELECT tenant_id AS "tenantId", sum(people)::bigint AS now,
       coalesce(sum(people) FILTER (WHERE month <= $3), 0)::bigint AS before
     FROM ${flows} WHERE tenant_id = ANY($1::text[]) AND month <= $2 GROUP BY tenant_id`,
    [tenantIds, until, before],
  );

/** Makes one row of all that are of one exam and month: the sums stay as they are. */
export const foldFlows = (db: Database, flows: string): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.query(
      `WITH gone AS (DELETE FROM ${flows} RETURNING *)
       INSERT INTO ${flows} (tenant_id, exam_id, month, people)
       SELECT tenant_id, exam_id, month, sum(people) FROM gone GROUP BY 1, 2, 3 HAVING sum(people) <> 0`,
    );
  });
