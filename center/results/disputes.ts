import { z } from 'zod';
import { Decision, type ListedDispute, type SettleWish } from '../../contract/people-center/disputes.ts';
import { SETTLE_RESULTS } from '../../contract/platform/results.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { FindingCode, Verdict } from '../../contract/words/findings.ts';
import { instant, Sha256, SittingId, StationId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Doer, noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { findingsOfRecords } from '../stations/index.ts';
import { type ActingAccount, type Manager, mustManage, mustReach, mustRead, type Reader } from '../tenants/index.ts';
import { seenResult } from './one-result.ts';
import { rebuildProgress } from './progress.ts';

const Row = z.object({
  sittingId: SittingId,
  stationId: StationId,
  batchId: Sha256,
  verdict: Verdict,
  body: z.string(),
});
const Found = z.object({ sittingId: SittingId, code: FindingCode, detail: z.string(), foundAt: z.date() });
const Settled = z.object({
  sittingId: SittingId,
  decision: Decision,
  by: z.string(),
  note: z.string(),
  at: z.date(),
});

/** `open`: disputed, and nobody has decided. */
export type WhichDisputes = 'open' | 'all';

/** Records that do not fit, or cannot be judged; those that wait for a decision first, then the newest. */
export async function listDisputes(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  { which, most }: { readonly which: WhichDisputes; readonly most: number },
): Promise<readonly ListedDispute[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT j.sitting_id AS "sittingId", j.station_id AS "stationId", r.batch_id AS "batchId", j.verdict, r.body
     FROM judgements j JOIN records r ON r.tenant_id = j.tenant_id AND r.sitting_id = j.sitting_id
     WHERE j.tenant_id = $1 AND (j.verdict <> 'sound' OR j.settled IS NOT NULL)
       ${which === 'open' ? "AND (j.verdict = 'disputed' AND j.settled IS NULL)" : ''}
     ORDER BY (j.verdict = 'disputed' AND j.settled IS NULL) DESC, j.log_index DESC LIMIT $2`,
    [tenantId, most],
  );
  const ids = rows.map(({ sittingId }) => sittingId);
  const findings = await findingsOf(db, tenantId, ids);
  const settlements = await settlementsOf(db, tenantId, ids);
  return rows.map(({ body, ...row }) => {
    const { candidateId, exam, submittedAt, marks, passed } = ExamRecord.parse(JSON.parse(body));
    const of = row.sittingId;
    const about = { candidateId, examId: exam.id, submittedAt, marks, passed };
    return { ...row, ...about, findings: findings.get(of) ?? [], settlements: settlements.get(of) ?? [] };
  });
}

async function findingsOf(db: Queries, tenantId: TenantId, ids: readonly SittingId[]) {
  const rows = await select(
    db,
    Found,
    `SELECT sitting_id AS "sittingId", code, detail, found_at AS "foundAt" FROM record_findings
     WHERE tenant_id = $1 AND sitting_id = ANY($2::text[]) ORDER BY found_at, code`,
    [tenantId, ids],
  );
  const by = Map.groupBy(rows, ({ sittingId }) => sittingId);
  return new Map(
    [...by].map(([id, of]) => [
      id,
      of.map(({ code, detail, foundAt }) => ({ code, detail, foundAt: instant(foundAt) })),
    ]),
  );
}

async function settlementsOf(db: Queries, tenantId: TenantId, ids: readonly SittingId[]) {
  const rows = await select(
    db,
    Settled,
    `SELECT sitting_id AS "sittingId", decision, by_name AS by, note, settled_at AS at FROM settlements
     WHERE tenant_id = $1 AND sitting_id = ANY($2::text[]) ORDER BY number`,
    [tenantId, ids],
  );
  const by = Map.groupBy(rows, ({ sittingId }) => sittingId);
  return new Map(
    [...by].map(([id, of]) => [id, of.map(({ sittingId: _, at, ...said }) => ({ ...said, at: instant(at) }))]),
  );
}

const Judged = z.object({ verdict: Verdict, settled: Decision.nullable() });

/** All that is in doubt of one record, and what was decided of it; `isInDoubt` where somebody may decide on it now. */
export async function doubtsOf(reader: Reader, db: Queries, tenantId: TenantId, sittingId: SittingId) {
  mustRead(reader, tenantId);
  const sql = 'SELECT verdict, settled FROM judgements WHERE tenant_id = $1 AND sitting_id = $2';
  const judged = await selectOne(db, Judged, sql, [tenantId, sittingId]);
  const remarks = await findingsOfRecords(reader, db, tenantId, [sittingId]);
  return {
    ...{ verdict: judged?.verdict ?? null, settled: judged?.settled ?? null },
    findings: (await findingsOf(db, tenantId, [sittingId])).get(sittingId) ?? [],
    settlements: (await settlementsOf(db, tenantId, [sittingId])).get(sittingId) ?? [],
    isInDoubt: judged !== undefined && (judged.verdict !== 'sound' || remarks.size > 0),
  };
}

/**
 * Somebody decides on a record that is disputed, cannot be judged, or has a remark beside it. The dispute stays, and so does each
 * decision: the newest counts.
 * @returns the place of the record in the log
 * @throws Refusal `item-unknown` where there is no such record, `not-allowed-now` where nothing of it is in doubt
 */
export async function settleDispute(
  actor: Manager,
  center: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  wish: SettleWish,
): Promise<number> {
  mustManage(actor, tenantId);
  return settle(actor, actor, center, tenantId, wish);
}

/**
 * The same by whoever supervises the firm. The firm itself has no way here: it would decide in its own case.
 * @throws Refusal `result-unknown` where there is none within reach, `unauthorised` where they see it and decide nothing, and as
 * {@link settleDispute}
 */
export async function settleResult(
  actor: ActingAccount,
  center: Pick<Center, 'db' | 'now'>,
  logIndex: number,
  { decision, note }: Pick<SettleWish, 'decision' | 'note'>,
): Promise<void> {
  const { tenantId, sittingId, place, standing } = await seenResult(actor, center.db, logIndex);
  mustReach(actor, place.path, ...SETTLE_RESULTS);
  await settle(actor, standing, center, tenantId, { sittingId, decision, by: actor.name, note });
}

async function settle(
  actor: Doer,
  reader: Reader,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  { sittingId, decision, by, note }: SettleWish,
): Promise<number> {
  return db.transaction(async (tx) => {
    const row = await selectOne(
      tx,
      z.object({ body: z.string(), logIndex: z.int() }),
      'SELECT body, log_index AS "logIndex" FROM records WHERE tenant_id = $1 AND sitting_id = $2 FOR UPDATE',
      [tenantId, sittingId],
    );
    if (!row) throw new Refusal('item-unknown', `no record of ${sittingId}`);
    const doubts = await doubtsOf(reader, tx, tenantId, sittingId);
    if (!doubts.isInDoubt) throw new Refusal('not-allowed-now', `nothing of ${sittingId} is in doubt`);
    await tx.query(
      `INSERT INTO settlements (tenant_id, sitting_id, number, decision, by_name, note, settled_at)
       SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6 FROM settlements
       WHERE tenant_id = $1 AND sitting_id = $2`,
      [tenantId, sittingId, decision, by, note, now().toISOString()],
    );
    await tx.query('UPDATE judgements SET settled = $3 WHERE tenant_id = $1 AND sitting_id = $2', [
      tenantId,
      sittingId,
      decision,
    ]);
    await rebuildProgress(tx, tenantId, [ExamRecord.parse(JSON.parse(row.body))]);
    await noteDone(actor, tx, { tenantId, what: 'dispute-settled', subject: { kind: 'sitting', id: sittingId } });
    return row.logIndex;
  });
}
