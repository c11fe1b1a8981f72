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

/**
 * How many there were at the ends of two months, by tenant, over all exams: `tenant_id, now, before`. The months are texts of the
 * query around it. Integers are added up several times as fast as `bigint`, whose sums are decimal numbers.
 */
export const flowSums = (flows: string, ends: { readonly now: string; readonly before: string }): string =>
  `(SELECT tenant_id, sum(people::int) AS now, coalesce(sum(people::int) FILTER (WHERE month <= ${ends.before}), 0) AS before
    FROM ${flows} WHERE month <= ${ends.now} GROUP BY tenant_id)`;

/** Makes one row of all that are of one exam and month: the sums stay as they are. */
export const foldFlows = (db: Database, flows: string): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.query(
      `WITH gone AS (DELETE FROM ${flows} RETURNING *)
       INSERT INTO ${flows} (tenant_id, exam_id, month, people)
       SELECT tenant_id, exam_id, month, sum(people) FROM gone GROUP BY 1, 2, 3 HAVING sum(people) <> 0`,
    );
  });
