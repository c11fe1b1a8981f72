import { z } from 'zod';
import { type Queries, selectOne } from '../database/index.ts';
import type { System } from '../tenants/index.ts';

/** How many records of all firms wait to be judged. */
export async function recordsToJudge(_actor: System, db: Queries): Promise<number> {
  const sql = 'SELECT count(*) AS count FROM records WHERE NOT judged';
  return (await selectOne(db, z.object({ count: z.int() }), sql))?.count ?? 0;
}
