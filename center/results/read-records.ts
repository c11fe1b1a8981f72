import { z } from 'zod';
import { Decision } from '../../contract/people-center/disputes.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { Verdict } from '../../contract/words/findings.ts';
import {
  type CandidateId,
  type ExamId,
  type Instant,
  instant,
  Sha256,
  StationId,
  type TenantId,
} from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { candidatesByIds, listProctors } from '../people/index.ts';
import { type Finding, findingsOfRecords, stationNames } from '../stations/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';
import { sumTallies } from './tallies.ts';
import type { Cursor, Place } from './turning.ts';

export const PAGE_SIZE = 50;

const Row = z.object({
  body: z.string(),
  submittedAt: z.date(),
  logIndex: z.int(),
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

export type ListedRecord = Readonly<Omit<z.infer<typeof Row>, 'body' | 'submittedAt'>> & {
  /** Where it stands in the list: {@link turningFrom}. */
  readonly listedAt: Instant;
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

/**
 * `sittings` are of people on the roster, `visitors` those of whoever tried the station. `formal` and `passed` count formal
 * exams only: passing a practice run says nothing. What is studied is no exam. What is disputed counts as neither sat nor passed
 * until somebody decides that it stands.
 */
export type Totals = Readonly<Record<'sittings' | 'visitors' | 'formal' | 'passed', number>>;

/**
 * Records of any kind that are not simply right. `disputed`: somebody has still to decide. `unjudged`: the center cannot tell;
 * they count. `voided`: somebody decided that they do not.
 */
export type Doubts = Readonly<Record<'disputed' | 'unjudged' | 'voided', number>>;

/** Which records: of what was sat, of what was studied, or all. */
export type Shown = 'all' | 'exams' | 'learning';
const OF: Readonly<Record<Shown, string>> = {
  all: 'true',
  exams: "mode <> 'learning'",
  learning: "mode = 'learning'",
};

/** Those alone that are of one of these people, of this exam, of this station, and have an incident of this kind. */
export type Which = {
  readonly shown?: Shown | undefined;
  readonly people?: readonly CandidateId[] | undefined;
  readonly examId?: ExamId | undefined;
  readonly stationId?: StationId | undefined;
  readonly incident?: string | undefined;
};

/** Where a list goes on from these records: nothing where there can be nothing. */
export function turningFrom(
  records: readonly ListedRecord[],
  from: Place,
): { readonly newer: Cursor | undefined; readonly older: Cursor | undefined } {
  const page = from === 1 ? 1 : from.page;
  const [first, last] = [records[0], records.at(-1)];
  const at = ({ listedAt, logIndex }: ListedRecord) => ({ at: listedAt, logIndex });
  return {
    newer: first && page > 1 ? { toward: 'newer', page: page - 1, ...at(first) } : undefined,
    older: last && records.length === PAGE_SIZE ? { toward: 'older', page: page + 1, ...at(last) } : undefined,
  };
}

/** One page of a tenant's records, newest first. */
export async function readRecords(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  from: Place,
  which: Which = {},
): Promise<readonly ListedRecord[]> {
  mustRead(actor, tenantId);
  const rows = await readPage(db, tenantId, from, which);
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

async function readPage(db: Queries, tenantId: TenantId, from: Place, which: Which) {
  const { sql, params } = pageQuery(tenantId, from, which);
  const rows = await select(db, Row, sql, params);
  const listed = rows.map(({ body, submittedAt, ...row }) => ({
    ...row,
    listedAt: instant(submittedAt),
    record: ExamRecord.parse(JSON.parse(body)),
  }));
  return from !== 1 && from.toward === 'newer' ? listed.toReversed() : listed;
}

/** The question for a page. Which records it has is found by an index alone; only then is anything else asked of them. */
export function pageQuery(
  tenantId: TenantId,
  from: Place,
  { shown = 'all', people, examId, stationId, incident }: Which,
): { readonly sql: string; readonly params: readonly unknown[] } {
  const params: unknown[] = [tenantId];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const backwards = from !== 1 && from.toward === 'newer';
  const order = backwards ? 'ASC' : 'DESC';
  const place = (of: string) =>
    from === 1
      ? ''
      : ` AND (${of}.submitted_at, ${of}.log_index) ${backwards ? '>' : '<'} (${param(from.at)}::timestamptz, ${param(from.logIndex)}::bigint)`;
  const conditions = [
    OF[shown],
    ...(people ? [oneOf('r.candidate_id', people, param)] : []),
    ...(examId ? [`r.exam_id = ${param(examId)}`] : []),
    ...(stationId ? [`r.station_id = ${param(stationId)}`] : []),
  ].join(' AND ');
  // Those with an incident are found in its own table, in the same order.
  const source = incident
    ? `record_incidents i JOIN records r ON r.log_index = i.log_index
       WHERE i.tenant_id = $1 AND r.tenant_id = $1 AND i.reason = ${param(incident)}${place('i')}`
    : `records r WHERE r.tenant_id = $1${place('r')}`;
  const ordered = incident ? 'i' : 'r';
  const sql = `WITH page AS MATERIALIZED (
       SELECT r.*, coalesce(r.root, r.sitting_id) AS run FROM ${source} AND ${conditions}
       ORDER BY ${ordered}.submitted_at ${order}, ${ordered}.log_index ${order} LIMIT ${param(PAGE_SIZE)})
     SELECT r.body, r.submitted_at AS "submittedAt", r.log_index AS "logIndex", b.station_id AS "stationId",
       b.id AS "batchId", b.number AS "batchNumber", b.tree_size AS "treeSize",
       ${OTHERS} AS others,
       j.verdict, j.settled, s.by_name AS "settledBy", s.note AS "settledNote"
     FROM page r
     LEFT JOIN LATERAL (SELECT verdict, settled FROM judgements j WHERE j.tenant_id = r.tenant_id
       AND j.sitting_id = r.sitting_id LIMIT 1) j ON true
     LEFT JOIN LATERAL (SELECT by_name, note FROM settlements s WHERE s.tenant_id = r.tenant_id
       AND s.sitting_id = r.sitting_id ORDER BY s.number DESC LIMIT 1) s ON true
     CROSS JOIN LATERAL (SELECT id, station_id, number, tree_size FROM batches b WHERE b.tenant_id = r.tenant_id
       AND b.id = r.batch_id LIMIT 1) b
     ORDER BY r.submitted_at ${order}, r.log_index ${order}`;
  return { sql, params };
}

/**
 * Other records of the run of a sitting that was moved: that it began with, and those that go on from there. By bare columns: within
 * walls, no index helps with what a function makes of a column.
 */
const OTHERS = `(SELECT count(*) FROM records o WHERE o.tenant_id = r.tenant_id AND o.root = r.run AND o.sitting_id <> r.sitting_id)
  + (SELECT count(*) FROM records o WHERE o.tenant_id = r.tenant_id AND o.sitting_id = r.root)`;

/** One person alone is found in the order of the list. */
const oneOf = (column: string, values: readonly string[], param: (value: unknown) => string): string =>
  values.length === 1 ? `${column} = ${param(values[0])}` : `${column} = ANY(${param(values)}::text[])`;

export async function readTotals(actor: Reader, db: Queries, tenantId: TenantId): Promise<Totals> {
  const { records, learning, visitors, attempts, passes } = await sumTallies(actor, db, tenantId);
  return { sittings: records - learning - visitors, visitors, formal: attempts, passed: passes };
}

export async function readDoubts(actor: Reader, db: Queries, tenantId: TenantId): Promise<Doubts> {
  const { disputed, unjudged, voided } = await sumTallies(actor, db, tenantId);
  return { disputed, unjudged, voided };
}

/** How many records there are to turn pages of. */
export async function countRecords(actor: Reader, db: Queries, tenantId: TenantId, shown: Shown): Promise<number> {
  const { records, learning } = await sumTallies(actor, db, tenantId);
  return { all: records, exams: records - learning, learning }[shown];
}
