import { z } from 'zod';
import { type Database, type Queries, select } from './database.ts';
import { foldRows } from './sums.ts';

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

/** Makes one row of all that are of one exam and month. */
export const foldFlows = (db: Database, flows: string): Promise<void> =>
  foldRows(db, { table: flows, key: ['tenant_id', 'exam_id', 'month'], sums: ['people'] });
