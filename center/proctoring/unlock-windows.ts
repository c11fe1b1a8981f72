import { z } from 'zod';
import type { UnlockWindowReply, UnlockWindowWish } from '../../contract/people-center/operator-api.ts';
import { ExamId, instant, ProctorId, type TenantId, UnlockWindowId } from '../../contract/words/ids.ts';
import { AssignedUnlockWindow } from '../../contract/words/proctoring.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { makePin } from '../../proof/secrets/codes.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { select } from '../database/index.ts';
import { hashPin } from '../people/index.ts';
import { type Member, mustActFor, mustManage, type Operator } from '../tenants/index.ts';
import { openDeciding } from './deciding.ts';

/**
 * Opens a window in which an exam is unlocked by a code. The code is told once and kept only as argon2id.
 * @throws Refusal `no-exam`, `pin-short`, `proctor-unknown`, `pin-wrong`; TryLater
 */
export async function openUnlockWindow(
  actor: Operator,
  center: Center,
  tenantId: TenantId,
  wish: UnlockWindowWish,
): Promise<UnlockWindowReply> {
  mustManage(actor, tenantId);
  const { db } = center;
  const { examId, proctor, pin, opensAt, closesAt } = wish;
  if (closesAt <= instant(center.now())) throw new Refusal('bad-message', 'it is over already');
  const by = await (await openDeciding(actor, center, tenantId, examId))({ proctor, pin });
  const id = UnlockWindowId.parse(makeId('ss'));
  const code = makePin();
  const codeHash = await hashPin(code);
  await db.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO sessions (tenant_id, id, exam_id, proctor_id, code_hash, opens_at, closes_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [tenantId, id, examId, by, codeHash, opensAt, closesAt],
    );
    await noteDone(actor, tx, { tenantId, what: 'window-opened', subject: { kind: 'unlock-window', id } });
  });
  return { id, code };
}

/**
 * Ends a window now: stations hear of it within a minute, and its code unlocks nothing there any more.
 * @throws Refusal `method-unknown` where there is none that is still to end
 */
export async function endUnlockWindow(
  actor: Operator,
  { db, now }: Center,
  tenantId: TenantId,
  id: UnlockWindowId,
): Promise<void> {
  mustManage(actor, tenantId);
  const at = now().toISOString();
  await db.transaction(async (tx) => {
    // One that has not opened never does: it closes as it opens.
    const ended = await tx.query(
      `UPDATE sessions SET opens_at = least(opens_at, $3), closes_at = $3
       WHERE tenant_id = $1 AND id = $2 AND closes_at > $3 RETURNING id`,
      [tenantId, id, at],
    );
    if (ended.length === 0) throw new Refusal('method-unknown', 'there is no such window, or it is over');
    await noteDone(actor, tx, { tenantId, what: 'window-ended', subject: { kind: 'unlock-window', id } });
  });
}

const Row = z.object({
  id: UnlockWindowId,
  examId: ExamId,
  by: ProctorId,
  codeHash: z.string(),
  opensAt: z.date(),
  closesAt: z.date(),
});

/** Windows that are not over. */
export async function listUnlockWindows(
  actor: Member,
  { db, now }: Center,
  tenantId: TenantId,
): Promise<readonly AssignedUnlockWindow[]> {
  mustActFor(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT id, exam_id AS "examId", proctor_id AS by, code_hash AS "codeHash", opens_at AS "opensAt", closes_at AS "closesAt"
     FROM sessions WHERE tenant_id = $1 AND closes_at > $2 ORDER BY opens_at, id`,
    [tenantId, now().toISOString()],
  );
  return rows.map(({ opensAt, closesAt, ...session }) =>
    AssignedUnlockWindow.parse({ ...session, opensAt: instant(opensAt), closesAt: instant(closesAt) }),
  );
}
