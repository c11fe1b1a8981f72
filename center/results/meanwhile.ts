import { z } from 'zod';
import type { ExamRecord } from '../../contract/records/index.ts';
import { CandidateId, type Instant, SittingId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { IS_VOID } from './standing.ts';

type Span = { readonly startedAt: Instant; readonly submittedAt: Instant };

/** Clocks of two stations may be this far apart without anybody having sat twice. */
const APART_MS = 2 * 60_000;

const msOf = (at: Instant): number => Date.parse(at);

/** Whether one person sat both at once: for longer than clocks are apart, or for half of the shorter one. */
export function overlap(one: Span, other: Span): boolean {
  const [from, until] = [
    Math.max(msOf(one.startedAt), msOf(other.startedAt)),
    Math.min(msOf(one.submittedAt), msOf(other.submittedAt)),
  ];
  const half = (span: Span) => (msOf(span.submittedAt) - msOf(span.startedAt)) / 2;
  return until > from && until - from > Math.min(APART_MS, half(one), half(other));
}

const Row = z.object({ sittingId: SittingId, candidateId: CandidateId, run: z.string(), body: z.string() });
/** As far as it matters here; the record was parsed when it came in. */
const Times = z.object({ startedAt: z.string(), submittedAt: z.string() });

/** Other formal records of each of these people that were sat at the same time, whichever exam it was. */
export async function meanwhileOf(
  tx: Queries,
  tenantId: TenantId,
  records: readonly ExamRecord[],
): Promise<(record: ExamRecord, run: SittingId) => readonly SittingId[]> {
  const formal = records.filter(({ exam }) => exam.mode === 'formal');
  if (formal.length === 0) return () => [];
  const rows = await select(
    tx,
    Row,
    `SELECT sitting_id AS "sittingId", candidate_id AS "candidateId", coalesce(root, sitting_id) AS run, body
     FROM records r WHERE tenant_id = $1 AND mode = 'formal' AND candidate_id = ANY($2::text[]) AND NOT ${IS_VOID}
     ORDER BY log_index`,
    [tenantId, formal.map(({ candidateId }) => candidateId)],
  );
  const read = rows.map(({ body, ...row }) => ({ ...row, ...(Times.parse(JSON.parse(body)) as Span) }));
  const by = Map.groupBy(read, ({ candidateId }) => candidateId);
  return (record, run) =>
    record.exam.mode !== 'formal'
      ? []
      : (by.get(record.candidateId) ?? [])
          .filter((other) => other.run !== run && overlap(record, other))
          .map(({ sittingId }) => sittingId);
}

/** What was judged before the other one came in is disputed as well; somebody's earlier decision did not know of it. */
export async function fileSatTwice(
  tx: Queries,
  tenantId: TenantId,
  others: readonly { readonly sittingId: SittingId; readonly against: SittingId }[],
  now: Date,
): Promise<void> {
  if (others.length === 0) return;
  const ids = others.map(({ sittingId }) => sittingId);
  const found = await tx.query(
    `INSERT INTO record_findings (tenant_id, sitting_id, code, detail, found_at)
     SELECT $1, f.sitting, 'sat-twice', f.against, $2 FROM unnest($3::text[], $4::text[]) AS f(sitting, against)
     WHERE EXISTS (SELECT 1 FROM judgements j WHERE j.tenant_id = $1 AND j.sitting_id = f.sitting)
     ON CONFLICT (tenant_id, sitting_id, code) DO NOTHING RETURNING sitting_id`,
    [tenantId, now.toISOString(), ids, others.map(({ against }) => against)],
  );
  await tx.query(
    `UPDATE judgements SET verdict = 'disputed', settled = CASE WHEN verdict = 'disputed' THEN settled END
     WHERE tenant_id = $1 AND sitting_id = ANY($2::text[])`,
    [tenantId, found.map(({ sitting_id: id }) => id)],
  );
}
