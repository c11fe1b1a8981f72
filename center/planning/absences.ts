import type { AbsenceWish } from '../../contract/home/own-file.ts';
import type { CandidateId, TenantId, TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { type Learner, mustLearn } from '../tenants/index.ts';
import { heldTurn, unknownTurn } from './rows.ts';

/**
 * SQL: why somebody whose entry is called `e` said that they cannot come; nothing where they did not, or were signed up again since.
 */
export const ABSENCE = `(SELECT a.reason FROM turn_absences a WHERE a.turn_id = e.turn_id AND a.tenant_id = e.tenant_id
  AND a.candidate_id = e.candidate_id AND a.said_at >= e.entered_at)`;

/** What these people of a firm wrote about why they could not come. */
export const forgetAbsences = async (tx: Queries, tenantId: TenantId, ids: readonly CandidateId[]): Promise<void> =>
  void (await tx.query('DELETE FROM turn_absences WHERE tenant_id = $1 AND candidate_id = ANY($2::text[])', [
    ...[tenantId, ids],
  ]));

/**
 * Whoever is signed up for a turn says that they cannot come, while people still sign up for it. Their seat stays theirs until their
 * firm takes them off.
 * @throws Refusal `turn-unknown` where they are not signed up, `turn-settled` where it is too late
 */
export async function sayAbsent(
  actor: Learner,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  { turnId, reason }: AbsenceWish & { readonly turnId: TurnId },
): Promise<void> {
  mustLearn(actor, tenantId);
  const { candidateId } = actor;
  const at = now();
  await db.transaction(async (tx) => {
    const entry = `SELECT 1 FROM turn_entries
      WHERE turn_id = $1 AND tenant_id = $2 AND candidate_id = $3 AND state <> 'cancelled'`;
    if ((await tx.query(entry, [turnId, tenantId, candidateId])).length === 0) throw unknownTurn();
    const { state } = await heldTurn(tx, turnId, at);
    if (state !== 'open') throw new Refusal('turn-settled', 'nobody signs up here now');
    await tx.query(
      `INSERT INTO turn_absences (turn_id, tenant_id, candidate_id, reason, said_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (turn_id, tenant_id, candidate_id) DO UPDATE SET reason = excluded.reason, said_at = excluded.said_at`,
      [turnId, tenantId, candidateId, reason, at.toISOString()],
    );
    const subject = { kind: 'turn', id: turnId } as const;
    await noteDone({ ...actor, id: candidateId }, tx, { tenantId, what: 'turn-absence-said', subject });
  });
}
