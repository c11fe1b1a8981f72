import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { readTable } from '../../authoring/import/index.ts';
import {
  MOST_ROSTER_ROWS,
  type RosterProgress,
  type RosterReport,
  type RosterRow,
  RowOutcome,
} from '../../contract/people-center/roster-import.ts';
import { maskIdNumber } from '../../contract/words/id-number.ts';
import { CandidateId, ExamId, type Sha256, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { rosterRowWords } from '../../messages/roster-rows.ts';
import { hashOf } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { listExams } from '../exams/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import type { Leaving } from './leave-roster.ts';
import { lockRoster } from './person.ts';
import { numberOf, type OnFile, type PlannedRow, planRoster, type RowWish } from './plan-roster.ts';
import { readRosterRows, type TypedRoster } from './roster-rows.ts';
import { takeOverRows } from './take-over-rows.ts';

export type RosterFile = {
  readonly bytes: Uint8Array;
  /** The plan that was seen, where it is to be done. */
  readonly apply?: Sha256 | undefined;
  /** What a row is for that names no exam, of who is new. */
  readonly usual?: ExamId | undefined;
  readonly leavings: readonly Leaving[];
  readonly onProgress: (progress: RosterProgress) => void;
};

export type ImportedRoster = {
  readonly report: RosterReport;
  /** Who sits what by now, of those in the file; nobody where it was only looked at. */
  readonly sit: readonly Pick<RowWish, 'number' | 'examId'>[];
};

/**
 * Looks at a roster row by row; with `apply` takes over those that are right, in one transaction. Sent again, it finds nothing
 * left to do.
 * @throws Refusal `not-a-workbook`; `roster-changed` where something else would be done than was seen
 */
export async function importRoster(
  actor: Manager,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  { bytes, apply, usual, leavings, onProgress }: RosterFile,
): Promise<ImportedRoster> {
  mustManage(actor, tenantId);
  const roster = readRosterRows(await readTable(bytes, MOST_ROSTER_ROWS));
  const planIn = async (tx: Queries): Promise<readonly PlannedRow[]> => {
    const exams = await listExams(actor, tx, tenantId);
    const today = now().toISOString().slice(0, 10);
    return planRoster(roster.rows, { exams, today, usual, onFile: await onFileOf(tx, tenantId, roster) });
  };
  onProgress({ done: 0, of: roster.rows.length });
  if (!apply) return { report: await reportOf(await planIn(db), roster, false), sit: [] };
  return db.transaction(async (tx) => {
    await lockRoster(tx, tenantId);
    const planned = await planIn(tx);
    const report = await reportOf(planned, roster, true);
    const isDone = planned.every(({ outcome }) => outcome === 'same' || outcome === 'refused');
    const sit = planned.flatMap((row) => ('wish' in row && row.wish ? [row.wish] : []));
    if (isDone) return { report, sit };
    if (report.plan !== apply) throw new Refusal('roster-changed');
    await takeOverRows(actor, tx, tenantId, { planned, at: now(), leavings, onProgress });
    return { report, sit };
  });
}

const Row = z.object({
  ...{ id: CandidateId, name: z.string(), number: z.string(), examId: ExamId, extraMinutes: z.int().nullable() },
  ...{ post: z.string().nullable(), sector: z.string().nullable(), category: z.string().nullable() },
  left: z.boolean(),
});

/** Who of these is of the firm, or was, by their numbers. */
async function onFileOf(tx: Queries, tenantId: TenantId, { rows }: TypedRoster): Promise<ReadonlyMap<string, OnFile>> {
  const numbers = rows.flatMap((row) => {
    const parsed = numberOf(row);
    return typeof parsed !== 'string' && parsed.ok ? [parsed.id] : [];
  });
  const found = await select(
    tx,
    Row,
    `SELECT id, name, number, exam_id AS "examId", extra_minutes AS "extraMinutes", post, sector, category,
       left_at IS NOT NULL AS left
     FROM candidates WHERE tenant_id = $1 AND number = ANY($2::text[])`,
    [tenantId, numbers],
  );
  return new Map(found.map((one) => [one.number, one]));
}

async function reportOf(
  planned: readonly PlannedRow[],
  { ignored }: TypedRoster,
  applied: boolean,
): Promise<RosterReport> {
  const counts = Object.fromEntries(RowOutcome.options.map((one) => [one, 0])) as Record<RowOutcome, number>;
  for (const { outcome } of planned) counts[outcome] += 1;
  // A hash of very many rows takes its time.
  await setImmediate();
  return { plan: hashOf(planned), applied, counts, ignored, rows: planned.map(rowOf) };
}

function rowOf(planned: PlannedRow): RosterRow {
  const { row, name, number, outcome } = planned;
  const said = { row, name, number: number.length < 8 ? number : maskIdNumber(number), outcome };
  if (planned.outcome !== 'refused') return said;
  return { ...said, problem: planned.problem, words: rosterRowWords[planned.problem] };
}
