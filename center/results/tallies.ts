import { z } from 'zod';
import type { TenantId } from '../../contract/words/ids.ts';
import { type Database, foldFlows, foldRows, type Queries, readFlows, select, selectOne } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';
import { COUNTED } from './tallies-schema.ts';

const SUMS = COUNTED.map((name) => `sum(${name})::bigint AS ${name}`).join(', ');

const Row = z.object({ tenantId: z.string(), examId: z.string(), month: z.string(), ...counted() });
function counted() {
  return Object.fromEntries(COUNTED.map((name) => [name, z.int()])) as Record<(typeof COUNTED)[number], z.ZodInt>;
}

/**
 * What there is of one exam in one month of China's clock. `attempts` and `passes` are formal records that count, of people on a roster;
 * `sat` and `passed` the people behind them, each once a month. `disputed`, `unjudged` and `voided` are records of any kind.
 */
export type Tally = Readonly<z.infer<typeof Row>>;

/** All of these tenants, or what is of the months from one to another. */
export async function readTallies(
  actor: Reader,
  db: Queries,
  tenantIds: readonly TenantId[],
  months?: { readonly from: string; readonly until: string },
): Promise<readonly Tally[]> {
  for (const tenantId of tenantIds) mustRead(actor, tenantId);
  return select(
    db,
    Row,
    `SELECT tenant_id AS "tenantId", exam_id AS "examId", month, ${SUMS} FROM record_tallies
     WHERE tenant_id = ANY($1::text[]) AND ($2::text IS NULL OR month BETWEEN $2 AND $3)
     GROUP BY tenant_id, exam_id, month ORDER BY tenant_id, exam_id, month`,
    [tenantIds, months?.from ?? null, months?.until ?? null],
  );
}

/** How many were through with each course at the end of a month, whether they still have it or not. */
export async function readLearned(actor: Reader, db: Queries, tenantIds: readonly TenantId[], until: string) {
  for (const tenantId of tenantIds) mustRead(actor, tenantId);
  return readFlows(db, 'learned_flows', tenantIds, until);
}

const Sums = z.object(counted());

/** One sum over all exams and months. */
export async function sumTallies(actor: Reader, db: Queries, tenantId: TenantId): Promise<z.infer<typeof Sums>> {
  mustRead(actor, tenantId);
  const sums = COUNTED.map((name) => `coalesce(sum(${name}), 0)::bigint AS ${name}`).join(', ');
  const row = await selectOne(db, Sums, `SELECT ${sums} FROM record_tallies WHERE tenant_id = $1`, [tenantId]);
  if (!row) throw new Error('a sum has one row');
  return row;
}

/** Makes one row of all that are of one exam and month, or quarter. */
export async function foldTallies(db: Database): Promise<void> {
  const of = ['tenant_id', 'exam_id'];
  await foldRows(db, { table: 'record_tallies', key: [...of, 'month'], sums: COUNTED });
  await foldRows(db, { table: 'quarter_tallies', key: [...of, 'quarter'], sums: ['sat', 'passed'] });
  await foldFlows(db, 'learned_flows');
}
