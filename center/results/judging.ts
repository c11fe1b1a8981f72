import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { ExamRecord } from '../../contract/records/index.ts';
import { verdictOn } from '../../contract/words/findings.ts';
import { instant, type Sha256, SittingId, StationId, TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { DatabaseTrouble, type Queries, select } from '../database/index.ts';
import type { System } from '../tenants/index.ts';
import { gatherCircumstances, type Waiting, withJudged } from './circumstances.ts';
import { failedWith, fileJudgements, judgementOn, judgementOnFailed } from './file-judgements.ts';
import { certifiedAt, gatherFacts } from './gather-facts.ts';
import { type Finding, judge, type LedgerPlace } from './judge/index.ts';
import { fileSatTwice } from './meanwhile.ts';
import { rebuildProgress } from './progress.ts';
import { foldTallies } from './tallies.ts';

/** So many records are judged at a time, in a transaction of their own: what else there is to do comes in between. */
const HANDFUL = 20;

const AT_ONCE = 3;

/** Judges the records that wait for it. */
export type Judging = {
  /** Those of one batch, right behind their receipt. */
  batch(tenantId: TenantId, id: Sha256): Promise<void>;
  /** Somebody decided on the record at this place of the log: what rests on it follows. */
  decided(logIndex: number): Promise<void>;
  /** How many batches are in line. */
  readonly inLine: number;
  /** Judges no more; what waits is judged at the next start. Settles once nothing is under way. */
  stop(): Promise<void>;
  /** All that wait, in the order of the log: what an earlier program logged, and what a crash left. Stops where `signal` says so. */
  all(signal?: AbortSignal): Promise<void>;
};

/**
 * Records are judged behind their receipt, not before it: a fault in judging keeps nobody's result from the log, and the log
 * stays locked no longer than logging takes. What was not judged stays marked so and is taken up again, also after a crash.
 */
export function openJudging(actor: System, center: Center, onFault: (error: unknown) => void): Judging {
  const until = async (batch: Batch | undefined, signal?: AbortSignal): Promise<void> => {
    const except: number[] = [];
    try {
      while (!signal?.aborted && !stopped) {
        const { judged, left } = await judgeNext(actor, center, { batch, except }, onFault);
        if (judged + left.length === 0) return;
        except.push(...left);
        await setImmediate();
      }
    } catch (error) {
      onFault(error);
    }
  };
  // Whoever judges holds a connection: batches that come all at once leave some to others.
  const turns: Promise<void>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  let [next, inLine, stopped] = [0, 0, false];
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const at = next++ % AT_ONCE;
    inLine += 1;
    const done = (turns[at] as Promise<void>).then(work).finally(() => {
      inLine -= 1;
    });
    turns[at] = done;
    return done;
  };
  return {
    batch: (tenantId, id) => inTurn(() => until({ tenantId, id })),
    // How it counts says the decision itself.
    decided: async () => undefined,
    get inLine() {
      return inLine;
    },
    async stop() {
      stopped = true;
      await Promise.all(turns);
    },
    async all(signal) {
      await until(undefined, signal);
      // And few rows of the many that counters have become.
      if (!signal?.aborted && !stopped) await foldTallies(center.db).catch(onFault);
    },
  };
}

type Batch = { readonly tenantId: TenantId; readonly id: Sha256 };
/** Which of those that wait. Places are those in the log. */
type Which = { readonly batch: Batch | undefined; readonly except: readonly number[]; readonly only?: number };
type Round = { readonly judged: number; readonly left: readonly number[] };

/**
 * A handful; where one of it throws, each by itself. What throws by itself again is disputed, so that it keeps nobody else waiting.
 * @returns how many were judged, and the places of those of which not even that could be written down
 */
async function judgeNext(
  actor: System,
  center: Center,
  which: Which,
  onFault: (error: unknown) => void,
): Promise<Round> {
  const judged = (wanted: Which) => center.db.transaction((tx) => judgeHandful(actor, { ...center, tx }, wanted));
  try {
    return { judged: await judged(which), left: [] };
  } catch (error) {
    onFault(error);
  }
  const handful = await waitingNext(center.db, which);
  const left: number[] = [];
  for (const { logIndex: only } of handful) {
    const fault = await judged({ ...which, only }).then(noFault, asFault);
    if (!fault) continue;
    // The database's, not the record's: it waits for another time.
    if (fault.error instanceof DatabaseTrouble) throw fault.error;
    const filed = await center.db
      .transaction((tx) => fileFailed(tx, { ...which, only }, fault.error, center.now()))
      .then(noFault, asFault);
    for (const { error } of filed ? [fault, filed] : [fault]) onFault(error);
    if (filed) left.push(only);
  }
  return { judged: handful.length - left.length, left };
}

const noFault = () => undefined;
const asFault = (error: unknown) => ({ error });

async function fileFailed(tx: Queries, which: Which, error: unknown, now: Date): Promise<void> {
  for (const { tenantId, receivedAt: _, ...row } of await waitingNext(tx, which, 'FOR UPDATE OF r'))
    await fileJudgements(tx, tenantId, [judgementOnFailed(row, error)], now);
}

type Parts = Pick<Center, 'keys' | 'now'> & { readonly tx: Queries };

async function judgeHandful(actor: System, parts: Parts, which: Which): Promise<number> {
  const { tx } = parts;
  const { tenantId, waiting } = await nextHandful(tx, which);
  if (!tenantId) return 0;
  const records = waiting.map(({ record }) => record);
  const facts = await gatherFacts(actor, parts, tenantId, records);
  const around = await gatherCircumstances(actor, tx, tenantId, waiting);
  const certified = new Map<StationId, Awaited<ReturnType<typeof certifiedAt>>>();
  for (const id of new Set(waiting.map(({ stationId }) => stationId)))
    certified.set(id, await certifiedAt(actor, tx, parts.keys, tenantId, id));
  const places: (LedgerPlace & { readonly disputed: boolean; readonly stationId: StationId })[] = [];
  const judged = waiting.map((one) => {
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
    return judgementOn(one, findings);
  });
  await fileJudgements(tx, tenantId, judged, parts.now());
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
    return [failedWith(error)];
  }
}

const Row = z.object({
  tenantId: TenantId,
  sittingId: SittingId,
  stationId: StationId,
  run: SittingId,
  logIndex: z.int(),
  receivedAt: z.date(),
  body: z.string(),
});

/** The next that wait, as they are, in the order of the log. */
const waitingNext = (db: Queries, { batch, except, only }: Which, lock: 'FOR UPDATE OF r' | '' = '') =>
  select(
    db,
    Row,
    `SELECT r.tenant_id AS "tenantId", r.sitting_id AS "sittingId", b.station_id AS "stationId",
       coalesce(r.root, r.sitting_id) AS run, r.log_index AS "logIndex", b.received_at AS "receivedAt", r.body
     FROM records r JOIN batches b ON b.tenant_id = r.tenant_id AND b.id = r.batch_id
     WHERE NOT r.judged AND ($2::text IS NULL OR (r.tenant_id = $2 AND r.batch_id = $3))
       AND NOT r.log_index = ANY($4::bigint[]) AND ($5::bigint IS NULL OR r.log_index = $5)
     ORDER BY r.log_index LIMIT $1 ${lock}`,
    [HANDFUL, batch?.tenantId ?? null, batch?.id ?? null, except, only ?? null],
  );

/** The next that wait, of one firm; of what one person studies one at a time, since the next builds on it. */
async function nextHandful(
  tx: Queries,
  which: Which,
): Promise<{ readonly tenantId: TenantId | undefined; readonly waiting: readonly Waiting[] }> {
  const rows = await waitingNext(tx, which, 'FOR UPDATE OF r');
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
