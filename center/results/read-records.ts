import { z } from 'zod';
import { Decision } from '../../contract/people-center/disputes.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { Verdict } from '../../contract/words/findings.ts';
import { Sha256, StationId, type TenantId, VISITOR_ID } from '../../contract/words/ids.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { candidatesByIds, listProctors } from '../people/index.ts';
import { type Finding, findingsOfRecords, stationNames } from '../stations/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

export const PAGE_SIZE = 50;

const Row = z.object({
  body: z.string(),
  stationId: StationId,
  batchId: Sha256,
  batchNumber: z.int(),
  treeSize: z.int(),
  /** How many other records are of the run of an exam that this one is of. */
  others: z.int(),
  /** What the center made of it; `null` where that is still to come. */
  verdict: Verdict.nullable(),
  settled: Decision.nullable(),
  /** Who decided so last, and why. */
  settledBy: z.string().nullable(),
  settledNote: z.string().nullable(),
});

export type ListedRecord = Readonly<Omit<z.infer<typeof Row>, 'body'>> & {
  readonly record: ExamRecord;
  readonly stationName: string;
  /** `null` where nobody on the roster has the record's candidate id: a visitor, or somebody who was taken off it. */
  readonly name: string | null;
  readonly number: string | null;
  /** Who let the candidate in by hand; the id where the proctor is not known by name. */
  readonly overriddenBy: string | undefined;
  /** What speaks against it. */
  readonly findings: readonly Finding[];
};

const Totals = z.object({ sittings: z.int(), visitors: z.int(), formal: z.int(), passed: z.int() });
/**
 * `sittings` are of people on the roster, `visitors` those of whoever tried the station. `formal` and `passed` count formal
 * exams only: passing a practice run says nothing. What is studied is no exam. What is disputed counts as neither sat nor passed
 * until somebody decides that it stands.
 */
export type Totals = Readonly<z.infer<typeof Totals>>;

const Doubts = z.object({ disputed: z.int(), unjudged: z.int(), voided: z.int() });
/**
 * Records of any kind that are not simply right. `disputed`: somebody has still to decide. `unjudged`: the center cannot tell;
 * they count. `voided`: somebody decided that they do not.
 */
export type Doubts = Readonly<z.infer<typeof Doubts>>;

/** Which records: of what was sat, of what was studied, or all. */
export type Shown = 'all' | 'exams' | 'learning';
const OF: Readonly<Record<Shown, string>> = {
  all: 'true',
  exams: "mode <> 'learning'",
  learning: "mode = 'learning'",
};

/** One page of a tenant's records, newest first. */
export async function readRecords(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  page: number,
  shown: Shown = 'all',
): Promise<readonly ListedRecord[]> {
  mustRead(actor, tenantId);
  const rows = await readPage(db, tenantId, page, shown);
  const candidateIds = rows.map(({ record }) => record.candidateId);
  const candidates = await candidatesByIds(actor, db, tenantId, candidateIds);
  const stationIds = rows.map(({ stationId }) => stationId);
  const stations = await stationNames(actor, db, tenantId, stationIds);
  const proctors = new Map((await listProctors(actor, db, tenantId)).map(({ id, name }) => [id, name]));
  const sittings = rows.map(({ record }) => record.sittingId);
  const findings = await findingsOfRecords(actor, db, tenantId, sittings);
  return rows.map((row) => {
    const { identity, candidateId, sittingId } = row.record;
    const { name, number } = candidates.get(candidateId) ?? { name: null, number: null };
    const overriddenBy = identity.how === 'overridden' ? (proctors.get(identity.by) ?? identity.by) : undefined;
    const spokenAgainst = { findings: findings.get(sittingId) ?? [] };
    return {
      ...row,
      ...spokenAgainst,
      name,
      number,
      stationName: stations.get(row.stationId) ?? row.stationId,
      overriddenBy,
    };
  });
}

async function readPage(db: Queries, tenantId: TenantId, page: number, shown: Shown) {
  const rows = await select(
    db,
    Row,
    `SELECT r.body, b.station_id AS "stationId",
       b.id AS "batchId", b.number AS "batchNumber", b.tree_size AS "treeSize",
       (SELECT count(*) FROM records o WHERE o.tenant_id = r.tenant_id AND o.sitting_id <> r.sitting_id
          AND coalesce(o.root, o.sitting_id) = coalesce(r.root, r.sitting_id)) AS others,
       j.verdict, j.settled, s.by_name AS "settledBy", s.note AS "settledNote"
     FROM records r
     LEFT JOIN judgements j ON j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id
     LEFT JOIN LATERAL (SELECT by_name, note FROM settlements s WHERE s.tenant_id = r.tenant_id
       AND s.sitting_id = r.sitting_id ORDER BY s.number DESC LIMIT 1) s ON true
     JOIN batches b ON b.tenant_id = r.tenant_id AND b.id = r.batch_id
     WHERE r.tenant_id = $1 AND ${OF[shown]}
     ORDER BY r.submitted_at DESC, r.log_index DESC LIMIT $2 OFFSET $3`,
    [tenantId, PAGE_SIZE, (page - 1) * PAGE_SIZE],
  );
  return rows.map(({ body, ...row }) => ({ ...row, record: ExamRecord.parse(JSON.parse(body)) }));
}

export async function readTotals(actor: Reader, db: Queries, tenantId: TenantId): Promise<Totals> {
  mustRead(actor, tenantId);
  const totals = await selectOne(
    db,
    Totals,
    `SELECT (count(*) FILTER (WHERE NOT visitor AND mode <> 'learning'))::int AS sittings,
       (count(*) FILTER (WHERE visitor AND mode <> 'learning'))::int AS visitors,
       (count(*) FILTER (WHERE NOT visitor AND mode = 'formal' AND counts))::int AS formal,
       (count(*) FILTER (WHERE NOT visitor AND mode = 'formal' AND counts AND passed))::int AS passed
     FROM (SELECT r.mode, r.passed, starts_with(r.candidate_id, $2) AS visitor,
         NOT coalesce(j.settled <> 'stands', j.verdict = 'disputed', false) AS counts
       FROM records r LEFT JOIN judgements j ON j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id
       WHERE r.tenant_id = $1) r`,
    [tenantId, VISITOR_ID],
  );
  return totals ?? { sittings: 0, visitors: 0, formal: 0, passed: 0 };
}

export async function readDoubts(actor: Reader, db: Queries, tenantId: TenantId): Promise<Doubts> {
  mustRead(actor, tenantId);
  const doubts = await selectOne(
    db,
    Doubts,
    `SELECT (count(*) FILTER (WHERE verdict = 'disputed' AND settled IS NULL))::int AS disputed,
       (count(*) FILTER (WHERE verdict = 'unjudged' AND settled IS NULL))::int AS unjudged,
       (count(*) FILTER (WHERE settled = 'void'))::int AS voided
     FROM judgements WHERE tenant_id = $1`,
    [tenantId],
  );
  return doubts ?? { disputed: 0, unjudged: 0, voided: 0 };
}

/** How many records there are to turn pages of. */
export async function countRecords(actor: Reader, db: Queries, tenantId: TenantId, shown: Shown): Promise<number> {
  mustRead(actor, tenantId);
  const sql = `SELECT count(*)::int AS count FROM records WHERE tenant_id = $1 AND ${OF[shown]}`;
  return (await selectOne(db, z.object({ count: z.int() }), sql, [tenantId]))?.count ?? 0;
}
