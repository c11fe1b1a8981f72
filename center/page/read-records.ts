import { z } from 'zod';
import { ExamRecord } from '../../contract/records/index.ts';
import { Sha256, StationId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { listProctors } from '../roster/tenants.ts';

export const PAGE_SIZE = 50;

const Listed = z.object({
  body: z.string(),
  /** `null` where nobody on the roster has the record's candidate id: a visitor. */
  name: z.string().nullable(),
  number: z.string().nullable(),
  stationId: StationId,
  stationName: z.string(),
  batchId: Sha256,
  batchNumber: z.int(),
  treeSize: z.int(),
  /** How many other records are of the run of an exam that this one is of. */
  others: z.int(),
});

export type ListedRecord = Readonly<Omit<z.infer<typeof Listed>, 'body'>> & {
  readonly record: ExamRecord;
  /** Who let the candidate in by hand; the id where the proctor is not known by name. */
  readonly overriddenBy: string | undefined;
};

const Totals = z.object({ sittings: z.int(), formal: z.int(), passed: z.int() });
/** `formal` and `passed` count formal exams only: passing a practice run says nothing. */
export type Totals = Readonly<z.infer<typeof Totals>>;

/** One page of a tenant's records, newest first. */
export async function readRecords(db: Queries, tenantId: TenantId, page: number): Promise<readonly ListedRecord[]> {
  const rows = await select(
    db,
    Listed,
    `SELECT r.body, c.name, c.number, s.id AS "stationId", s.name AS "stationName",
       b.id AS "batchId", b.number AS "batchNumber", b.tree_size AS "treeSize",
       (SELECT count(*) FROM records o WHERE o.tenant_id = r.tenant_id AND o.sitting_id <> r.sitting_id
          AND coalesce(o.root, o.sitting_id) = coalesce(r.root, r.sitting_id)) AS others
     FROM records r
     JOIN batches b ON b.tenant_id = r.tenant_id AND b.id = r.batch_id
     JOIN stations s ON s.tenant_id = b.tenant_id AND s.id = b.station_id
     LEFT JOIN candidates c ON c.tenant_id = r.tenant_id AND c.id = r.candidate_id
     WHERE r.tenant_id = $1
     ORDER BY r.submitted_at DESC, r.log_index DESC LIMIT $2 OFFSET $3`,
    [tenantId, PAGE_SIZE, (page - 1) * PAGE_SIZE],
  );
  const names = new Map((await listProctors(db, tenantId)).map(({ id, name }) => [id, name]));
  return rows.map(({ body, ...listed }) => {
    const record = ExamRecord.parse(JSON.parse(body));
    const { identity } = record;
    const overriddenBy = identity.how === 'overridden' ? (names.get(identity.by) ?? identity.by) : undefined;
    return { ...listed, record, overriddenBy };
  });
}

export async function readTotals(db: Queries, tenantId: TenantId): Promise<Totals> {
  const totals = await selectOne(
    db,
    Totals,
    `SELECT count(*)::int AS sittings,
       (count(*) FILTER (WHERE mode = 'formal'))::int AS formal,
       (count(*) FILTER (WHERE mode = 'formal' AND passed))::int AS passed
     FROM records WHERE tenant_id = $1`,
    [tenantId],
  );
  return totals ?? { sittings: 0, formal: 0, passed: 0 };
}
