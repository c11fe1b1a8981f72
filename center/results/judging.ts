import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { ExamRecord } from '../../contract/records/index.ts';
import { verdictOn } from '../../contract/words/findings.ts';
import { instant, type Sha256, StationId, TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import type { System } from '../tenants/index.ts';
import { gatherCircumstances, runOf, type Waiting, withJudged } from './circumstances.ts';
import { certifiedAt, gatherFacts } from './gather-facts.ts';
import { type Finding, judge, type LedgerPlace } from './judge/index.ts';
import { fileSatTwice } from './meanwhile.ts';
import { rebuildProgress } from './progress.ts';

/** So many records are judged at a time, in a transaction of their own: what else there is to do comes in between. */
const HANDFUL = 20;

/** Judges the records that wait for it. */
export type Judging = {
  /** Those of one batch, right behind their receipt. */
  batch(tenantId: TenantId, id: Sha256): Promise<void>;
  /** All that wait, in the order of the log: what an earlier program logged, and what a crash left. Stops where `signal` says so. */
  all(signal?: AbortSignal): Promise<void>;
};

/**
 * Records are judged behind their receipt, not before it: a fault in judging keeps nobody's result from the log, and the log
 * stays locked no longer than logging takes. What was not judged stays marked so and is taken up again, also after a crash.
 */
export function openJudging(actor: System, center: Center, onFault: (error: unknown) => void): Judging {
  const until = async (which: Which, signal?: AbortSignal): Promise<void> => {
    try {
      while (!signal?.aborted) {
        const judged = await center.db.transaction((tx) => judgeHandful(actor, { ...center, tx }, which));
        if (judged === 0) return;
        await setImmediate();
      }
    } catch (error) {
      onFault(error);
    }
  };
  return {
    batch: (tenantId, id) => until({ tenantId, id }),
    all: (signal) => until('any', signal),
  };
}

type Which = 'any' | { readonly tenantId: TenantId; readonly id: Sha256 };
type Parts = Pick<Center, 'signer' | 'now'> & { readonly tx: Queries };

async function judgeHandful(actor: System, parts: Parts, which: Which): Promise<number> {
  const { tx } = parts;
  const { tenantId, waiting } = await nextHandful(tx, which);
  if (!tenantId) return 0;
  const records = waiting.map(({ record }) => record);
  const facts = await gatherFacts(actor, parts, tenantId, records);
  const around = await gatherCircumstances(tx, tenantId, waiting);
  const certified = new Map<StationId, Awaited<ReturnType<typeof certifiedAt>>>();
  for (const id of new Set(waiting.map(({ stationId }) => stationId)))
    certified.set(id, await certifiedAt(actor, tx, parts.signer, tenantId, id));
  const places: (LedgerPlace & { readonly disputed: boolean; readonly stationId: StationId })[] = [];
  const judged = waiting.map((one): Judged => {
    const { record, stationId, receivedAt } = one;
    const { sequence } = record.ledger;
    const known = around(one);
    const place = withJudged(
      known,
      sequence,
      places.filter((other) => other.stationId === stationId),
    );
    const here = { ...known, ...place, receivedAt, certifiedAt: certified.get(stationId) ?? receivedAt };
    const findings = judgeOrSay({ record, facts, here });
    const disputed = verdictOn(findings.map(({ code }) => code)) === 'disputed';
    places.push({ sequence, submittedAt: record.submittedAt, disputed, stationId });
    return { ...one, findings };
  });
  await file(tx, tenantId, judged, parts.now());
  const others = waiting.flatMap((one) =>
    around(one).meanwhile.map((sittingId) => ({ sittingId, against: one.record.sittingId })),
  );
  await fileSatTwice(tx, tenantId, others, parts.now());
  await rebuildProgress(tx, tenantId, records);
  return judged.length;
}

/** A record that the judge stumbles over is one that somebody must look at, and keeps no other from being judged. */
function judgeOrSay(of: Parameters<typeof judge>[0]): readonly Finding[] {
  try {
    return judge(of);
  } catch (error) {
    return [{ code: 'judging-failed', detail: String(error) }];
  }
}

const Row = z.object({
  tenantId: TenantId,
  stationId: StationId,
  logIndex: z.int(),
  receivedAt: z.date(),
  body: z.string(),
});

/** The next that wait, of one firm; of what one person studies one at a time, since the next builds on it. */
async function nextHandful(
  tx: Queries,
  which: Which,
): Promise<{ readonly tenantId: TenantId | undefined; readonly waiting: readonly Waiting[] }> {
  const of = which === 'any' ? '' : 'AND r.tenant_id = $2 AND r.batch_id = $3';
  const rows = await select(
    tx,
    Row,
    `SELECT r.tenant_id AS "tenantId", b.station_id AS "stationId", r.log_index AS "logIndex",
       b.received_at AS "receivedAt", r.body
     FROM records r JOIN batches b ON b.tenant_id = r.tenant_id AND b.id = r.batch_id
     WHERE NOT r.judged ${of} ORDER BY r.log_index LIMIT $1 FOR UPDATE OF r`,
    [HANDFUL, ...(which === 'any' ? [] : [which.tenantId, which.id])],
  );
  const tenantId = rows[0]?.tenantId;
  const waiting: Waiting[] = [];
  const learners = new Set<string>();
  for (const { body, receivedAt, ...row } of rows) {
    const record = ExamRecord.parse(JSON.parse(body));
    const learner = record.exam.mode === 'learning' ? `${record.candidateId} ${record.exam.id}` : undefined;
    if (row.tenantId !== tenantId || (learner && learners.has(learner))) break;
    if (learner) learners.add(learner);
    waiting.push({ record, stationId: row.stationId, logIndex: row.logIndex, receivedAt: instant(receivedAt) });
  }
  return { tenantId, waiting };
}

type Judged = Waiting & { readonly findings: readonly Finding[] };

/** What was found once stays, whatever is found later; and who decided that nothing was wrong has not decided on what was found since. */
async function file(tx: Queries, tenantId: TenantId, judged: readonly Judged[], now: Date): Promise<void> {
  const at = now.toISOString();
  const records = judged.map(({ record }) => record);
  await tx.query(
    `INSERT INTO judgements
       (tenant_id, sitting_id, verdict, judged_at, station_id, log_index, run, seed, sequence, submitted_at)
     SELECT $1, j.sitting, j.verdict, $2, j.station, j.log_index, j.run, j.seed, j.sequence, j.submitted
     FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::bigint[], $10::text[])
       AS j(sitting, verdict, station, log_index, run, seed, sequence, submitted)
     ON CONFLICT (tenant_id, sitting_id) DO UPDATE SET judged_at = excluded.judged_at,
       verdict = CASE WHEN judgements.verdict = 'disputed' THEN 'disputed' ELSE excluded.verdict END,
       settled = CASE WHEN judgements.verdict <> 'disputed' AND excluded.verdict = 'disputed' THEN NULL
         ELSE judgements.settled END`,
    [
      tenantId,
      at,
      records.map(({ sittingId }) => sittingId),
      judged.map(({ findings }) => verdictOn(findings.map(({ code }) => code))),
      judged.map(({ stationId }) => stationId),
      judged.map(({ logIndex }) => logIndex),
      records.map(runOf),
      records.map(({ form }) => form.seed),
      records.map(({ ledger }) => ledger.sequence),
      records.map(({ submittedAt }) => submittedAt),
    ],
  );
  const found = judged.flatMap(({ record, findings }) => findings.map((one) => ({ ...one, of: record.sittingId })));
  await tx.query(
    `INSERT INTO record_findings (tenant_id, sitting_id, code, detail, found_at)
     SELECT $1, f.sitting, f.code, f.detail, $2 FROM unnest($3::text[], $4::text[], $5::text[]) AS f(sitting, code, detail)
     ON CONFLICT (tenant_id, sitting_id, code) DO NOTHING`,
    [
      tenantId,
      at,
      found.map(({ of }) => of),
      found.map(({ code }) => code),
      found.map(({ detail }) => storable(detail)),
    ],
  );
  await tx.query('UPDATE records SET judged = true WHERE tenant_id = $1 AND sitting_id = ANY($2::text[])', [
    tenantId,
    records.map(({ sittingId }) => sittingId),
  ]);
}

/** Stations wrote some of it: no database keeps a NUL, and nobody reads a page of it. */
const storable = (detail: string): string => detail.replaceAll('\u0000', '').slice(0, 500);
