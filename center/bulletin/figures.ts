import type { BulletinPeriod } from '../../contract/platform/bulletin.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { sumToLearn } from '../learning/index.ts';
import { sumToSit } from '../people/index.ts';
import { sumLearned, sumSat } from '../results/index.ts';
import { periodBefore, spansOf } from './period.ts';
import { type Figures, NOBODY } from './score.ts';

export type TwoPeriods = { readonly now: Figures; readonly before: Figures };
export const NOTHING: TwoPeriods = { now: NOBODY, before: NOBODY };

/** Of each firm in a period and in the one before: one question to each kind of counter, however many firms and records there are. */
export async function figuresOf(
  db: Queries,
  tenantIds: readonly TenantId[],
  period: BulletinPeriod,
): Promise<ReadonlyMap<string, TwoPeriods>> {
  const earlier = periodBefore(period);
  const ends = { until: period.to, before: earlier.to };
  const all = new Map<string, { now: Figures; before: Figures }>();
  const add = (tenantId: string, now: Partial<Figures>, before: Partial<Figures>): void => {
    const one = all.get(tenantId) ?? NOTHING;
    all.set(tenantId, { now: { ...one.now, ...now }, before: { ...one.before, ...before } });
  };
  for (const { tenantId, now, before } of await sumToSit(db, tenantIds, ends))
    add(tenantId, { toSit: now }, { toSit: before });
  for (const { tenantId, now, before } of await sumToLearn(db, tenantIds, ends))
    add(tenantId, { toLearn: now }, { toLearn: before });
  for (const { tenantId, now, before } of await sumLearned(db, tenantIds, ends))
    add(tenantId, { learned: now }, { learned: before });
  const spans = { now: spansOf(period), before: spansOf(earlier) };
  for (const { tenantId, sat, passed, satBefore, passedBefore } of await sumSat(db, tenantIds, spans))
    add(tenantId, { sat, passed }, { sat: satBefore, passed: passedBefore });
  return all;
}
