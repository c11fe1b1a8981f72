import { z } from 'zod';
import { type LedgerHead, type LedgerReport, MAX_ASKED_LINES } from '../../contract/station-center/center-api.ts';
import { Sha256, type SittingId, StationId, type TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type ActingStation, mustRead, type Reader } from '../tenants/index.ts';
import { keepFindings } from './findings.ts';

/** A line of a station's ledger that the center has seen. */
const SeenHead = z.object({ sequence: z.int(), head: Sha256, reported: z.boolean(), seenAt: z.date() });
export type SeenHead = Readonly<z.infer<typeof SeenHead>>;
const COLUMNS = 'sequence, head, reported, seen_at AS "seenAt"';

/**
 * Keeps what a station says of its ledger, and holds it against what was seen before: a line that is another one now, or a
 * ledger that is shorter than it was, was rewritten, cut, or is an old copy.
 * @param newest whether the station said nothing later: what was on its way for long may be shorter
 * @returns lines it is to say with its next report
 */
export async function keepLedger(
  { tenantId, id }: ActingStation,
  { db, now }: Center,
  report: LedgerReport,
  newest: boolean,
): Promise<readonly number[]> {
  const { asked = [], sequence, head } = report;
  const said = sequence === 0 ? asked : [...asked, { sequence, head }];
  const details = (await contradictions(db, id, said)).map(({ detail }) => detail);
  const longest = await longestSeen(db, id);
  if (newest && sequence < longest) details.push(`it has ${sequence} lines, and had ${longest}`);
  const found = details.map((detail) => ({
    ...{ tenantId, stationId: id, detail },
    reason: 'ledger-rewritten' as const,
  }));
  await keepFindings(db, found, now());
  if (sequence > 0) await keepHead(db, { tenantId, id }, { sequence, head, reported: true }, now());
  return linesToAsk(db, id, Math.max(longest, sequence));
}

/** A line that a record names, which says all before it. */
export type RecordHead = { readonly sittingId: SittingId; readonly ledger: LedgerHead };

/** @returns what speaks against each, by sitting */
export async function keepRecordHeads(
  { tenantId, id }: Pick<ActingStation, 'tenantId' | 'id'>,
  db: Queries,
  heads: readonly RecordHead[],
  now: Date,
): Promise<ReadonlyMap<SittingId, string>> {
  const details = await contradictions(
    db,
    id,
    heads.map(({ ledger }) => ledger),
  );
  const against = new Map<SittingId, string>();
  for (const { sittingId, ledger } of heads) {
    const detail = details.find(({ line }) => line === ledger.sequence)?.detail;
    if (detail) against.set(sittingId, detail);
  }
  const reason = 'ledger-rewritten' as const;
  const found = [...against].map(([sittingId, detail]) => ({
    ...{ tenantId, stationId: id, reason, detail: `${sittingId}: ${detail}` },
  }));
  await keepFindings(db, found, now);
  await db.query(
    `INSERT INTO ledger_heads (tenant_id, station_id, sequence, head, reported, seen_at)
     SELECT $1, $2, r.sequence, r.head, false, $5 FROM unnest($3::bigint[], $4::text[]) AS r(sequence, head)
     ON CONFLICT DO NOTHING`,
    [
      tenantId,
      id,
      heads.map(({ ledger }) => ledger.sequence),
      heads.map(({ ledger }) => ledger.head),
      now.toISOString(),
    ],
  );
  return against;
}

type Contradiction = { readonly line: number; readonly detail: string };

async function contradictions(
  db: Queries,
  id: StationId,
  said: readonly LedgerHead[],
): Promise<readonly Contradiction[]> {
  const lines = new Map(said.map(({ sequence, head }) => [sequence, head]));
  const seen = await select(
    db,
    SeenHead,
    `SELECT ${COLUMNS} FROM ledger_heads WHERE station_id = $1 AND sequence = ANY($2::bigint[]) ORDER BY sequence`,
    [id, [...lines.keys()]],
  );
  return seen
    .filter(({ sequence, head }) => lines.get(sequence) !== head)
    .map(({ sequence, head, seenAt }) => {
      const was = `${head.slice(0, 16)} on ${seenAt.toISOString()}`;
      return { line: sequence, detail: `line ${sequence} is ${lines.get(sequence)?.slice(0, 16)}, and was ${was}` };
    });
}

async function keepHead(
  db: Queries,
  { tenantId, id }: { readonly tenantId: TenantId; readonly id: StationId },
  { sequence, head, reported }: Omit<SeenHead, 'seenAt'>,
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO ledger_heads (tenant_id, station_id, sequence, head, reported, seen_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant_id, station_id, sequence, head)
       DO UPDATE SET reported = true, seen_at = excluded.seen_at WHERE excluded.reported AND NOT ledger_heads.reported`,
    [tenantId, id, sequence, head, reported, now.toISOString()],
  );
}

async function longestSeen(db: Queries, id: StationId): Promise<number> {
  const sql = 'SELECT coalesce(max(sequence), 0) AS longest FROM ledger_heads WHERE station_id = $1 AND reported';
  return (await selectOne(db, z.object({ longest: z.int() }), sql, [id]))?.longest ?? 0;
}

/** The newest, and some from anywhere before: whoever rewrites a part cannot know which. */
async function linesToAsk(db: Queries, id: StationId, longest: number): Promise<readonly number[]> {
  const half = MAX_ASKED_LINES / 2;
  const from = Array.from({ length: half }, () => Math.floor(Math.random() * longest));
  const rows = await select(
    db,
    z.object({ sequence: z.int() }),
    `(SELECT sequence FROM ledger_heads WHERE station_id = $1 ORDER BY sequence DESC LIMIT ${half})
     UNION
     (SELECT h.sequence FROM unnest($2::bigint[]) AS r(line), LATERAL (
        SELECT sequence FROM ledger_heads WHERE station_id = $1 AND sequence > r.line ORDER BY sequence LIMIT 1) h)`,
    [id, from],
  );
  return rows.map(({ sequence }) => sequence);
}

const Around = z.object({ after: z.date().nullable(), before: z.date().nullable() });
/** When a line was surely not written yet, and when it surely was. */
export type Around = Readonly<z.infer<typeof Around>>;

export async function aroundLines(
  db: Queries,
  id: StationId,
  lines: readonly number[],
): Promise<ReadonlyMap<number, Around>> {
  const seen = 'SELECT seen_at FROM ledger_heads WHERE station_id = $1 AND reported AND sequence';
  const rows = await select(
    db,
    Around.extend({ line: z.int() }),
    `SELECT r.line, (${seen} < r.line ORDER BY sequence DESC LIMIT 1) AS after,
       (${seen} >= r.line ORDER BY sequence LIMIT 1) AS before
     FROM unnest($2::bigint[]) AS r(line)`,
    [id, [...lines]],
  );
  return new Map(rows.map(({ line, ...around }) => [line, around]));
}

/** Lines of the ledgers of a firm's stations as they were seen, for whoever holds a data folder against them. */
export async function seenHeads(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
): Promise<readonly (SeenHead & { readonly stationId: StationId })[]> {
  mustRead(actor, tenantId);
  return select(
    db,
    SeenHead.extend({ stationId: StationId }),
    `SELECT station_id AS "stationId", ${COLUMNS} FROM ledger_heads WHERE tenant_id = $1 ORDER BY station_id, sequence`,
    [tenantId],
  );
}
