import { z } from 'zod';
import type { AppealDecision } from '../../contract/platform/appeals.ts';
import { AppealId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Doer, noteDone } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { correctWithin, heldResult, seenResult } from '../results/index.ts';
import { type ActingAccount, limited, mustReach, ofAddress, type Stranger } from '../tenants/index.ts';

export type Made = { readonly id: AppealId };

/** @throws Refusal `result-unknown`, `unauthorised`, `appeal-open` where one waits already */
export async function makeAppeal(
  actor: ActingAccount,
  center: Pick<Center, 'db' | 'now'>,
  logIndex: number,
  reason: string,
): Promise<Made> {
  const { tenantId, place } = await seenResult(actor, center.db, logIndex);
  mustReach(actor, place.path, 'firm', 'agency');
  return storeAppeal(actor, center, { tenantId, logIndex, reason, madeBy: actor.name });
}

/**
 * By the receipt that a station signed: nobody makes one up, so it is whoever was given it. It names nobody, and neither does this.
 * From one address so many may come, wrong ones and right ones.
 * @throws Refusal `result-unknown` where no station of ours signed it, or its result has not come yet; `appeal-open`; TryLater
 */
export async function makeAppealByReceipt(
  actor: ActingAccount | Stranger,
  center: Center,
  receipt: string,
  reason: string,
): Promise<Made> {
  await limited(center.db, center.now(), [ofAddress('appeal', actor.address)]);
  const held = await heldResult(center, receipt.trim().split('/').at(-1) ?? '');
  if (!held?.logged) throw new Refusal('result-unknown', 'no logged result has this receipt');
  return storeAppeal(actor, center, { ...held.logged.place, reason, madeBy: null });
}

type NewAppeal = {
  readonly tenantId: TenantId;
  readonly logIndex: number;
  readonly reason: string;
  readonly madeBy: string | null;
};

/** One at a time waits for a decision. @throws Refusal `appeal-open` */
export function storeAppeal(
  actor: Doer,
  { db, now }: Pick<Center, 'db' | 'now'>,
  { tenantId, logIndex, reason, madeBy }: NewAppeal,
): Promise<Made> {
  const id = AppealId.parse(makeId('al'));
  return db.transaction(async (tx) => {
    const made = await tx.query(
      `INSERT INTO appeals (id, tenant_id, log_index, made_by, reason, made_at, state)
       VALUES ($1, $2, $3, $4, $5, $6, 'open') ON CONFLICT (log_index) WHERE state = 'open' DO NOTHING RETURNING id`,
      [id, tenantId, logIndex, madeBy, reason, now().toISOString()],
    );
    if (made.length === 0) throw new Refusal('appeal-open');
    await noteDone(actor, tx, { tenantId, what: 'appeal-made', subject: { kind: 'appeal', id } });
    return { id };
  });
}

const Open = z.object({ tenantId: TenantId, logIndex: z.int(), state: z.string() });

/**
 * An inspector decides; what is upheld counts with other marks from then on, by a correction that is signed in the same transaction.
 * @returns the place of the record in the log
 * @throws Refusal `result-unknown` where it is beyond reach, `appeal-settled`, `bad-message` where an exam has no so many marks
 */
export async function decideAppeal(
  actor: ActingAccount,
  center: Center,
  id: AppealId,
  decision: AppealDecision,
): Promise<number> {
  await center.readKeysAnew();
  return center.db.transaction(async (tx) => {
    const { tenantId, logIndex } = await heldOpen(tx, id, actor);
    const { state, note } = decision;
    await tx.query('UPDATE appeals SET state = $2, decided_by = $3, decided_note = $4, decided_at = $5 WHERE id = $1', [
      ...[id, state, actor.name, note, center.now().toISOString()],
    ]);
    if (decision.state === 'upheld')
      await correctWithin(actor, center, tx, logIndex, { marks: decision.marks, cause: 'appeal', note });
    await noteDone(actor, tx, { tenantId, what: 'appeal-decided', subject: { kind: 'appeal', id } });
    return logIndex;
  });
}

async function heldOpen(tx: Queries, id: AppealId, actor: ActingAccount): Promise<z.infer<typeof Open>> {
  const sql = 'SELECT tenant_id AS "tenantId", log_index AS "logIndex", state FROM appeals WHERE id = $1 FOR UPDATE';
  const appeal = await selectOne(tx, Open, sql, [id]);
  if (!appeal) throw new Refusal('result-unknown', `no appeal ${id} within reach`);
  const { place } = await seenResult(actor, tx, appeal.logIndex);
  mustReach(actor, place.path, 'inspector');
  if (appeal.state !== 'open') throw new Refusal('appeal-settled');
  return appeal;
}
