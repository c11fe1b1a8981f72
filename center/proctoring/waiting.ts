import { z } from 'zod';
import { type Queries, selectOne } from '../database/index.ts';
import type { System } from '../tenants/index.ts';

/** How many commands of all firms have had no answer, of those that could still have one. */
export async function commandsWaiting(_actor: System, db: Queries): Promise<number> {
  const sql = 'SELECT count(*) AS count FROM commands WHERE outcome IS NULL AND expires_at > now()';
  return (await selectOne(db, z.object({ count: z.int() }), sql))?.count ?? 0;
}
