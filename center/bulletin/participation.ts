import type { TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { readToLearn } from '../learning/index.ts';
import { readToSit } from '../people/index.ts';
import { readLearned, readTallies } from '../results/index.ts';
import type { Reader } from '../tenants/index.ts';

/** Months of China's clock, both included: `2026-01`. */
export type Period = { readonly from: string; readonly until: string };

/** Of one exam or course of one firm. */
export type ExamParticipation = {
  readonly tenantId: string;
  readonly examId: string;
  /** People on the roster for it at the end of the period. */
  readonly toSit: number;
  /** People who sat it and who passed it, each once in a month: of several months they are added up. */
  readonly sat: number;
  readonly passed: number;
  /** Formal records of the period that count, and those of them that passed. */
  readonly attempts: number;
  readonly passes: number;
  /** People who had the course at the end of the period, and those who were through with it by then, whether they still had it or not. */
  readonly toLearn: number;
  readonly learned: number;
};

const NOTHING = { toSit: 0, sat: 0, passed: 0, attempts: 0, passes: 0, toLearn: 0, learned: 0 };

/** Who takes part, for a bulletin over many firms: from counters that are kept, whose number does not grow with the records. */
export async function participation(
  actor: Reader,
  db: Queries,
  tenantIds: readonly TenantId[],
  { from, until }: Period,
): Promise<readonly ExamParticipation[]> {
  const all = new Map<string, ExamParticipation>();
  const add = (tenantId: string, examId: string, more: Partial<typeof NOTHING>): void => {
    const key = `${tenantId} ${examId}`;
    const sum = { tenantId, examId, ...NOTHING, ...all.get(key) };
    for (const [name, value] of Object.entries(more) as [keyof typeof NOTHING, number][]) sum[name] += value;
    all.set(key, sum);
  };
  for (const { tenantId, examId, sat, passed, attempts, passes } of await readTallies(actor, db, tenantIds, {
    from,
    until,
  }))
    add(tenantId, examId, { sat, passed, attempts, passes });
  for (const { tenantId, examId, people } of await readToSit(actor, db, tenantIds, until))
    add(tenantId, examId, { toSit: people });
  for (const { tenantId, examId, people } of await readToLearn(actor, db, tenantIds, until))
    add(tenantId, examId, { toLearn: people });
  for (const { tenantId, examId, people } of await readLearned(actor, db, tenantIds, until))
    add(tenantId, examId, { learned: people });
  return [...all.values()].toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

const keyOf = ({ tenantId, examId }: ExamParticipation): string => `${tenantId} ${examId}`;
