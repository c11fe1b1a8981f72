import { z } from 'zod';
import type { OwnAppeal, OwnResult } from '../../contract/home/own-file.ts';
import { APPEAL_STATES } from '../../contract/words/appeal-words.ts';
import { instant, type SittingId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { type Database, type Queries, select } from '../database/index.ts';
import { type HeldResult, heldResult, resultsOfOneself } from '../results/index.ts';
import { type Learner, limited, mustLearn, ofAccount, type Stranger } from '../tenants/index.ts';
import { type Made, storeAppeal } from './making.ts';

const Row = z.object({
  logIndex: z.int(),
  madeBy: z.string().nullable(),
  madeAt: z.date(),
  state: z.enum(APPEAL_STATES),
  note: z.string().nullable(),
  at: z.date().nullable(),
});

/** Appeals against these results, the newest first, for whoever has found out that they are one person’s. */
async function appealsAgainst(
  db: Queries,
  tenantId: TenantId,
  logIndexes: readonly number[],
): Promise<ReadonlyMap<number, readonly OwnAppeal[]>> {
  const rows = await select(
    db,
    Row,
    `SELECT log_index AS "logIndex", made_by AS "madeBy", made_at AS "madeAt", state, decided_note AS note, decided_at AS at
     FROM appeals WHERE tenant_id = $1 AND log_index = ANY($2::bigint[]) ORDER BY made_at DESC, id DESC`,
    [tenantId, logIndexes],
  );
  const told = ({ madeBy, madeAt, state, note, at }: z.infer<typeof Row>): OwnAppeal => ({
    ...{ by: madeBy === null ? 'oneself' : 'firm', madeAt: instant(madeAt), state },
    decided: at && { at: instant(at), note: note ?? '' },
  });
  const byResult = Map.groupBy(rows, ({ logIndex }) => logIndex);
  return new Map([...byResult].map(([logIndex, of]) => [logIndex, of.map(told)]));
}

/** What whoever asks sat, and what became of appeals against it. */
export async function appealsOfOneself(actor: Learner, db: Queries, tenantId: TenantId): Promise<readonly OwnResult[]> {
  mustLearn(actor, tenantId);
  const results = await resultsOfOneself(actor, db, tenantId);
  const places = results.map(({ logIndex }) => logIndex);
  const appeals = await appealsAgainst(db, tenantId, places);
  return results.map(({ logIndex, ...result }) => ({ ...result, appeals: appeals.get(logIndex) ?? [] }));
}

/**
 * Whoever sat an exam says that its result is wrong. Each of theirs counts, so that nobody fills an inspector’s list.
 * @throws Refusal `result-unknown` of whoever else’s it is, `appeal-open`; TryLater
 */
export async function appealOneself(
  actor: Learner,
  center: Pick<Center, 'now'> & { readonly db: Database },
  tenantId: TenantId,
  { sittingId, reason }: { readonly sittingId: SittingId; readonly reason: string },
): Promise<Made> {
  mustLearn(actor, tenantId);
  const own = (await resultsOfOneself(actor, center.db, tenantId)).find((one) => one.sittingId === sittingId);
  if (!own) throw new Refusal('result-unknown', 'nothing of theirs');
  await limited(center.db, center.now(), [ofAccount('appeal', `${tenantId} ${actor.candidateId}`)]);
  return storeAppeal({ ...actor, id: actor.candidateId }, center, { ...own, tenantId, reason, madeBy: null });
}

/** What whoever holds a receipt is told of its result, and of appeals against it. */
export type AppealedResult = { readonly held: HeldResult | undefined; readonly appeals: readonly OwnAppeal[] };

/** A receipt says of which one result it is: nobody makes one up. */
export async function appealsOfReceipt(_actor: Stranger, center: Center, receipt: string): Promise<AppealedResult> {
  const held = await heldResult(center, receipt);
  const place = held?.logged?.place;
  if (!place) return { held, appeals: [] };
  const { tenantId, logIndex } = place;
  return { held, appeals: (await appealsAgainst(center.db, tenantId, [logIndex])).get(logIndex) ?? [] };
}
