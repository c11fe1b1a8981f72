import { z } from 'zod';
import type { RosterProgress } from '../../contract/people-center/roster-import.ts';
import { CandidateId, ExamId, type TenantId } from '../../contract/words/ids.ts';
import { changing, changingMany, type Deed } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import type { Manager } from '../tenants/index.ts';
import { statesOfCandidates, storeCandidates } from './candidates.ts';
import { type Leaving, takeOff } from './leave-roster.ts';
import { noteJoined, noteLeft } from './memberships.ts';
import type { PlannedRow } from './plan-roster.ts';
import { seatsOfExam } from './seats.ts';

export type TakeOver = {
  readonly planned: readonly PlannedRow[];
  readonly at: Date;
  readonly leavings: readonly Leaving[];
  readonly onProgress: (progress: RosterProgress) => void;
};
type Put = Extract<PlannedRow, { outcome: 'add' | 'change' | 'return' }>;
type Leave = Extract<PlannedRow, { outcome: 'leave' }>;

/** Rows in one statement. */
const AT_ONCE = 1_000;

/**
 * Writes what was planned: a few statements for a thousand rows, and a line of the audit log for each. All that is locked is
 * locked before the first line is written.
 */
export async function takeOverRows(
  actor: Manager,
  tx: Queries,
  tenantId: TenantId,
  { planned, at, leavings, onProgress }: TakeOver,
): Promise<void> {
  const puts = planned.filter((row): row is Put => ['add', 'change', 'return'].includes(row.outcome));
  const leaves = planned.filter((row): row is Leave => row.outcome === 'leave');
  const ids = await idsFor(tx, tenantId, [...puts, ...leaves]);
  const idOf = ({ number }: PlannedRow): CandidateId => ids.get(number) as CandidateId;
  const deedOf = (what: Deed['what']) => (row: PlannedRow) => ({
    ...{ tenantId, what, subject: { kind: 'candidate', id: idOf(row) } },
  });
  const deeds = [...puts.map(deedOf('candidate-put')), ...leaves.map(deedOf('candidate-left'))];
  const left = await seatsLeft(tx, tenantId, puts, leaves, idOf);
  const write = async (): Promise<void> => {
    for (let from = 0; from < puts.length; from += AT_ONCE) {
      const some = puts.slice(from, from + AT_ONCE);
      await storeCandidates(
        tx,
        tenantId,
        some.map((row) => ({ ...row.wish, id: idOf(row) })),
      );
      await noteJoined(
        tx,
        tenantId,
        some.map((row) => ({ id: idOf(row), joined: row.joined })),
      );
      onProgress({ done: from + some.length, of: deeds.length });
    }
    await takeOff(tx, tenantId, leaves.map(idOf), at);
    await noteLeft(
      tx,
      tenantId,
      leaves.map((row) => ({ id: idOf(row), left: row.left })),
    );
    for (const leaving of leavings) await leaving(tx, tenantId, leaves.map(idOf));
    onProgress({ done: deeds.length, of: deeds.length });
  };
  const all = deeds.map(({ subject }) => CandidateId.parse(subject.id));
  const people = () => changingMany(actor, tx, deeds, statesOfCandidates(tenantId, all), write);
  await left.reduceRight<() => Promise<void>>((next, exam) => {
    const deed = { tenantId, what: 'candidate-put', subject: { kind: 'seats', id: exam } } as const;
    return () => changing(actor, tx, deed, seatsOfExam(tenantId, exam), next);
  }, people)();
}

/** Whoever is known keeps their id; others get one that was drawn, and says nothing of their number. */
async function idsFor(
  tx: Queries,
  tenantId: TenantId,
  rows: readonly PlannedRow[],
): Promise<ReadonlyMap<string, CandidateId>> {
  const numbers = [...new Set(rows.map(({ number }) => number))];
  const sql = 'SELECT id, number FROM candidates WHERE tenant_id = $1 AND number = ANY($2::text[])';
  const known = await select(tx, z.object({ id: CandidateId, number: z.string() }), sql, [tenantId, numbers]);
  const byNumber = new Map(known.map(({ id, number }) => [number, id]));
  return new Map(numbers.map((number) => [number, byNumber.get(number) ?? CandidateId.parse(makeId('cd'))]));
}

/** Exams at which somebody had a seat who is there no more, in one order for everybody who locks them. */
async function seatsLeft(
  tx: Queries,
  tenantId: TenantId,
  puts: readonly Put[],
  leaves: readonly Leave[],
  idOf: (row: PlannedRow) => CandidateId,
): Promise<readonly ExamId[]> {
  const sql = `SELECT id, exam_id AS "examId" FROM candidates WHERE tenant_id = $1 AND id = ANY($2::text[]) AND seat IS NOT NULL`;
  const seated = await select(tx, z.object({ id: CandidateId, examId: ExamId }), sql, [
    tenantId,
    [...puts, ...leaves].map(idOf),
  ]);
  const next = new Map(puts.map((row) => [idOf(row), row.wish.examId]));
  return [...new Set(seated.flatMap(({ id, examId }) => (next.get(id) === examId ? [] : [examId])))].sort();
}
